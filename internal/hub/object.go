package hub

import (
	"strings"
	"unicode"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// ID is the uuid of an object; see rest.ID.
type ID = rest.ID

// ParseID parses a uuid in any common notation; see rest.ParseID.
func ParseID(raw string) (ID, error) { return rest.ParseID(raw) }

// Object is embedded by the types of all objects; see consistency.Object.
type Object = consistency.Object

// AnyObject is a type that embeds Object.
type AnyObject = consistency.AnyObject

// OldestFirst returns a copy of the objects, ordered by creation and then by id.
func OldestFirst[T AnyObject](objects []T) []T { return consistency.OldestFirst(objects) }

// SortedFunc returns a sorted copy of values; see consistency.SortedFunc.
func SortedFunc[T any](values []T, compare func(a, b T) int) []T {
	return consistency.SortedFunc(values, compare)
}

// Bool decodes true, false, 0, 1 and their strings; see rest.Bool.
type Bool = rest.Bool

// Number decodes 20, 20.0 and "20"; see rest.Number.
type Number = rest.Number

// Flag is a Bool that is encoded as 0 or 1; see rest.Flag.
type Flag = rest.Flag

// Text decodes a string, and any other value as its JSON text; see rest.Text.
type Text = rest.Text

// SameText reports whether two texts are equal apart from line endings (CRLF or LF), white space at both ends, a byte order mark at the
// start, and Unicode's forms NFC and NFD (schema.md).
func SameText(a, b string) bool { return a == b || NormalText(a) == NormalText(b) }

// NormalText returns a text in the form in which SameText compares it.
func NormalText(s string) string {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return r == '\ufeff' || unicode.IsSpace(r) }) // also a mark behind white space, which the service may trim
	return Composed(strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")))
}

// SameNumber reports whether two numbers are equal in the precision of a 32-bit float, which the service may store (api.md §1).
func SameNumber(a, b float64) bool { return float32(a) == float32(b) }

// HideTexts replaces texts that were sent in a message of the service; see rest.HideTexts.
func HideTexts(message string, texts ...string) string { return rest.HideTexts(message, texts...) }

// shown returns a text of an answer that is never empty, or nil if the answer lacks it.
func shown(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// matches reports whether an answer shows the value that was sent. A value that was not sent, or is not shown, cannot differ.
func matches[T comparable](sent, shown *T) bool {
	return sent == nil || shown == nil || *sent == *shown
}

// matchesText is matches for texts that the service may trim.
func matchesText(sent, shown *string) bool {
	return sent == nil || shown == nil || SameText(*sent, *shown)
}

// matchesNumber is matches for numbers that the service may store as 32-bit floats.
func matchesNumber(sent, shown *Number) bool {
	return sent == nil || shown == nil || SameNumber(float64(*sent), float64(*shown))
}

// value returns the text that p points to, or "" for nil.
func value[T ~string](p *T) string {
	if p == nil {
		return ""
	}
	return string(*p)
}
