// Command floor is a provider with the schemas of the real one that does nothing and is built on no framework: what is left is the cost of
// Terraform and of a plugin.
// It links no code of the real one; the file that BENCH_SCHEMAS names has the schemas.
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
