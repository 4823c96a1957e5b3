package secrets

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strings"
	"testing"
)

// writings are the forms in which a secret could show: raw, in URLs, in JSON as Go, Python and Terraform write it, and in base64, in
// which its bytes look different depending on what stands before them.
func writings(secret string) map[string]string {
	forms := map[string]string{"raw": secret, "query": url.QueryEscape(secret), "path": url.PathEscape(secret)}
	quoted, _ := json.Marshal(secret)
	forms["JSON"] = strings.Trim(string(quoted), `"`)
	var plain bytes.Buffer
	enc := json.NewEncoder(&plain)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(secret)
	forms["JSON without HTML escapes"] = strings.Trim(strings.TrimSpace(plain.String()), `"`)
	twice, _ := json.Marshal(forms["JSON"])
	forms["JSON in JSON"] = strings.Trim(string(twice), `"`)
	forms["Go"] = strings.Trim(fmt.Sprintf("%q", secret), `"`)
	forms["hex"], forms["upper hex"] = hex.EncodeToString([]byte(secret)), fmt.Sprintf("%X", secret)
	forms["HTML"] = html.EscapeString(secret)
	for before := range 3 {
		padded := append(make([]byte, before), secret...)
		padded = padded[:len(padded)/3*3] // whole groups
		skip := (before*8 + 5) / 6        // characters that depend on what stands before
		forms[fmt.Sprint("base64 ", before)] = base64.RawStdEncoding.EncodeToString(padded)[skip:]
		forms[fmt.Sprint("base64url ", before)] = base64.RawURLEncoding.EncodeToString(padded)[skip:]
	}
	return forms
}

// hits returns the encodings of a secret that a text contains.
func hits(secret string, text []byte) []string {
	var found []string
	for name, form := range writings(secret) {
		if bytes.Contains(text, []byte(form)) {
			found = append(found, name)
		}
	}
	return found
}

// joinedHits is hits for a text without spaces.
func joinedHits(secret string, text []byte) []string {
	var found []string
	for name, form := range writings(secret) {
		if bytes.Contains(text, []byte(strings.ReplaceAll(form, " ", ""))) {
			found = append(found, name)
		}
	}
	return found
}

func TestWritings(t *testing.T) {
	t.Parallel()
	const secret = `k"</+ é9-x`
	quoted, _ := json.Marshal(map[string]string{"a": secret})
	for name, text := range map[string]string{
		"raw": "x" + secret, "query": "a=" + url.QueryEscape(secret) + "&b", "JSON": string(quoted), "Go": fmt.Sprintf("%q", []string{secret}),
		"base64 0": base64.StdEncoding.EncodeToString([]byte(secret + "x")), "base64 1": base64.StdEncoding.EncodeToString([]byte("x" + secret)),
		"base64url 2": base64.URLEncoding.EncodeToString([]byte("xy" + secret)), "base64 0, further on": base64.StdEncoding.EncodeToString([]byte("xyz" + secret)),
	} {
		if len(hits(secret, []byte(text))) == 0 {
			t.Errorf("%s was not found in %s", name, text)
		}
	}
	if found := hits(secret, []byte("nothing here")); len(found) > 0 {
		t.Errorf("found %v in nothing", found)
	}
}
