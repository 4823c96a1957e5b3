package rest

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// baseURLs are addresses that are accepted, with the address that requests begin with.
var baseURLs = map[string]string{
	"https://app.aichatbothub.com":          "https://app.aichatbothub.com",
	" https://App.GPT-Trainer.com/ \n":      "https://app.gpt-trainer.com",
	"HTTPS://host.example:8443//":           "https://host.example:8443",
	"https://host.example/api/v1":           "https://host.example",
	"https://host.example/api/v1/":          "https://host.example",
	"https://host.example/hub/api/v1":       "https://host.example/hub",
	"https://host.example/api":              "https://host.example",
	"https://host.example/api/":             "https://host.example",
	"https://host.example/api/v1/chatbots":  "https://host.example",
	"https://host.example/hub/api":          "https://host.example/hub",
	"https://host.example/myapi":            "https://host.example/myapi",
	"https://host.example/api/v10":          "https://host.example/api/v10",
	"https://host.example/hub/":             "https://host.example/hub",
	"https://host.example/myapi/v1":         "https://host.example/myapi/v1",
	"https://host.example:":                 "https://host.example",
	"http://localhost:8080":                 "http://localhost:8080",
	"http://LOCALHOST":                      "http://localhost",
	"http://127.0.0.1:1":                    "http://127.0.0.1:1",
	"http://127.9.8.7":                      "http://127.9.8.7",
	"http://[::1]:8080/":                    "http://[::1]:8080",
	"https://[2001:db8::1]":                 "https://[2001:db8::1]",
	"https://xn--bcher-kva.example/a%20b/":  "https://xn--bcher-kva.example/a%20b",
	"https://host.example:65535/api/v1////": "https://host.example:65535",
}

// TestParseBaseURL: requests go to the host and below the path that an address names, with the key, and nowhere else (goals.md S2).
func TestParseBaseURL(t *testing.T) {
	t.Parallel()
	for raw, want := range baseURLs {
		got, err := ParseBaseURL(raw)
		if err != nil || got.String() != want {
			t.Errorf("ParseBaseURL(%q) = %v, %v; want %s", raw, got, err, want)
			continue
		}
		var sent []string
		c := clientFor(t, raw)
		transportOf(c).network = resttest.RoundTripper(func(r *http.Request) (*http.Response, error) {
			sent = append(sent, r.Method+" "+r.URL.String()+" "+r.Host+" "+r.Header.Get("Authorization"))
			return resttest.Reply(http.StatusOK, "[]"), nil
		})
		if err := read(t.Context(), c); err != nil || !slices.Equal(sent, []string{"GET " + want + "/api/v1/chatbots " + mustURL(t, want).Host + " Bearer " + resttest.APIKey}) {
			t.Errorf("with %q: %q, %v", raw, sent, err)
		}
	}
}

// TestParseBaseURLRefuses: what is no address of a deployment, or would send the key in the clear, is refused before anything is sent (goals.md S2).
func TestParseBaseURLRefuses(t *testing.T) {
	t.Parallel()
	for raw, words := range map[string]string{
		"":                                 "https://",
		"app.aichatbothub.com":             "https://",
		"app.aichatbothub.com:443":         "https://",
		"127.0.0.1:8080":                   "https://",
		"localhost:8080":                   "https://",
		"ftp://host.example":               "https://",
		"//host.example":                   "https://",
		"javascript://alert(1)":            "https://",
		"https:host.example":               "https://",
		"https://":                         "no host",
		"https:///path":                    "no host",
		"https://:443":                     "no host",
		`https://a"b.example`:              "no host",
		"https://a<b>.example":             "no host",
		"https://a,b.example":              "no host",
		"https://user:hunter2@host":        "password",
		"https://user@host":                "password",
		"https://@host":                    "password",
		"https://host?api_key=hunter2":     "query",
		"https://host?":                    "query",
		"https://host#top":                 "fragment",
		"https://host#":                    "fragment",
		"http://host.example":              "in the clear",
		"http://localhost.evil.example":    "in the clear",
		"http://127.0.0.1.evil.example":    "in the clear",
		"http://0.0.0.0":                   "in the clear",
		"http://127.1":                     "in the clear",
		"http://192.168.1.1":               "in the clear",
		"http://[::2]":                     "in the clear",
		"https://host:0":                   "port",
		"https://host:65536":               "port",
		"https://host:hunter2":             "cannot be read",
		"https://ho st":                    "cannot be read",
		"https://host/\x7f":                "cannot be read",
		"https://host/%zz?password=hunter": "cannot be read",
		`https://host\@evil.example`:       "cannot be read",
	} {
		got, err := ParseBaseURL(raw)
		if err == nil {
			t.Errorf("ParseBaseURL(%q) = %v, want an error", raw, got)
			continue
		}
		if !strings.Contains(err.Error(), words) || strings.Contains(err.Error(), "hunter") {
			t.Errorf("ParseBaseURL(%q): %q, want something about %q and nothing of the address", raw, err, words)
		}
	}
}

// FuzzParseBaseURL: requests go to the origin of an address that is accepted (goals.md S2).
func FuzzParseBaseURL(f *testing.F) {
	for _, s := range []string{"https://app.aichatbothub.com", "http://[::1]:80/api/v1", "https://a/../b", "https://a%20/", "https://u@h/?q#f", "https://h/%2e%2e/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := ParseBaseURL(raw)
		if err != nil {
			return
		}
		if u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname())) || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			t.Fatalf("%q gives %q", raw, u)
		}
		target := mustURL(t, u.JoinPath("/api/v1/chatbots").String())
		if !sameOrigin(target, u) || target.User != nil || target.RawQuery != "" || !strings.HasSuffix(target.Path, "/api/v1/chatbots") {
			t.Fatalf("%q leads to %q", raw, target)
		}
	})
}

func TestSameOrigin(t *testing.T) {
	t.Parallel()
	const home = "https://hub.example"
	for other, want := range map[string]bool{
		"https://hub.example/x":      true,
		"https://HUB.example:443/x":  true,
		"https://hub.example:444":    false,
		"http://hub.example":         false,
		"http://hub.example:443":     false,
		"https://a.hub.example":      false,
		"https://hub.example.evil":   false,
		"https://hub.example.":       false,
		"https://evil@hub.example/x": true, // user info does not change where it goes
	} {
		if got := sameOrigin(mustURL(t, home), mustURL(t, other)); got != want {
			t.Errorf("sameOrigin(%s, %s) = %v", home, other, got)
		}
	}
}
