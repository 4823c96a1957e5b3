package answertest

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The numbers of characters of texts in diagnostics.
const (
	maxAnswer = 600
	maxShown  = 200
)

// shown returns a text of a rule, or a part of an answer, for a diagnostic: in quotes and without control characters.
func shown(text string) string { return fmt.Sprintf("%q", cut(printable(text), maxShown)) }

// printable returns a text without control characters and those that change the direction of a text. Line breaks remain.
func printable(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(strings.ToValidUTF8(text, "�"))
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return '�'
		}
		return r
	}, text)
}

// cut returns the first n characters of a text, and says how many are left out.
func cut(text string, n int) string {
	length := utf8.RuneCountInString(text)
	if length <= n {
		return text
	}
	return fmt.Sprintf("%s… (%d more characters)", string([]rune(text)[:n]), length-n)
}

// indented returns a text with each line indented.
func indented(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ")
}
