package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"golang.org/x/text/unicode/norm"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestDecomposedNames: the service has names in Unicode's form NFD. Every data source and list resource finds them by the same name in the
// form NFC, in which Terraform hands over all texts.
func TestDecomposedNames(t *testing.T) {
	t.Parallel()
	const name = "Größe é"
	stored := norm.NFD.String(name)
	e := acctest.Start(t)
	chatbot := e.AddChatbot(mockhub.Chatbot{Name: stored})
	e.Keep(chatbot)
	agent := e.AddAgent(chatbot, mockhub.Agent{Name: stored})
	e.Keep(agent)
	e.AddFunction(agent, mockhub.Function{Name: stored})
	e.AddSource(chatbot, mockhub.Source{FileName: stored, Title: "x"})
	e.AddTag(chatbot, mockhub.SourceTag{Name: stored})
	values := map[string]string{"chatbot_id": chatbot, "agent_id": agent}
	s := e.Server(t)

	var config strings.Builder
	var checks []statecheck.StateCheck
	lookups, filters := 0, 0
	for typeName, schema := range s.Schema.DataSourceSchemas {
		wanted, results := "", ""
		arguments := map[string]string{}
		for _, a := range schema.Block.Attributes {
			switch {
			case a.Optional && (a.Name == "name" || a.Name == "file_name"):
				wanted, arguments[a.Name] = "id", name
			case a.Optional && a.Name == "name_regex":
				wanted, arguments[a.Name] = a.Name, "^"+name+"$"
			case a.Required:
				arguments[a.Name] = values[a.Name]
			case a.NestedType != nil && a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeList:
				results = a.Name
			}
		}
		if wanted == "" {
			continue
		}
		fmt.Fprintf(&config, "data %q \"t\" {\n", typeName)
		for argument, value := range arguments {
			fmt.Fprintf(&config, "  %s = %q\n", argument, value)
		}
		config.WriteString("}\n")
		if wanted == "id" {
			lookups++
			checks = append(checks, statecheck.ExpectKnownValue("data."+typeName+".t", tfjsonpath.New("id"), knownvalue.NotNull()))
			continue
		}
		filters++
		checks = append(checks, statecheck.ExpectKnownValue("data."+typeName+".t", tfjsonpath.New(results), knownvalue.ListSizeExact(1)))
	}
	if lookups != 4 || filters != 5 {
		t.Errorf("%d data sources look up a name, and %d filter names, want 4 and 5", lookups, filters)
	}
	e.Test(t, resource.TestStep{Config: e.Config(config.String()), ConfigStateChecks: checks})

	for typeName, schema := range s.Schema.ListResourceSchemas {
		for _, a := range schema.Block.Attributes {
			if a.Name == "name_regex" {
				if got := s.List(typeName, acctest.Strings(map[string]string{"name_regex": "^" + name + "$"}), false, 0); len(got) != 1 || len(got[0].Diagnostics) > 0 {
					t.Errorf("%s lists %+v, want one object", typeName, got)
				}
			}
		}
	}
}
