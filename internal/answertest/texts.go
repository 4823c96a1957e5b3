package answertest

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// The numbers of characters of texts in diagnostics.
const (
	maxAnswer = 600
	maxShown  = 200
)

// shown returns a text of a rule, or a part of an answer, for a diagnostic: in quotes, with escapes for characters that are not visible.
func shown(text string) string { return fmt.Sprintf("%q", cut(oneForm.Replace(text), maxShown)) }

// oneForm replaces the line breaks and tabs of different systems.
var oneForm = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ")

// printable returns a text with escapes for characters that are not visible or change the direction of a text. Line breaks remain.
func printable(text string) string {
	lines := strings.Split(oneForm.Replace(strings.ToValidUTF8(text, "�")), "\n")
	for i, line := range lines {
		lines[i] = hub.Escape(line)
	}
	return strings.Join(lines, "\n")
}

// cut returns the first n characters of a text, and says how many are left out.
func cut(text string, n int) string {
	length := utf8.RuneCountInString(text)
	if length <= n {
		return text
	}
	return fmt.Sprintf("%s… (%d more characters)", string([]rune(text)[:n]), length-n)
}

// indented returns a text with each line indented. Terraform does not break such lines, so they are broken here for a terminal of 80 columns.
func indented(text string) string {
	return "  " + strings.ReplaceAll(base.Wrap(strings.TrimSpace(text), 74), "\n", "\n  ")
}
