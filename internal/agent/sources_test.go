package agent_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestUnmanagedSourceIsDestroyed: a source that is destroyed while an agent is updated is no difference that somebody has to be told of. The
// next refresh reads it. The same is true for a description that somebody changes meanwhile.
func TestUnmanagedSourceIsDestroyed(t *testing.T) {
	t.Parallel()
	for _, short := range []bool{false, true} {
		h := newFixture(t, func(q *mockhub.Quirks) { q.AgentUpdateShort = short })
		one, two := h.AddSource(h.chatbot, mockhub.Source{}), h.AddSource(h.chatbot, mockhub.Source{})
		id := h.AddAgent(h.chatbot, mockhub.Agent{Name: "A", Enabled: true, Description: "Before", DataSourceUUIDs: []string{one, two}})
		o := h.s.Object("aichatbothub_agent")
		if err := o.Import(h.chatbot + "/" + id); err != nil {
			t.Fatal(err)
		}
		values := h.settings(map[string]string{"type": "user-facing", "name": "B"})
		config := o.Configuration(values)
		p, err := o.Plan(config)
		if err != nil {
			t.Fatal(err)
		}
		h.RemoveSource(one)
		h.EditAgent(id, func(a *mockhub.Agent) { a.Description = "After" })
		if warnings, err := o.Apply(config, p); err != nil || len(warnings) > 0 {
			t.Fatal(err, warnings)
		}
		h.run()
		if err := o.Refresh(); err != nil {
			t.Fatal(err)
		}
		if got := acctest.At(o.State, "source_ids").String(); strings.Contains(got, one) || !strings.Contains(got, two) {
			t.Errorf("after a refresh the sources are %s", got)
		}
		if got := acctest.At(o.State, "description"); !got.Equal(tftypes.NewValue(tftypes.String, "After")) {
			t.Errorf("after a refresh the description is %s", got)
		}
		if p, err = o.Plan(config); err != nil || !o.Empty(p) {
			t.Error("the next plan is not empty", err)
		}
		h.must(o, nil)
	}
}
