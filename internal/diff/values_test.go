package diff

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// TestShownURL: user information and parameters that look like credentials are hidden, and the rest is as it is.
func TestShownURL(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"https://example.com/a?b=1&c=%20#d":                "https://example.com/a?b=1&c=%20#d",
		"https://example.com":                              "https://example.com",
		"https://u:p@w@example.com:8443/a@b":               "https://(hidden)@example.com:8443/a@b",
		"https://example.com?api_key=x&Token=y&b&secret":   "https://example.com?api_key=(hidden)&Token=(hidden)&b&secret=(hidden)",
		"https://example.com/%zz?signature=a=b&password=#": "https://example.com/%zz?signature=(hidden)&password=(hidden)",
		"not a URL": "not a URL",
	} {
		if got := shownURL(url); got != want {
			t.Errorf("%s is shown as %s, want %s", url, got, want)
		}
	}
	if a, b := shownURLs("https://example.com?key=a", "https://example.com?key=b"); a == b {
		t.Errorf("%v and %v", a, b)
	}
}

// TestValues: short values are on one line, and others line by line with their context.
func TestValues(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", maxShort)
	text := strings.Join([]string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}, "\n")
	for _, c := range []struct {
		a, b any
		want string
	}{
		{"a", nil, `    n: "a" → (none)`},
		{json.Number("0.2"), json.Number("1"), "    n: 0.2 → 1"},
		{false, "\t\x1b\"", `    n: false → "\t\x1b\""`},
		{long, "b", `    n: "` + long + `" → "b"`},
		{long + "y", "b", "    n:\n      @@ line 1, line 1 @@\n      -" + long + "y\n      +b"},
		{text, strings.Replace(text, "5", "five", 1), "    n:\n      @@ line 2, line 2 @@\n       2\n       3\n       4\n      -5\n      +five\n       6\n       7\n       8"},
		{"a\nb", "a\n\x1b[2J\tb", "    n:\n      @@ line 1, line 1 @@\n       a\n      -b\n      +\\u001b[2J\tb"},
		{[]any{"a", "b\nc"}, []any{"a"}, "    n:\n      @@ line 1, line 1 @@\n       a\n      -b\\nc"},
		{[]any{}, object{"a": []any{json.Number("1"), true}, "b": object{}}, "    n:\n      @@ line 1, line 1 @@\n      +a:\n      +  - 1\n      +  - true\n      +b:"},
	} {
		var out bytes.Buffer
		difference{Attribute: "n", Staging: c.a, Production: c.b}.writeValues(&out)
		if got := out.String(); got != c.want+"\n" {
			t.Errorf("%v and %v:\n%s\nwant\n%s", c.a, c.b, got, c.want)
		}
	}
}
