package hub

import (
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// Escape escapes every character that is not visible; see rest.Escape.
func Escape(s string) string { return rest.Escape(s) }

// Visible reports whether a character is written without an escape; see rest.Visible.
func Visible(r rune) bool { return rest.Visible(r) }

// OneLine returns a name on one line without invisible characters, with at most 100 characters.
func OneLine(s string) string { return OneLineOf(s, 100) }

// OneLineOf is like OneLine, with at most most characters.
func OneLineOf(s string, most int) string {
	s = Escape(strings.Join(strings.Fields(s), " "))
	if runes := []rune(s); len(runes) > most {
		s = strings.TrimSpace(string(runes[:most])) + "…"
	}
	return s
}
