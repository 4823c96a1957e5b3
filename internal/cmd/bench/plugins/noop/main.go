// Command noop serves a provider with the schemas of the real one that does nothing.
package main

import (
	"fmt"
	"os"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/cmd/bench/noop"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/protocol"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

func main() {
	if err := protocol.Serve(provider.Address, noop.New(provider.New("no-op")()), false); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
