package hub

import "testing"

// TestSameAddress compares addresses in both directions.
func TestSameAddress(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		a, b string
		same bool
	}{
		"equal":                 {"https://example.com/a", "https://example.com/a", true},
		"host":                  {"https://Example.COM/a", "https://example.com/a", true},
		"scheme":                {"HTTPS://example.com/a", "https://example.com/a", true},
		"no scheme":             {"example.com/a", "https://example.com/a", true},
		"no scheme, port":       {"example.com:8080/a", "https://example.com:8080/a", true},
		"no scheme, http":       {"example.com/a", "http://example.com/a", false},
		"http":                  {"http://example.com/a", "https://example.com/a", false},
		"no path":               {"https://example.com", "https://example.com/", true},
		"no path, query":        {"https://example.com?a=b", "https://example.com/?a=b", true},
		"slash":                 {"https://example.com/a/", "https://example.com/a", true},
		"slash before a query":  {"https://example.com/a/?q=/", "https://example.com/a?q=/", true},
		"slash in the query":    {"https://example.com/a?q=/", "https://example.com/a?q=", false},
		"slash in the fragment": {"https://example.com/a#/b/", "https://example.com/a#/b", false},
		"port":                  {"https://example.com:443/a", "https://example.com/a", true},
		"http port":             {"http://example.com:80", "http://example.com/", true},
		"port of the other":     {"https://example.com:80/a", "https://example.com/a", false},
		"another port":          {"https://example.com:8443/a", "https://example.com/a", false},
		"empty port":            {"https://example.com:/a", "https://example.com/a", true},
		"IPv6":                  {"https://[::1]:443/a", "https://[::1]/a", true},
		"escape":                {"https://example.com/%48ours", "https://example.com/Hours", true},
		"case of an escape":     {"https://example.com/a%2fb", "https://example.com/a%2Fb", true},
		"needed escape":         {"https://example.com/a%2Fb", "https://example.com/a/b", false},
		"not ASCII":             {"https://example.com/größe", "https://example.com/gr%C3%B6%C3%9fe", true},
		"decomposed":            {"https://example.com/gro\u0308ße", "https://example.com/größe", true},
		"space":                 {"https://example.com/a b", "https://example.com/a%20b", true},
		"percent sign":          {"https://example.com/100%", "https://example.com/100%", true},
		"broken escape":         {"https://example.com/%4", "https://example.com/%zz", false},
		"path case":             {"https://example.com/A", "https://example.com/a", false},
		"query case":            {"https://example.com/?A", "https://example.com/?a", false},
		"query escape":          {"https://example.com/?%41", "https://example.com/?A", false},
		"empty query":           {"https://example.com/?", "https://example.com/", false},
		"fragment":              {"https://example.com/#a", "https://example.com/#b", false},
		"white space":           {" https://example.com/a\n", "https://example.com/a", true},
		"user":                  {"https://Me:x@Example.com/a", "https://Me:x@example.com/a", true},
		"another user":          {"https://me@example.com/a", "https://Me@example.com/a", false},
		"URL in the query":      {"example.com/?u=https://a", "https://example.com/?u=https://a", true},
		"texts":                 {"Page 3", "page 3", false},
		"file names":            {"A b.txt", "a b.txt", false},
		"empty":                 {"", "https://", false},
	} {
		if SameAddress(c.a, c.b) != c.same || SameAddress(c.b, c.a) != c.same {
			t.Errorf("%s: %q and %q: want %t; compared as %q and %q", name, c.a, c.b, c.same, NormalAddress(c.a), NormalAddress(c.b))
		}
	}
}

// FuzzNormalAddress: the normal form of an address is that of itself, and of the address with a scheme.
func FuzzNormalAddress(f *testing.F) {
	for _, s := range []string{"https://Example.com:443/a%2f//?b#c", "example.com", "http://a@b:80", "://", "a://", "%", "http://", "\n", "x.y:1/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := NormalAddress(s)
		if again := NormalAddress(n); again != n {
			t.Errorf("%q becomes %q and then %q", s, n, again)
		}
		if IsAddress(s) && !SameAddress(s, WithScheme(s)) {
			t.Errorf("%q has another address with a scheme", s)
		}
	})
}

// TestSourceKind: the type decides only where nothing else does.
func TestSourceKind(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		source Source
		want   SourceKind
	}{
		"upload":            {Source{Type: "upload", FileName: "a.txt"}, SourceOfFile},
		"file":              {Source{Type: "file", FileName: "a.txt"}, SourceOfFile},
		"table":             {Source{Type: "table", FileName: "a.csv"}, SourceOfFile},
		"Google Drive":      {Source{Type: "google-drive", FileName: "Team/Plans"}, SourceOfFile},
		"new":               {Source{Type: "new", FileName: "A: b"}, SourceOfFile},
		"no type":           {Source{FileName: "a.txt"}, SourceOfFile},
		"qa":                {Source{Type: "qa"}, SourceOfQuestion},
		"QA":                {Source{Type: "QA", FileName: "https://example.com"}, SourceOfQuestion},
		"shown question":    {Source{Type: "faq", FileName: "Q&A", MetaJSON: `{"question":"a","answer":"b"}`}, SourceOfQuestion},
		"link":              {Source{Type: "link", FileName: "https://example.com/a"}, SourceOfPage},
		"link, no scheme":   {Source{Type: "link", FileName: "example.com/a"}, SourceOfPage},
		"link, no name":     {Source{Type: "link"}, SourceOfPage},
		"url":               {Source{Type: "URL", FileName: "example.com/a"}, SourceOfPage},
		"website":           {Source{Type: "website", FileName: "example.com/a"}, SourceOfPage},
		"video of a page":   {Source{Type: "video", FileName: "https://example.com/a"}, SourceOfPage},
		"upper-case scheme": {Source{Type: "new", FileName: "HTTP://example.com/a"}, SourceOfPage},
		"video":             {Source{Type: "video", FileName: "a.mp4"}, SourceOfFile},
	} {
		if got := c.source.Kind(); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestSourceMatches: a source that a lost create made is recognized by what was sent, and not by its listed type.
func TestSourceMatches(t *testing.T) {
	t.Parallel()
	page, question, file := Link{URL: "https://Example.com/a"}, QA{Question: "When?", Answer: "At 9."}, Upload{Name: "Größe.txt", Size: 5}
	for name, c := range map[string]struct {
		got, want bool
	}{
		"page":                       {page.matches(Source{Type: "link", FileName: "https://Example.com/a"}), true},
		"page, other form":           {page.matches(Source{Type: "link", FileName: "example.com/a/"}), true},
		"video":                      {page.matches(Source{Type: "video", FileName: "https://example.com/a"}), true},
		"another page":               {page.matches(Source{Type: "link", FileName: "https://example.com/b"}), false},
		"question":                   {question.matches(Source{Type: "qa", MetaJSON: `{"question":"When?","answer":"At 9."}`}), true},
		"question of another type":   {question.matches(Source{Type: "faq", MetaJSON: `{"question":"When? ","answer":"At 9."}`}), true},
		"question without an answer": {question.matches(Source{Type: "faq", MetaJSON: `{"question":"When?"}`}), true},
		"another question":           {question.matches(Source{Type: "qa", MetaJSON: `{"question":"Where?","answer":"At 9."}`}), false},
		"question not shown":         {question.matches(Source{Type: "qa"}), true},
		"no question":                {question.matches(Source{Type: "link", FileName: "https://example.com/a"}), false},
		"file":                       {file.matches(Source{Type: "upload", FileName: "Größe.txt", FileSize: new(Number(5))}), true},
		"file of another type":       {file.matches(Source{Type: "link", FileName: "Größe.txt", FileSize: new(Number(0))}), true},
		"another size":               {file.matches(Source{Type: "upload", FileName: "Größe.txt", FileSize: new(Number(6))}), false},
		"another file":               {file.matches(Source{Type: "upload", FileName: "b.txt"}), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %t", name, c.got)
		}
	}
}
