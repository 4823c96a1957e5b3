package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-exec/tfexec"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// query runs a query file at the level of the protocol, and with `terraform query` if Terraform has it. The plan of the configuration that
// it generates imports everything and changes nothing.
func (c *exampleCLI) query(t *testing.T, name string) {
	t.Helper()
	e := acctest.Start(t)
	typeName := strings.Split(name, "/")[1]
	text := c.read(t, name, e)
	if formatted := string(hclwrite.Format([]byte(text))); formatted != text {
		t.Errorf("it is not formatted; it should be\n%s", formatted)
	}
	noun, ok := acctest.NounOf(typeName)
	if !ok || noun.Examples.List == nil {
		t.Fatalf("the noun of %s has no Examples.List", typeName)
	}
	noun.Examples.List(e, e.AddChatbot(mockhub.Chatbot{UUID: "43474da7ae3b4b7191ee29c2de798257"}))
	file, diags := hclsyntax.ParseConfig([]byte(text), name, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	s := e.Server(t)
	whole := 0 // results with a resource, from which a configuration is generated
	for _, block := range file.Body.(*hclsyntax.Body).Blocks {
		if block.Type != "list" || block.Labels[0] != typeName {
			t.Errorf("a %s %v is no list of %s", block.Type, block.Labels, typeName)
			continue
		}
		_, include := block.Body.Attributes["include_resource"]
		filters := map[string]tftypes.Value{}
		for _, config := range block.Body.Blocks {
			for filter, attribute := range config.Body.Attributes {
				v, diags := attribute.Expr.Value(nil)
				if diags.HasErrors() {
					t.Fatal(diags)
				}
				filters[filter] = tftypes.NewValue(tftypes.String, v.AsString())
			}
		}
		results := s.List(typeName, filters, include, 100)
		if ids := idsOf(t, s, results); len(ids) == 0 {
			t.Errorf("the list %q is empty", block.Labels[1])
		} else if include {
			whole += len(ids)
		}
	}
	if whole == 0 {
		t.Error("the example has no list with include_resource")
	}
	if !c.Program.AtLeast(1, 14) {
		return
	}
	r := c.start(t, e)
	r.prepare("")
	r.write("example.tfquery.hcl", text)
	messages, err := r.tf.QueryJSON(t.Context(), tfexec.GenerateConfigOut("generated.tf"))
	r.must(err)
	for message := range messages {
		r.must(message.Err)
	}
	generated, err := os.ReadFile(filepath.Join(r.dir, "generated.tf"))
	r.must(err)
	if err := os.Remove(filepath.Join(r.dir, "example.tfquery.hcl")); err != nil {
		t.Fatal(err)
	}
	r.importsOnly(strings.Count(string(generated), "import {"))
}
