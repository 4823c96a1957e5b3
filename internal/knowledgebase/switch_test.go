package knowledgebase_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
)

// TestSwitchThroughCLI: single sources become those of a knowledge base with removed blocks and adopt, as the guide says. Nothing is uploaded,
// trained or deleted, and an agent that uses them keeps them.
func TestSwitchThroughCLI(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.ThroughCLI()
	agent := func(ids string) string {
		return fmt.Sprintf("resource \"aichatbothub_agent\" \"a\" {\n  chatbot_id = %q\n  type = \"user-facing\"\n  name = \"Answers\"\n  source_ids = %s\n}\n", e.chatbot, ids)
	}
	single := e.Config(fmt.Sprintf(`
resource "aichatbothub_source" "faq" {
  for_each   = { hours = "When?", place = "Where?" }
  chatbot_id = %q
  qa         = { question = each.value, answer = "From 9 to 18." }
}
`, e.chatbot) + agent("[for source in aichatbothub_source.faq : source.id]"))
	together := e.config("questions = { \"When?\" = \"From 9 to 18.\", \"Where?\" = \"From 9 to 18.\" }\nadopt = true", `
removed {
  from = aichatbothub_source.faq

  lifecycle {
    destroy = false
  }
}
`+agent("values(aichatbothub_knowledge_base.shop.source_ids)"))
	var before []string
	ids := func() (all []string) {
		for _, s := range e.Sources(e.chatbot) {
			all = append(all, s.UUID)
		}
		slices.Sort(all)
		return all
	}
	same := func(*terraform.State) error {
		for _, r := range e.Requests() {
			if r.Method != "GET" {
				return fmt.Errorf("%s was sent", r.Route)
			}
		}
		if now := ids(); !slices.Equal(now, before) {
			return fmt.Errorf("the sources are %v, and were %v", now, before)
		}
		return nil
	}
	e.Test(t,
		resource.TestStep{Config: single},
		resource.TestStep{PreConfig: func() { before = ids(); e.Forget() }, Config: together, ConfigPlanChecks: planned(plancheck.ResourceActionCreate), Check: same},
	)
}
