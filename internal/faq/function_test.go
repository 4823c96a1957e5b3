package faq_test

import (
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// TestFormat: another format is an error at its argument, whatever the text is. It does not quote what was written.
func TestFormat(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"", "CSV", "md", "json", " csv"} {
		_, err := call(t, "When?,At 9.", format)
		if err == nil || err.Text != `must be "csv" or "markdown"` || err.FunctionArgument == nil || *err.FunctionArgument != 1 {
			t.Errorf("%q: %v", format, err)
		}
	}
}

// TestNothingIsQuoted: questions and answers can contain secrets.
func TestNothingIsQuoted(t *testing.T) {
	t.Parallel()
	const secret = "canary"
	for format, texts := range map[string][]string{
		"csv":      {"canary", "canary,", "question,canary", "canary,canary,canary,canary", "canary,a\ncanary,b", "canary \"canary\",canary", "\"canary", "canary,canary;canary"},
		"markdown": {"canary", "# canary", "# canary\ncanary\n# canary\ncanary", "# canary\n```canary\n", "# canary\n<!-- canary", "#\ncanary"},
		secret:     {"a"},
	} {
		for _, text := range texts {
			if _, err := call(t, text, format); err == nil || strings.Contains(err.Text, secret) {
				t.Errorf("%q: %v", text, err)
			}
		}
	}
}

// FuzzFAQ: no text makes the function panic. All questions and answers of a result can be those of a knowledge base, and an error is at the text
// (goals.md S5).
func FuzzFAQ(f *testing.F) {
	for _, text := range []string{"question,answer\nWhen?,\"At 9.\nOr 10.\"\n", "\ufeffWhen?;\"a \"\"b\"\"\"\r\n", "# FAQ\n## When?\nAt 9.\n", "Who?\n---\n- a\n\n  ```\n  # b\n  ```\n", "---\na: b\n---\n<!-- c -->\n# d ##\n\te"} {
		f.Add(text, true)
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, text string, table bool) {
		format := map[bool]string{true: "csv", false: "markdown"}[table]
		answers, err := call(t, text, format)
		if err != nil && (err.FunctionArgument == nil || *err.FunctionArgument != 0 || !strings.HasPrefix(err.Text, "line ")) {
			t.Fatalf("%q: %v", text, err)
		}
		questions := map[string]bool{}
		for question, answer := range answers {
			form := hub.NormalText(question)
			if form == "" || hub.NormalText(answer) == "" {
				t.Fatalf("%q: the answer to %q is %q", text, question, answer)
			}
			if questions[form] {
				t.Fatalf("%q: there are two questions %q", text, question)
			}
			questions[form] = true
		}
	})
}
