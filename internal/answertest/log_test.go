package answertest_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestLog runs a real Terraform with the provider as a program and TF_LOG=TRACE through a miss, a failure and a pass: neither a question nor an answer
// nor a variable is in the log, although the error shows the first two.
func TestLog(t *testing.T) {
	t.Parallel()
	c, e := acctest.NewCLI(t), start(t)
	dir := t.TempDir()
	const question, answer, variable = "qu3stion-7f3a91 about the c4nary?", "4nswer-5d21", "v4riable-91ab"
	e.AddSource(e.chatbot, mockhub.Source{Type: "qa", Question: question, Answer: "It is " + answer + ".", Status: "success"})
	log := filepath.Join(dir, "trace.log")
	run := func(want string, fails bool, cases string) {
		t.Helper()
		config := "terraform {\n required_providers {\n  aichatbothub = { source = \"aichatbothub/aichatbothub\" }\n }\n}\n" + e.block(cases, `variables = { a = "`+variable+`" }`)
		if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		for _, args := range [][]string{{"init"}, {"apply", "-auto-approve", "-no-color"}} {
			cmd := exec.CommandContext(t.Context(), c.Path, args...)
			cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &out
			for name, value := range c.Installation.Env(map[string]string{"AICHATBOTHUB_BASE_URL": e.URL, "AICHATBOTHUB_API_KEY": e.Key(), "TF_LOG": "TRACE", "TF_LOG_PATH": log}) {
				cmd.Env = append(cmd.Env, name+"="+value)
			}
			if err := cmd.Run(); (err != nil) != (fails && args[0] == "apply") {
				t.Fatalf("terraform %s: %v\n%s", args[0], err, &out)
			}
		}
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not shown:\n%s", want, &out)
		}
	}
	a := func(expected string) string { return `a = { ask = ["` + question + `"], ` + expected + ` }` }
	run(answer, true, a(`contains = ["milk"]`))
	run("Apply complete!", false, a(`not_contains = ["milk"]`))
	e.SetQuirks(func(q *mockhub.Quirks) { q.AnswerFails = "error_message" })
	run("not measured", true, a(`not_contains = ["tea"]`))

	raw, err := os.ReadFile(filepath.Clean(log))
	if err != nil {
		t.Fatal(err)
	}
	lines, own := 0, 0
	for line := range strings.Lines(string(raw)) {
		lines++
		if strings.Contains(line, "provider.terraform-provider-aichatbothub") {
			own++
		}
		for _, text := range []string{question, answer, variable} {
			if strings.Contains(line, text) {
				t.Errorf("the log shows %q: %.300s", text, line)
			}
		}
	}
	if lines < 1000 || own < 30 || !strings.Contains(string(raw), "asking 1 question for an estimated") {
		t.Errorf("too little was logged to look through: %d lines, %d of the provider", lines, own)
	}
	t.Logf("looked through %d lines, %d of the provider", lines, own)
}
