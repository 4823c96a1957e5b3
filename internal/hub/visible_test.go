package hub_test

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// TestOneLine: a name stays on its line, and no character in it controls a terminal or the direction of text.
func TestOneLine(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := hub.OneLine(rapid.String().Draw(t, "text"))
		if strings.ContainsFunc(s, unicode.IsControl) || strings.ContainsAny(s, "\u2028\u2029\u202e") || len([]rune(s)) > 101 {
			t.Fatalf("%q", s)
		}
	})
	if got := hub.OneLine("Sales\n}\nresource \"x\" \"\u202ey\" \x1b[31m"); got != `Sales } resource "x" "\u202ey" \u001b[31m` {
		t.Errorf("%q", got)
	}
}

// TestEscape: only characters that are not visible are escaped.
func TestEscape(t *testing.T) {
	t.Parallel()
	if got, want := hub.Escape("Größe 👩\u200d🚀 a\tb\n\u202e\x1b[2J\U000e0001"), "Größe 👩\u200d🚀 a\\u0009b\\u000a\\u202e\\u001b[2J\\U000e0001"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
