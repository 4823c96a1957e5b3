package provider_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

// TestQuery lists through `terraform query`, where the Terraform at hand has it. What the others test below the CLI is not repeated.
func TestQuery(t *testing.T) {
	t.Parallel()
	for _, l := range listed {
		t.Run(l.typeName, func(t *testing.T) {
			t.Parallel()
			e, bots, want := account(t, l.others, l.seed)
			e.Keep(bots...)
			identity := map[string]knownvalue.Check{"id": knownvalue.StringExact(want[1][0])}
			switch l.typeName {
			case "aichatbothub_tool_function":
				identity["agent_id"] = knownvalue.StringExact(e.DefaultAgent(bots[1]))
				fallthrough
			case "aichatbothub_agent", "aichatbothub_source", "aichatbothub_source_tag":
				identity["chatbot_id"] = knownvalue.StringExact(bots[1])
			}
			list := func(name, filters string) string {
				return fmt.Sprintf("list %q %q {\n  provider = aichatbothub\n  include_resource = true\n%s\n}\n", l.typeName, name, filters)
			}
			config := list("one", fmt.Sprintf("config {\n  chatbot_id = %q\n}", bots[1])) + list("first", fmt.Sprintf("limit = 1\nconfig {\n  chatbot_id = %q\n}", bots[1]))
			checks := []querycheck.QueryResultCheck{
				querycheck.ExpectLength(l.typeName+".one", len(want[1])), querycheck.ExpectIdentity(l.typeName+".one", identity),
				querycheck.ExpectLength(l.typeName+".first", 1), querycheck.ExpectIdentity(l.typeName+".first", identity),
			}
			if !l.oneChatbot {
				config += list("all", "")
				checks = append(checks, querycheck.ExpectLength(l.typeName+".all", 3*len(want[1])), querycheck.ExpectIdentity(l.typeName+".all", identity))
			}
			resource.Test(t, resource.TestCase{TerraformVersionChecks: acctest.Queries(), ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{Config: e.Config("")}, {Query: true, Config: config, QueryResultChecks: checks}}})
		})
	}
}
