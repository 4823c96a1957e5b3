// Command floor is a provider with the schemas of the real one that does nothing and does not use the framework. It does not link code of
// the real provider. BENCH_SCHEMAS is the path of the file with the schemas.
package main

import (
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/cmd/bench/floor"
)

func main() {
	server := &floor.Server{Schemas: os.Getenv("BENCH_SCHEMAS")}
	if err := tf6server.Serve("registry.terraform.io/aichatbothub/aichatbothub", func() tfprotov6.ProviderServer { return server }); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
