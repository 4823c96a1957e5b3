package hub_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// hash is a SHA-256 in hexadecimal digits.
var hash = strings.Repeat("0123456789abcdef", 4)

func TestSuccessorName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"returns.md": "returns.01234567.md", "README": "README.01234567", "a.tar.gz": "a.tar.01234567.gz", ".env": ".01234567.env"} {
		if got := hub.SuccessorName(name, hash); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestPlainName: only the part that a knowledge base put into a name is removed, and never what a user wrote.
func TestPlainName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, title, plain, hash string }{
		{"returns.01234567.md", "returns.md", "returns.md", "01234567"},
		{"README.01234567", "README", "README", "01234567"},
		{"a.tar.01234567.gz", " a.tar.gz ", "a.tar.gz", "01234567"},
		{"pru\u0308fung.01234567.md", "pr\u00fcfung.md", "pr\u00fcfung.md", "01234567"},
		{"report.20240101.md", "Report of January 2024", "report.20240101.md", ""},
		{"report.20240101.md", "report.20240101.md", "report.20240101.md", ""},
		{"report.20240101.md", "report", "report.20240101.md", ""},
		{"report.20240101.md", "", "report.20240101.md", ""},
		{"returns.0123456.md", "returns.md", "returns.0123456.md", ""},
		{"returns.0123456G.md", "returns.md", "returns.0123456G.md", ""},
		{"returns.01234567A.md", "returns.md", "returns.01234567A.md", ""},
		{"returns.md", "returns.md", "returns.md", ""},
		{"", "", "", ""},
	} {
		s := hub.Source{FileName: c.name, Title: &c.title}
		if plain, part := s.PlainName(); plain != c.plain || part != c.hash {
			t.Errorf("%q with the title %q: %q and %q, want %q and %q", c.name, c.title, plain, part, c.plain, c.hash)
		}
	}
	untitled := hub.Source{FileName: "returns.01234567.md"}
	if plain, part := untitled.PlainName(); plain != untitled.FileName || part != "" {
		t.Errorf("without a title: %q and %q", plain, part)
	}
	rapid.Check(t, func(t *rapid.T) {
		name := hub.Composed(strings.TrimSpace(rapid.StringN(1, 30, -1).Draw(t, "name")))
		s := hub.Source{FileName: hub.SuccessorName(name, hash), Title: &name}
		if plain, part := s.PlainName(); plain != name || part != hash[:8] {
			t.Fatalf("%q: %q and %q", s.FileName, plain, part)
		}
	})
}
