package main

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// TestConvertLaterParts covers keys that the installed Terraform may be too old
// to print, so that TestSameAsTerraform cannot compare them.
func TestConvertLaterParts(t *testing.T) {
	t.Parallel()
	block := &tfprotov6.SchemaBlock{
		Attributes: []*tfprotov6.SchemaAttribute{{
			Name: "tags", Type: tftypes.Map{ElementType: tftypes.String}, Optional: true,
			Deprecated: true, DeprecationMessage: "Use labels.",
		}},
		DescriptionKind: tfprotov6.StringKindMarkdown,
	}
	document, err := convert(docsAddress, &tfprotov6.GetProviderSchemaResponse{
		Provider:            &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{}},
		ListResourceSchemas: map[string]*tfprotov6.Schema{"hub_bot": {Version: 2, Block: block}},
		ActionSchemas:       map[string]*tfprotov6.ActionSchema{"hub_go": {Schema: &tfprotov6.Schema{Block: block}}},
	}, &tfprotov6.GetResourceIdentitySchemasResponse{
		IdentitySchemas: map[string]*tfprotov6.ResourceIdentitySchema{"hub_bot": {
			Version: 1,
			IdentityAttributes: []*tfprotov6.ResourceIdentitySchemaAttribute{{
				Name: "id", Type: tftypes.String, RequiredForImport: true, Description: "The id.",
			}},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	const wantBlock = `{"attributes":{"tags":{"type":["map","string"],"description_kind":"plain",` +
		`"deprecated":true,"deprecation_message":"Use labels.","optional":true}},"description_kind":"markdown"}`
	want := `{"format_version":"1.0","provider_schemas":{"registry.terraform.io/hashicorp/aichatbothub":{` +
		`"provider":{"version":0,"block":{"description_kind":"plain"}},` +
		`"list_resource_schemas":{"hub_bot":{"version":2,"block":` + wantBlock + `}},` +
		`"resource_identity_schemas":{"hub_bot":{"version":1,"attributes":{"id":{"type":"string",` +
		`"description":"The id.","required_for_import":true}}}},` +
		`"action_schemas":{"hub_go":{"block":` + wantBlock + `}}}}}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestConvertFunctionWithoutReturn checks that a function without a return type
// is an error.
func TestConvertFunctionWithoutReturn(t *testing.T) {
	t.Parallel()
	_, err := convert(docsAddress,
		&tfprotov6.GetProviderSchemaResponse{Functions: map[string]*tfprotov6.Function{"f": {}}},
		&tfprotov6.GetResourceIdentitySchemasResponse{},
	)
	if err == nil {
		t.Fatal("got no error for a function without a return type")
	}
}

// TestFirstError checks that warnings are no errors.
func TestFirstError(t *testing.T) {
	t.Parallel()
	warning := &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityWarning, Summary: "w"}
	failure := &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityError, Summary: "s", Detail: "d"}
	if err := firstError([]*tfprotov6.Diagnostic{warning}); err != nil {
		t.Errorf("got %v for a warning", err)
	}
	if err := firstError([]*tfprotov6.Diagnostic{warning, failure}); err == nil || err.Error() != "s: d" {
		t.Errorf("got %v, want s: d", err)
	}
}
