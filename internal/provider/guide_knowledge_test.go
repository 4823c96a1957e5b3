package provider_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestGuideKnowledge applies the blocks of the guide "Knowledge at scale" together with the scenario that it shows, in whose folder two files have one name.
func TestGuideKnowledge(t *testing.T) {
	t.Parallel()
	c := newExampleCLI(t)
	g := &release{c.startScenario(t, "knowledge-base")}
	g.must(os.CopyFS(g.dir, os.DirFS(filepath.Join("testdata", "guides", "knowledge"))))
	g.write("faq.csv", readText(t, filepath.Join(c.examples, "scenarios", "faq", "faq.csv")))
	g.remain()
	g.passes("apply")
	bot := g.Chatbots()[0].UUID
	returns := map[string]bool{}
	var names []string
	for _, s := range g.Sources(bot) {
		names = append(names, s.FileName)
		returns[s.UUID] = strings.HasPrefix(s.FileName, "returns-")
	}
	for _, want := range []string{"delivery-README.md", "returns-README.md", "https://shop.example.com/returns"} {
		if !slices.Contains(names, want) {
			t.Errorf("the chatbot has no source %q but %q", want, names)
		}
	}
	for _, a := range g.Agents(bot) {
		if a.Default {
			continue
		}
		if len(a.DataSourceUUIDs) == 0 || slices.ContainsFunc(a.DataSourceUUIDs, func(id string) bool { return !returns[id] }) {
			t.Errorf("the agent uses %v, want those of the folder returns alone", a.DataSourceUUIDs)
		}
	}
	g.settled()
	g.destroy()
}

// TestGuideSnapshot: the check of the guide "From staging to production" warns in a plan when somebody has changed production, and not after a release.
func TestGuideSnapshot(t *testing.T) {
	t.Parallel()
	r := &release{newExampleCLI(t).startScenario(t, "staged-release")}
	r.write("snapshot.tf", readText(t, filepath.Join("testdata", "staged-release", "snapshot.tf")))
	r.passes("release")
	const warning = "Production differs from staging."
	if out := r.planned(); strings.Contains(out, warning) || !strings.Contains(out, "No changes.") {
		t.Errorf("after a release a plan says\n%s", out)
	}
	r.EditAgent(r.Agents(r.botID(production))[0].UUID, func(a *mockhub.Agent) { a.Temperature = 0.7 })
	if out := r.planned(); !strings.Contains(out, warning) || !strings.Contains(out, "No changes.") {
		t.Errorf("after a change of production a plan says\n%s", out)
	}
}
