// Command naive is the provider without coalescing. The benchmark compares it with the provider.
package main

import (
	"fmt"
	"os"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/protocol"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

func main() {
	if err := protocol.Serve(provider.Address, provider.New("naive", func(cfg *hub.Config) { cfg.Uncoalesced = true })(), false); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
