package rest

import (
	"encoding/base64"
	"net/url"
	"strings"
	"testing"
)

// TestSecretsInEveryForm: a secret is removed in every encoding.
func TestSecretsInEveryForm(t *testing.T) {
	t.Parallel()
	c := &Client{key: "the-api-key-0123456789"}
	secret := "s/é+cr\"et=<0123456789>"
	secrets := []string{"s/é", secret}
	for name, echo := range map[string]string{
		"plain": secret, "JSON": `s/é+cr\"et=\u003c0123456789\u003e`, "ASCII JSON": `s/\u00e9+cr\"et=<0123456789>`,
		"URL": url.QueryEscape(secret), "lower URL": strings.ToLower(url.QueryEscape(secret)),
		"base64": base64.StdEncoding.EncodeToString([]byte(secret)), "in base64": base64.StdEncoding.EncodeToString([]byte("Bearer " + secret + " and more")),
		"in base64, later": base64.URLEncoding.EncodeToString([]byte("Bearer: " + secret)), "key in base64": base64.StdEncoding.EncodeToString([]byte("x" + c.key)),
	} {
		got := c.Sanitize("before "+echo+" after", secrets...)
		rest := strings.NewReplacer("(sensitive value)", "", "(API key)", "").Replace(got)
		if rest == got || strings.Contains(rest, "0123") || strings.Contains(rest, "cr") || strings.Contains(rest, "MDEyMz") {
			t.Errorf("%s: %q", name, got)
		}
		if !strings.HasPrefix(got, "before ") || !strings.HasSuffix(got, " after") {
			t.Errorf("%s: more than the secret was removed: %q", name, got)
		}
	}
}
