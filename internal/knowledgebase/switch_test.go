package knowledgebase_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
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

// TestGivenUpInTheSameRun: a configuration replaces single sources by a knowledge base without removed blocks, so one run deletes the sources
// and takes them over, in any order. The knowledge base ends with a source that exists.
func TestGivenUpInTheSameRun(t *testing.T) {
	t.Parallel()
	const question, answer = "When?", "From 9 to 18."
	for _, first := range []string{"create", "delete"} {
		t.Run(first+" first", func(t *testing.T) {
			t.Parallel()
			e := start(t)
			s := e.Server(t)
			one, all := s.Object("aichatbothub_source"), s.Object("aichatbothub_knowledge_base")
			apply := func(o *acctest.Object, values map[string]tftypes.Value) {
				t.Helper()
				config := o.Configuration(values)
				if values == nil {
					config = tftypes.NewValue(config.Type(), nil)
				}
				p, err := o.Plan(config)
				if err == nil {
					_, err = o.Apply(config, p)
				}
				if err != nil {
					t.Error(err)
				}
			}
			text := func(v string) tftypes.Value { return tftypes.NewValue(tftypes.String, v) }
			qa := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"question": tftypes.String, "answer": tftypes.String}}
			apply(one, map[string]tftypes.Value{"chatbot_id": text(e.chatbot), "qa": tftypes.NewValue(qa, map[string]tftypes.Value{"question": text(question), "answer": text(answer)})})
			if err := s.NewRun(e.Env); err != nil {
				t.Fatal(err)
			}
			create := func() {
				apply(all, map[string]tftypes.Value{"chatbot_id": text(e.chatbot), "adopt": tftypes.NewValue(tftypes.Bool, true),
					"questions": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{question: text(answer)})})
			}
			if first == "create" {
				create()
				apply(one, nil)
			} else {
				reached, hold, done := make(chan struct{}, 1), make(chan struct{}), make(chan struct{})
				e.Inject(mockhub.Fault{Route: "POST /data-source/{uuid}/delete", Reached: reached, Hold: hold, Mutate: func(b []byte) []byte { return b }})
				go func() { defer close(done); apply(one, nil) }()
				<-reached
				create()
				close(hold)
				<-done
			}
			if len(e.Sources(e.chatbot)) != 1 {
				t.Errorf("the chatbot has %d sources, want 1", len(e.Sources(e.chatbot)))
			}
			if err := s.NewRun(e.Env); err != nil {
				t.Fatal(err)
			}
			before := all.State
			if err := all.Refresh(); err != nil || len(acctest.Differences(before, all.State)) > 0 {
				t.Errorf("the refresh changes %v, %v", acctest.Differences(before, all.State), err)
			}
			apply(all, nil)
		})
	}
}
