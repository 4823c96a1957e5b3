package provider_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// byHand adds a chatbot with a prompt and questions, as somebody makes it in the web app: with a title that the service writes, and line endings of
// a browser.
func (r *exampleRun) byHand(bot mockhub.Chatbot, prompt string, questions ...mockhub.Source) {
	r.Helper()
	id := r.AddChatbot(bot)
	r.EditAgent(r.DefaultAgent(id), func(a *mockhub.Agent) { a.Prompt = strings.ReplaceAll(prompt, "\n", "\r\n") + "\r\n" })
	for _, q := range questions {
		q.Type, q.Title = "qa", "About: "+q.Question
		r.AddSource(id, q)
	}
}

// TestExistingAccount: chatbots that were made by hand are imported without a change, the next plan is empty, with and without the import blocks, and
// what somebody changes later shows.
func TestExistingAccount(t *testing.T) {
	t.Parallel()
	c := newExampleCLI(t)
	r := c.startScenario(t, "existing-account")
	r.byHand(mockhub.Chatbot{Name: "Northwind Books support", Visibility: "hybrid"}, readText(t, r.dir, "prompts", "shop.md"),
		mockhub.Source{Question: "When is the shop open?", Answer: "From 9 to 18, Monday to Saturday."}, mockhub.Source{Question: "Can I send a book back?", Answer: "Yes, within 30 days."})
	r.byHand(mockhub.Chatbot{Name: "Northwind Books wholesale", RateLimitMessages: 100, RateLimitSeconds: 300, RateLimitMessage: "Please wait a moment."}, readText(t, r.dir, "prompts", "wholesale.md"),
		mockhub.Source{Question: "What is the discount?", Answer: "20 percent from 10 copies of a title."})
	before := r.ids()

	r.exports(readText(t, r.dir, "README.md"))
	r.Forget()
	r.follow(section(readText(t, r.dir, "README.md"), "Use"))
	for _, request := range r.Requests() {
		if request.Method != "GET" {
			t.Errorf("%s was sent", request.Route)
		}
	}
	if !slices.Equal(r.ids(), before) {
		t.Errorf("the account has %v, want the objects from before, %v", r.ids(), before)
	}

	r.EditAgent(r.DefaultAgent(r.botID("Northwind Books support")), func(a *mockhub.Agent) { a.Prompt = "You sell." })
	if text := r.planned(); !strings.Contains(text, "- You sell.") || !strings.Contains(text, "0 to add, 1 to change, 0 to destroy") {
		t.Errorf("the plan after somebody has changed a prompt is\n%s", text)
	}
}

// exports runs the command of a text that exports a chatbot, and looks for its prompt and questions in what it writes.
func (r *exampleRun) exports(text string) {
	r.Helper()
	command := match(regexp.MustCompile(`(?m)^"\$provider" export (.*)$`), text)
	options := regexp.MustCompile(`"([^"]+)"|(\S+)`).FindAllStringSubmatch(command, -1)
	cmd := exec.CommandContext(r.Context(), r.cli.Installation.Binary, "export")
	for _, option := range options {
		cmd.Args = append(cmd.Args, option[1]+option[2])
	}
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "AICHATBOTHUB_API_KEY="+r.Key(), "AICHATBOTHUB_BASE_URL="+r.URL)
	if out, err := cmd.CombinedOutput(); err != nil {
		r.Fatalf("%q: %v\n%s", cmd.Args, err, out)
	}
	files, err := filepath.Glob(filepath.Join(r.dir, "exported", "*.tf"))
	r.must(err)
	written := ""
	for _, file := range files {
		written += readText(r.T, file)
	}
	for _, part := range []string{"You answer the customers of a bookshop.", "Can I send a book back?"} {
		if !strings.Contains(written, part) {
			r.Errorf("the export has no %q", part)
		}
	}
}
