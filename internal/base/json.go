package base

import (
	"encoding/json"
	"io"
	"math"
	"strconv"
	"strings"
)

// SameJSON reports whether two texts are the same JSON: white space, the order of keys, escapes, the notation of numbers (1, 1.0, 1e0), a byte
// order mark at the beginning, and the difference between CRLF and LF in strings are ignored. White space at the ends of a string counts,
// because the string can be a regular expression. A text that is not JSON is not equal to any text.
func SameJSON(a, b string) bool {
	x, errX := decodeJSON(a)
	y, errY := decodeJSON(b)
	return errX == nil && errY == nil && sameValue(x, y)
}

// decodeJSON reads one JSON value with its numbers as they are written.
func decodeJSON(text string) (any, error) {
	dec := json.NewDecoder(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, strconv.ErrSyntax
	}
	return v, nil
}

func sameValue(a, b any) bool {
	switch a := a.(type) {
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for key, v := range a {
			if w, ok := b[key]; !ok || !sameValue(v, w) {
				return false
			}
		}
		return true
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for i, v := range a {
			if !sameValue(v, b[i]) {
				return false
			}
		}
		return true
	case json.Number:
		b, ok := b.(json.Number)
		return ok && sameNumber(a.String(), b.String())
	case string:
		b, ok := b.(string)
		return ok && strings.ReplaceAll(a, "\r\n", "\n") == strings.ReplaceAll(b, "\r\n", "\n")
	}
	return a == b // bool or nil
}

// sameNumber compares integers digit by digit, because a float64 has too few for some, and everything else as a float64.
func sameNumber(a, b string) bool {
	if a == b {
		return true
	}
	if !strings.ContainsAny(a+b, ".eE") {
		return strings.Trim(a, "-0") == "" && strings.Trim(b, "-0") == "" // 0 and -0
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && x == y
}

// NormalJSON decodes a JSON text so that texts that are equal for SameJSON have equal values: the strings have LF as line endings, and numbers,
// which are json.Number, have one notation. Only integers of more digits than a float64 has differ from the same in another notation.
func NormalJSON(text string) (any, error) {
	v, err := decodeJSON(text)
	if err != nil {
		return nil, err
	}
	return normalValue(v), nil
}

func normalValue(v any) any {
	switch v := v.(type) {
	case map[string]any:
		normal := make(map[string]any, len(v))
		for key, element := range v {
			normal[key] = normalValue(element)
		}
		return normal
	case []any:
		normal := make([]any, len(v))
		for i, element := range v {
			normal[i] = normalValue(element)
		}
		return normal
	case json.Number:
		return normalNumber(v)
	case string:
		return strings.ReplaceAll(v, "\r\n", "\n")
	}
	return v // bool or nil
}

// normalNumber writes an integer that a float64 has exactly, and 0, as digits alone, other integers as they are, and everything else as the
// shortest text of its float64.
func normalNumber(n json.Number) json.Number {
	f, err := n.Float64()
	switch {
	case err != nil:
		return n
	case f == 0:
		return "0"
	case f == math.Trunc(f) && math.Abs(f) < 1<<53:
		return json.Number(strconv.FormatFloat(f, 'f', 0, 64))
	case !strings.ContainsAny(n.String(), ".eE"):
		return n
	}
	return json.Number(strconv.FormatFloat(f, 'g', -1, 64))
}
