package rest

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// keeper returns a client with a key that remembers secrets.
func keeper(key string, secrets ...string) *Client {
	c := New(Config{APIKey: key})
	c.Remember(secrets...)
	return c
}

// TestSecretsInEveryForm: a secret is removed in every encoding.
func TestSecretsInEveryForm(t *testing.T) {
	t.Parallel()
	const key, secret = "the-api-key-0123456789", "s/é+cr\"et=<0123456789>"
	c := keeper(key, "s/é9ab", secret)
	for name, echo := range map[string]string{
		"plain": secret, "JSON": `s/é+cr\"et=\u003c0123456789\u003e`, "ASCII JSON": `s/\u00e9+cr\"et=<0123456789>`,
		"URL": url.QueryEscape(secret), "lower URL": strings.ToLower(url.QueryEscape(secret)),
		"base64": base64.StdEncoding.EncodeToString([]byte(secret)), "in base64": base64.StdEncoding.EncodeToString([]byte("Bearer " + secret + " and more")),
		"in base64, later": base64.URLEncoding.EncodeToString([]byte("Bearer: " + secret)), "key in base64": base64.StdEncoding.EncodeToString([]byte("x" + key)),
	} {
		got := c.Sanitize("before " + echo + " after")
		rest := strings.NewReplacer("(sensitive value)", "", "(API key)", "").Replace(got)
		if rest == got || strings.Contains(rest, "0123") || strings.Contains(rest, "cr") || strings.Contains(rest, "MDEyMz") {
			t.Errorf("%s: %q", name, got)
		}
		if !strings.HasPrefix(got, "before ") || !strings.HasSuffix(got, " after") {
			t.Errorf("%s: more than the secret was removed: %q", name, got)
		}
	}
}

// TestEscapedSecrets: a secret with the characters that encodings differ in is hidden as a whole, in each of their writings.
func TestEscapedSecrets(t *testing.T) {
	t.Parallel()
	const secret = `a7/b+c d=e&f"g'h<i>j%k\l é€😀z9`
	inJSON := func(s string) string { raw, _ := json.Marshal(s); return string(raw[1 : len(raw)-1]) }
	plainJSON := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(secret)
	python := strings.NewReplacer("é", `\u00e9`, "€", `\u20ac`, "😀", `\ud83d\ude00`).Replace(plainJSON)
	utf8Bytes := func(format string) string {
		var out strings.Builder
		for _, b := range []byte(secret) {
			fmt.Fprintf(&out, format, b)
		}
		return out.String()
	}
	named := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;", "/", "&sol;", "+", "&plus;", "=", "&equals;", `\`, "&bsol;", "%", "&percnt;", "é", "&eacute;", "€", "&euro;")
	for name, echo := range map[string]string{
		"plain": secret,
		// URLs
		"Go's query": url.QueryEscape(secret), "Go's path": url.PathEscape(secret), "lower case": strings.ToLower(url.QueryEscape(secret)),
		"Python's quote": strings.ReplaceAll(url.PathEscape(secret), "%2F", "/"), "JavaScript's encodeURIComponent": strings.ReplaceAll(strings.ReplaceAll(url.QueryEscape(secret), "+", "%20"), "%27", "'"),
		"JavaScript's encodeURI": strings.NewReplacer(`"`, "%22", "<", "%3C", ">", "%3E", "%", "%25", `\`, "%5C", " ", "%20", "é", "%C3%A9", "€", "%E2%82%AC", "😀", "%F0%9F%98%80").Replace(secret),
		"JavaScript's escape":    strings.NewReplacer("+", "+", " ", "%20", "=", "%3D", "&", "%26", `"`, "%22", "'", "%27", "<", "%3C", ">", "%3E", "%", "%25", `\`, "%5C", "é", "%E9", "€", "%u20AC", "😀", "%uD83D%uDE00").Replace(secret),
		"every byte":             utf8Bytes("%%%02x"), "URL twice": url.QueryEscape(url.QueryEscape(secret)), "URL three times": url.QueryEscape(url.QueryEscape(url.QueryEscape(secret))),
		// JSON and source text
		"Go's JSON": inJSON(secret), "JavaScript's JSON": plainJSON, "Python's JSON": python, "PHP's JSON": strings.ReplaceAll(python, "/", `\/`),
		"upper hexadecimal": strings.NewReplacer(`\u003c`, `\u003C`, `\u003e`, `\u003E`).Replace(inJSON(secret)), "JSON twice": inJSON(inJSON(secret)), "JSON three times": inJSON(inJSON(inJSON(secret))),
		"Go's %q": fmt.Sprintf("%q", secret), "Go's %+q": fmt.Sprintf("%+q", secret), "Python's bytes": utf8Bytes(`\x%02x`), "braces": strings.ReplaceAll(plainJSON, "é", `\u{e9}`),
		"Python's text": strings.ReplaceAll(strings.ReplaceAll(plainJSON, "é", `\xe9`), "😀", `\U0001f600`),
		// HTML
		"Go's HTML": html.EscapeString(secret), "named": named.Replace(secret), "decimal": entities(secret, "&#%d;"), "hexadecimal": entities(secret, "&#x%x;"), "upper HTML": entities(secret, "&#X%X;"), "no semicolon": entities(secret, "&#%04d"), "HTML twice": html.EscapeString(html.EscapeString(secret)),
		// one in another
		"URL in JSON": inJSON(url.QueryEscape(secret)), "JSON in a URL": url.QueryEscape(inJSON(secret)), "HTML in a URL": url.QueryEscape(entities(secret, "&#x%x;")), "URL in HTML": html.EscapeString(url.QueryEscape(secret)),
		"HTML in JSON": inJSON(html.EscapeString(secret)), "JSON in HTML": html.EscapeString(inJSON(secret)), "JSON in JSON in a URL": url.QueryEscape(inJSON(inJSON(secret))),
		// whole
		"hex": hex.EncodeToString([]byte(secret)), "upper hex": fmt.Sprintf("%X", secret), "hex with spaces": fmt.Sprintf("% x", secret), "base64 in a URL": url.QueryEscape(base64.StdEncoding.EncodeToString([]byte(secret))),
		"base64 in JSON": strings.ReplaceAll(base64.StdEncoding.EncodeToString([]byte("xy"+secret)), "/", `\/`),
	} {
		for _, c := range []*Client{keeper(secret), keeper("", secret)} {
			for before, after := range map[string]string{"before ": " after", `"`: `"`, `\`: `\`, "%": "25", "&amp;": "amp;", "=": "=", "\n": "\r\n"} {
				got := c.Redact(before + echo + after)
				rest := strings.NewReplacer("(sensitive value)", "*", "(API key)", "*").Replace(got)
				// A base64 text keeps what encodes bytes before the secret. JSON of a quoted text keeps its quotes.
				if strings.Count(rest, "*") != 1 || len(rest) > len(before)+len(after)+4 {
					t.Errorf("%s, between %q and %q: %q", name, before, after, got)
				}
			}
		}
	}
}

// entities writes each character of a text as an entity of HTML.
func entities(s, format string) string {
	var out strings.Builder
	for _, r := range s {
		fmt.Fprintf(&out, format, r)
	}
	return out.String()
}

// TestWhatIsRemembered: short and common values are not, and texts without a secret stay as they are.
func TestWhatIsRemembered(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ value, text, want string }{
		"short":                 {"gold", "gold is golden", "gold is golden"},
		"one character":         {"1", "at most 100", "at most 100"},
		"a word":                {"tenant", "the tenant", "the tenant"},
		"a short token":         {"c4nary", "no c4nary here", "no (sensitive value) here"},
		"a number":              {"123456", "in 123456 ms", "in 123456 ms"},
		"long":                  {"swordfish", "swordfish!", "(sensitive value)!"},
		"a media type":          {"application/json", "want application/json", "want application/json"},
		"the whole":             {"Bearer swordfish", "no Bearer swordfish!", "no (sensitive value)!"},
		"behind a scheme":       {"Bearer swordfish", "no swordfish!", "no (sensitive value)!"},
		"a scheme alone":        {"Bearer swordfish", "a Bearer sword", "a Bearer sword"},
		"what Basic encodes":    {"Basic bWU6c3dvcmRmaXNo", "me:swordfish, swordfish", "(sensitive value), (sensitive value)"},
		"cut":                   {"abcdefghijklmnop-123", "begins with abcdefghijkl…", "begins with (sensitive value)…"},
		"a small part":          {"abcdefghijklmnop-123", "begins with abcdefg…", "begins with abcdefg…"},
		"spaces around":         {"  swordfish ", "swordfish", "(sensitive value)"},
		"nothing":               {"", "nothing", "nothing"},
		"an unfinished escape":  {"swordfish", `%5 %u12 \u1 \x &#; &#x; & \ % &bogus; swordfis \`, `%5 %u12 \u1 \x &#; &#x; & \ % &bogus; (sensitive value) \`},
		"an escape that is cut": {"swordfish<>9", "swordfish%3", "(sensitive value)%3"},
	} {
		if got := keeper("", tc.value).Redact(tc.text); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
	c := keeper("")
	for n := range 2 * maxSecrets {
		c.Remember(fmt.Sprintf("secret-%06d", n))
	}
	c.Remember(strings.Repeat("x", maxSecretBytes+1))
	if n := len(c.secrets.known); n != maxSecrets || c.secrets.size > maxSecretBytes {
		t.Errorf("%d values of %d bytes are remembered", n, c.secrets.size)
	}
}

// TestRepetitiveTexts: the work of a search is bounded; what would take more is hidden.
func TestRepetitiveTexts(t *testing.T) {
	t.Parallel()
	const long = 300
	for name, unit := range map[string]string{"letters": "a", "backslashes": `\`, "percent signs": "%25", "encoded backslashes": "%5C", "ampersands": "&amp;", "entities": "&#x26;", "escapes": `\u005c`} {
		text := strings.Repeat(unit, 16<<10/len(unit))
		for _, secret := range []string{strings.Repeat("a", long) + "b9", strings.Repeat(`\`, long) + "b9", strings.Repeat("%&", long) + "b9"} {
			c := keeper("", secret)
			s := &escapes{text: text}
			for i := 0; i < len(text) && !s.spent(); i++ {
				c.secrets.patterns.findAt(s, i, nil)
			}
			if limit := maxSteps + maxStepsPerByte*len(text) + 1<<20; s.steps > limit {
				t.Errorf("%s: %d steps, want at most %d", name, s.steps, limit)
			}
			if got := c.Redact(text + secret); strings.Contains(got, secret) {
				t.Errorf("%s: the secret at the end is shown", name)
			}
		}
	}
}

// escapers write a character of a secret in the ways of services. Each of them writes it so that it can be escaped again.
var escapers = []func(r rune) string{
	func(r rune) string { return string(r) },
	func(r rune) string { return url.QueryEscape(string(r)) },
	func(r rune) string { // in lower case
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return string(r)
		}
		return strings.ToLower(url.PathEscape(string(r)))
	},
	func(r rune) string {
		var out strings.Builder
		for _, b := range []byte(string(r)) {
			fmt.Fprintf(&out, "%%%02X", b)
		}
		return out.String()
	},
	func(r rune) string { raw, _ := json.Marshal(string(r)); return string(raw[1 : len(raw)-1]) },
	func(r rune) string { // as UTF-16 units
		var out strings.Builder
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&out, `\u%04X`, unit)
		}
		return out.String()
	},
	func(r rune) string {
		if strings.ContainsRune(`"'/\<>&`, r) {
			return `\` + string(r)
		}
		return string(r)
	},
	func(r rune) string { return html.EscapeString(string(r)) },
	func(r rune) string { return fmt.Sprintf("&#%d;", r) },
	func(r rune) string { return fmt.Sprintf("&#x%X;", r) },
}

// alphabet is what the secrets of FuzzRedact consist of: what a header can have.
var alphabet = []rune(`abcXYZ0123456789/+=&"'<>%\;#uxnt-_. éß€日😀`)

// FuzzRedact: whatever a secret is, and however each of its characters is escaped, nothing of it is shown. A text without it is unchanged.
func FuzzRedact(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed, "before ", " after")
		f.Add(seed, `{"error":"\`, `25\u00"}`)
		f.Add(seed, "%", "5C;amp;")
	}
	f.Fuzz(func(t *testing.T, seed uint64, before, after string) {
		random := rand.New(rand.NewPCG(seed, 1))
		var secret, echo strings.Builder
		layers := 1 + random.IntN(2)
		for range 8 + random.IntN(30) {
			r := alphabet[random.IntN(len(alphabet))]
			secret.WriteRune(r)
			written := string(r)
			for layer := range layers {
				escape := escapers[random.IntN(len(escapers))]
				again := ""
				for _, r := range written { // nobody escapes the letters and digits of an escape
					if layer > 0 && r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
						again += string(r)
						continue
					}
					again += escape(r)
				}
				written = again
			}
			echo.WriteString(written)
		}
		value := strings.TrimSpace(secret.String())
		c := keeper(value)
		got := c.Redact(before + echo.String() + after)
		if !strings.Contains(got, "(API key)") || strings.Contains(strings.ReplaceAll(got, "(API key)", ""), value) {
			t.Errorf("%q, written as %q: %q", value, echo.String(), got)
		}
		if text := before + after; !strings.Contains(text, value[:2]) && keeper("unrelated-key-0").Redact(text) != text && !strings.ContainsAny(text, `%\&`) {
			t.Errorf("a text without the secret is changed: %q", text)
		}
	})
}
