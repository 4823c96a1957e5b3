// Command schemajson prints the provider's schemas in the format of
// `terraform providers schema -json`.
//
// It calls the provider server directly, so that the generated documentation does
// not depend on the installed Terraform: releases before 1.12 do not print
// resource identities, and those before 1.14 no list resources and actions.
//
// Usage:
//
//	schemajson [-address ADDRESS]
//
// The address is that of the provider in the output. The default is the one that
// tfplugindocs requires.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

func main() {
	address := flag.String("address", docsAddress, "the `address` of the provider in the output")
	flag.Parse()
	server := providerserver.NewProtocol6(provider.New("dev")())()
	if err := run(context.Background(), server, *address, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "schemajson:", err)
		os.Exit(1)
	}
}

// run writes the schemas of server to out as indented JSON, under an address.
func run(ctx context.Context, server tfprotov6.ProviderServer, address string, out io.Writer) error {
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return fmt.Errorf("reading the provider's schemas: %w", err)
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return fmt.Errorf("reading the resources' identity schemas: %w", err)
	}
	if err := firstError(append(schemas.Diagnostics, identities.Diagnostics...)); err != nil {
		return err
	}
	document, err := convert(address, schemas, identities)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(document)
}

// firstError returns the first error among the diagnostics, or nil.
func firstError(diagnostics []*tfprotov6.Diagnostic) error {
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return errors.New(d.Summary + ": " + d.Detail)
		}
	}
	return nil
}
