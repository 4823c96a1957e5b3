package base

import (
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                       "",
		"one two":                "one two",
		"one two three":          "one two\nthree",
		"one two six\nseven":     "one two\nsix\nseven",
		"1234567890123 one":      "1234567890123\none",
		"  a list is not broken": "  a list is not broken",
		"äöü äöü äöü":            "äöü äöü\näöü",
		"a  b":                   "a  b",
		"one\n\ntwo\n":           "one\n\ntwo\n",
	} {
		if got := Wrap(text, 10); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if long := strings.Repeat("word ", 1000); strings.ReplaceAll(Wrap(long, 80), "\n", " ") != long {
		t.Error("a word was lost")
	}
}
