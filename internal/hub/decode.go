package hub

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The service writes the same value in several forms (api.md §1: 0/1 and true/false, 0 and 0.0, numbers in strings).
// These types read every form. A nil pointer to one of them means that the answer had no such key, or null.

// Bool reads true, false, 0, 1 and their strings.
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

// Number reads 20, 20.0 and "20".
type Number float64

// UnmarshalJSON implements json.Unmarshaler.
func (n *Number) UnmarshalJSON(raw []byte) error {
	f, err := strconv.ParseFloat(unquote(raw), 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return fmt.Errorf("%s is not a number", quote(raw))
	}
	*n = Number(f)
	return nil
}

// Flag is a Bool that is written as 0 or 1, the form in which tool functions and nested settings take it (api.md §2, §3).
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

// Text reads a string, and any other value as the JSON it is.
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

// whole is the number as an integer.
func (n Number) whole() (int64, error) {
	if math.Abs(float64(n)) > 1<<53 || float64(n) != math.Trunc(float64(n)) {
		return 0, fmt.Errorf("%v is not a whole number", float64(n))
	}
	return int64(n), nil
}

// quote is a JSON value for an error's text: whole or not at all, because half a secret is not recognised as one.
func quote(raw []byte) string {
	if len(raw) > 40 {
		return fmt.Sprintf("a value of %d bytes", len(raw))
	}
	return string(raw)
}

// unquote gives the text of a JSON string, and any other JSON value as it is written. What begins like a number or a word other than
// null is no string: asking the decoder would cost an error for each of them.
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

// plain gives the text of a JSON string that stands for itself: printable ASCII without escapes. Ids and most numbers in strings do, a
// list has thousands of them, and a second run of the decoder for each costs more than the rest of the list.
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

// checker is what an answer implements to say that it lacks something no object of its kind can lack.
type checker interface{ check() error }

// decode reads a JSON answer into Out and lets it check itself. An incomplete answer is an error, never half an object.
func decode[Out any](body []byte) (Out, error) {
	var out Out
	if err := json.Unmarshal(body, &out); err != nil {
		return out, err
	}
	if c, ok := any(&out).(checker); ok {
		return out, c.check()
	}
	return out, nil
}

// list is a JSON array of objects. null, an element without a uuid and one uuid twice are errors: a list that is not whole must
// never be read as "the others were deleted" (goals.md R4).
type list[T AnyObject] []T

func (l *list[T]) check() error {
	if *l == nil {
		return errors.New("null where a list belongs")
	}
	seen := make(map[ID]bool, len(*l))
	for i := range *l {
		if c, ok := any(&(*l)[i]).(checker); ok {
			if err := c.check(); err != nil {
				return fmt.Errorf("element %d: %w", i, err)
			}
		}
		switch id := (*l)[i].object().ID; {
		case id == "":
			return fmt.Errorf("element %d has no uuid", i)
		case seen[id]:
			return fmt.Errorf("uuid %s stands in the list twice", id)
		default:
			seen[id] = true
		}
	}
	return nil
}
