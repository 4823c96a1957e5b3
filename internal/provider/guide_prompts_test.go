package provider_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

// guide is the configuration of a guide in its own folder, with a real Terraform and its own service.
type guide struct {
	*release
	cli *exampleCLI
}

// startGuide copies a folder of testdata/guides, and runs init.
func startGuide(t *testing.T, name string) *guide {
	t.Helper()
	c := newExampleCLI(t)
	g := &guide{&release{c.start(t, acctest.Start(t, answersFromDocuments))}, c}
	g.must(os.CopyFS(g.dir, os.DirFS(filepath.Join("testdata", "guides", name))))
	g.must(g.tf.Init(t.Context()))
	return g
}

// empty fails the test unless a plan is empty.
func (g *guide) empty(step string) {
	g.Helper()
	if changes, err := g.tf.Plan(g.Context()); err != nil || changes {
		g.Errorf("%s: the plan has changes: %t, %v", step, changes, err)
	}
}

// sent applies, and returns the bodies of all requests that are not reads, with their routes.
func (g *guide) sent(step string) []string {
	g.Helper()
	g.Forget()
	g.passes(step)
	var sent []string
	for _, r := range g.Requests() {
		if !strings.HasPrefix(r.Route, "GET ") {
			sent = append(sent, r.Route+" "+string(r.Body))
		}
	}
	return sent
}

// TestGuidePrompts: what the guide "Prompts as files, and how to roll one back" says. A change of a prompt and its revert are one request each, with
// the prompt alone. A saved plan is not applied with another file. Line endings and a moved block change nothing.
func TestGuidePrompts(t *testing.T) {
	t.Parallel()
	g := startGuide(t, "prompts")
	g.remain()
	g.passes("first apply")
	agent := func() string { return g.Agents(g.Chatbots()[0].UUID)[0].Prompt }
	first := agent()
	state, err := g.tf.Show(t.Context())
	g.must(err)
	hash := sha256.Sum256([]byte(strings.TrimSpace(first)))
	if got := state.Values.Outputs["prompt_sha256"].Value.(map[string]any)["answers"]; got != hex.EncodeToString(hash[:]) {
		t.Errorf("prompt_sha256 is %v, want that of the trimmed file, %x", got, hash)
	}

	const file = "prompts/answers.md"
	g.edit(file, "brief and polite", "funny")
	want := []string{`POST /agent/{uuid}/update {"prompt":"You answer the customers of a bookshop.\n\n- Be funny.\n- If you do not know something, say so.\n"}`}
	if got := g.sent("change"); !slices.Equal(got, want) {
		t.Errorf("the change sent %q, want %q", got, want)
	}
	g.edit(file, "funny", "brief and polite")
	if got := g.sent("revert"); len(got) != 1 || agent() != first {
		t.Errorf("the revert sent %q; the prompt is %q, want %q", got, agent(), first)
	}

	g.edit(file, "polite", "kind")
	if _, err := g.tf.Plan(t.Context(), tfexec.Out("saved.tfplan")); err != nil {
		t.Fatal(err)
	}
	g.edit(file, "kind", "rude")
	if err := g.tf.Apply(t.Context(), tfexec.DirOrPlan("saved.tfplan")); err == nil || !strings.Contains(err.Error(), "inconsistent") || agent() != first {
		t.Errorf("a saved plan with another file: %v; the prompt is %q", err, agent())
	}
	g.edit(file, "rude", "polite")
	g.passes("again") // the failed apply has stored the outputs of the plan

	for _, name := range []string{"answers.md", "rules.md", "orders.md.tftpl"} {
		g.edit("prompts/"+name, "\n", "\r\n")
	}
	g.empty("CRLF")
	g.edit("main.tf", `resource "aichatbothub_agent" "orders" {`, "moved {\n  from = aichatbothub_agent.orders\n  to   = aichatbothub_agent.team[\"orders\"]\n}\n\n"+
		"resource \"aichatbothub_agent\" \"team\" {\n  for_each        = toset([\"orders\"])")
	g.edit("main.tf", "aichatbothub_agent.orders.prompt_sha256", "aichatbothub_agent.team[\"orders\"].prompt_sha256")
	if got := g.sent("moved"); len(got) > 0 {
		t.Errorf("the move sent %q", got)
	}
	g.empty("after the move")
	g.destroy()
}
