package provider_test

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestGuideDrift: the tables of the guide "Drift and scheduled checks". It changes objects as somebody in the web app would, and compares whether plans have
// changes, by their exit code, and whether the JSON of a plan with -refresh-only has any.
func TestGuideDrift(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		edit          func(g *guide, bot, agent string)
		plan, refresh bool
	}{
		"nothing":            {func(*guide, string, string) {}, false, false},
		"a configured value": {func(g *guide, _, agent string) { g.EditAgent(agent, func(a *mockhub.Agent) { a.Prompt = "Be funny." }) }, true, true},
		"another value":      {func(g *guide, _, agent string) { g.EditAgent(agent, func(a *mockhub.Agent) { a.Temperature = 0.9 }) }, false, true},
		"a deleted object":   {func(g *guide, _, agent string) { g.RemoveAgent(agent) }, true, true},
		"a new object":       {func(g *guide, bot, _ string) { g.AddAgent(bot, mockhub.Agent{Name: "New"}) }, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := startGuide(t, "drift")
			g.passes("apply")
			state, err := g.tf.Show(t.Context())
			g.must(err)
			g.Clock().Advance(time.Minute) // a deletion of the last 30 seconds is waited for
			outputs := state.Values.Outputs
			c.edit(g, outputs["chatbot_id"].Value.(string), outputs["agent_id"].Value.(string))

			if changes, err := g.tf.Plan(t.Context()); err != nil || changes != c.plan {
				t.Errorf("a plan has changes: %t, %v; want %t", changes, err, c.plan)
			}
			changes, err := g.tf.Plan(t.Context(), tfexec.RefreshOnly(true), tfexec.Out("drift.tfplan"))
			if want := g.refreshOnlyCode(c.refresh); err != nil || changes != want {
				t.Errorf("a plan with -refresh-only has changes: %t, %v; want %t with %s", changes, err, want, g.cli.Program)
			}
			plan, err := g.tf.ShowPlanFile(t.Context(), "drift.tfplan")
			g.must(err)
			if drift := len(plan.ResourceDrift) > 0; drift != c.refresh {
				t.Errorf("resource_drift has changes: %t, want %t", drift, c.refresh)
			}
		})
	}
}

// refreshOnlyCode says whether the exit code of plan -refresh-only -detailed-exitcode is 2. Before Terraform 1.15 it always is, because the state has
// numbers.
func (g *guide) refreshOnlyCode(changed bool) bool {
	return changed || g.cli.Program.Name == "Terraform" && !g.cli.Program.AtLeast(1, 15)
}
