package rest

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The service writes the same value in several forms (api.md §1: 0/1 and true/false, 0 and 0.0, numbers in strings). The types in this
// file decode all of them. A nil pointer to one of them means that the key is missing or null.

// Bool decodes true, false, 0, 1 and their strings.
type Bool bool

// UnmarshalJSON implements json.Unmarshaler.
func (b *Bool) UnmarshalJSON(raw []byte) error {
	switch strings.ToLower(unquote(raw)) {
	case "true", "1", "1.0":
		*b = true
	case "false", "0", "0.0", "":
		*b = false
	default:
		return fmt.Errorf("%s is neither true nor false", quote(raw))
	}
	return nil
}

// Number decodes 20, 20.0 and "20". It reads the digits of a 32-bit float as the number that they stand for: 0.699999988079071 as 0.7.
type Number float64

// UnmarshalJSON implements json.Unmarshaler.
func (n *Number) UnmarshalJSON(raw []byte) error {
	f, err := strconv.ParseFloat(unquote(raw), 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return fmt.Errorf("%s is not a number", quote(raw))
	}
	*n = Number(fromFloat32(f))
	return nil
}

// fromFloat32 returns the shortest decimal number with the same 32-bit float as a fraction that is one exactly, and any other number as it
// is.
func fromFloat32(f float64) float64 {
	if f == math.Trunc(f) || float64(float32(f)) != f {
		return f
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', -1, 32), 64)
	if err != nil {
		return f
	}
	return short
}

// Int returns a whole number.
func (n Number) Int() (int64, error) {
	if math.Abs(float64(n)) > 1<<53 || float64(n) != math.Trunc(float64(n)) {
		return 0, fmt.Errorf("%v is not a whole number", float64(n))
	}
	return int64(n), nil
}

// Flag is a Bool that is encoded as 0 or 1, the form that tool functions and nested settings require (api.md §2, §3).
type Flag bool

// UnmarshalJSON implements json.Unmarshaler.
func (f *Flag) UnmarshalJSON(raw []byte) error { return (*Bool)(f).UnmarshalJSON(raw) }

// MarshalJSON implements json.Marshaler.
func (f Flag) MarshalJSON() ([]byte, error) {
	if f {
		return []byte("1"), nil
	}
	return []byte("0"), nil
}

// Text decodes a string. Any other value keeps its JSON text.
type Text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *Text) UnmarshalJSON(raw []byte) error {
	s, ok := plain(raw)
	if !ok && json.Unmarshal(raw, &s) != nil {
		s = string(raw)
	}
	*t = Text(s)
	return nil
}

// quote returns a JSON value for the text of an error. Texts are left out, because they may be secret, and so are long values.
func quote(raw []byte) string {
	switch {
	case len(raw) > 0 && raw[0] == '"':
		return "a text"
	case len(raw) > 40:
		return fmt.Sprintf("a value of %d bytes", len(raw))
	}
	return string(raw)
}

// unquote returns the text of a JSON string, and any other JSON value as it is written. Numbers, true and false are not passed to the
// decoder, which would allocate an error for each.
func unquote(raw []byte) string {
	s, ok := plain(raw)
	if !ok && len(raw) > 0 && strings.IndexByte("-0123456789tf", raw[0]) >= 0 {
		return string(raw)
	}
	if ok || json.Unmarshal(raw, &s) == nil {
		return strings.TrimSpace(s)
	}
	return string(raw)
}

// plain returns the text of a JSON string of printable ASCII without escapes. Ids and most numbers are such strings. A list has thousands
// of them, and a second run of the decoder for each costs more than the rest of the list.
func plain(raw []byte) (string, bool) {
	if len(raw) < 2 || raw[0] != '"' || raw[len(raw)-1] != '"' {
		return "", false
	}
	text := raw[1 : len(raw)-1]
	for _, b := range text {
		if b < ' ' || b > '~' || b == '"' || b == '\\' {
			return "", false
		}
	}
	return string(text), true
}
