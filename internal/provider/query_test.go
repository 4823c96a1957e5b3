package provider_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

// TestQuery lists with `terraform query`, if Terraform has it. What other tests check at the level of the protocol is not repeated.
func TestQuery(t *testing.T) {
	t.Parallel()
	identities, err := acctest.NewServer(t).GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range listed {
		typeName := acctest.Prefix + l.Type
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			e, bots, want := account(t, l)
			e.Keep(bots...)
			identity := map[string]knownvalue.Check{}
			for _, a := range identities.IdentitySchemas[typeName].IdentityAttributes {
				identity[a.Name] = knownvalue.StringExact(map[string]string{"id": want[1][0], "chatbot_id": bots[1], "agent_id": e.DefaultAgent(bots[1])}[a.Name])
			}
			list := func(name, filters string) string {
				return fmt.Sprintf("list %q %q {\n  provider = aichatbothub\n  include_resource = true\n%s\n}\n", typeName, name, filters)
			}
			config := list("one", fmt.Sprintf("config {\n  chatbot_id = %q\n}", bots[1])) + list("first", fmt.Sprintf("limit = 1\nconfig {\n  chatbot_id = %q\n}", bots[1]))
			checks := []querycheck.QueryResultCheck{
				querycheck.ExpectLength(typeName+".one", len(want[1])), querycheck.ExpectIdentity(typeName+".one", identity),
				querycheck.ExpectLength(typeName+".first", 1), querycheck.ExpectIdentity(typeName+".first", identity),
			}
			if !l.List.ChatbotIsRequired {
				config += list("all", "")
				checks = append(checks, querycheck.ExpectLength(typeName+".all", 3*len(want[1])), querycheck.ExpectIdentity(typeName+".all", identity))
			}
			resource.Test(t, resource.TestCase{TerraformVersionChecks: acctest.Queries(), ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{Config: e.Config("")}, {Query: true, Config: config, QueryResultChecks: checks}}})
		})
	}
}
