package rest

import (
	"fmt"
	"strings"
	"unicode"
)

// Escape escapes every character that is not visible, line breaks and tabs among them, such as \u001b. Text that others wrote cannot control a
// terminal then.
func Escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case Visible(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// Visible reports whether a character is written without an escape: printable characters, spaces, and the joiners U+200C and U+200D of
// emoji and some scripts. Line separators and characters that change the direction of text are not visible.
func Visible(r rune) bool {
	return unicode.IsPrint(r) || unicode.Is(unicode.Zs, r) || r == '\u200c' || r == '\u200d'
}
