package hub

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

type secretsKey struct{}

// withSecrets names values that no error of the requests made with ctx may repeat.
func withSecrets(ctx context.Context, secrets []string) context.Context {
	return context.WithValue(ctx, secretsKey{}, secrets)
}

// redact takes the key and the request's secrets out of a text that comes from outside, such as an error that echoes the request. It
// knows them raw and in the encodings in which a service would repeat them.
func (c *Client) redact(ctx context.Context, s string) string {
	if c.key != "" {
		s = hide(s, "Bearer "+c.key, "(API key)") // in base64 the two are one
	}
	s = hide(s, c.key, "(API key)")
	secrets, _ := ctx.Value(secretsKey{}).([]string)
	// The longest first: a short one could be a part of it, and leave the rest.
	for _, secret := range slices.SortedFunc(slices.Values(secrets), func(a, b string) int { return len(b) - len(a) }) {
		s = hide(s, secret, "(secret)")
	}
	return s
}

// hide replaces a secret in all its encodings.
func hide(s, secret, label string) string {
	if secret == "" {
		return s
	}
	for _, form := range encodings(secret) {
		s = strings.ReplaceAll(s, form, label)
	}
	return s
}

// encodings are a secret as a service may repeat it: plain, in JSON (also in the ASCII form that Python writes), in URLs, and in base64,
// where it looks different in the middle of a text at each of three alignments.
func encodings(secret string) []string {
	quoted, _ := json.Marshal(secret) // a string always has a JSON form
	ascii := strings.NewReplacer(`\x`, `\u00`).Replace(strconv.QuoteToASCII(secret))
	escaped := url.QueryEscape(secret)
	out := []string{secret, string(quoted[1 : len(quoted)-1]), ascii[1 : len(ascii)-1], escaped, url.PathEscape(secret), lowerEscapes.ReplaceAllStringFunc(escaped, strings.ToLower)}
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before, first := range []int{0, 2, 3} { // how many characters belong to the bytes before
			whole := encoding.EncodeToString(append(make([]byte, before), secret...))
			last := (before + len(secret)) * 8 / 6 // a character behind it belongs to the bytes behind
			if before == 0 {
				out = append(out, whole) // with its last character, where nothing is behind it
			}
			if last-first >= 8 { // less than six bytes would be found everywhere
				out = append(out, whole[first:last])
			}
		}
	}
	return out
}

var lowerEscapes = regexp.MustCompile(`%[0-9A-F]{2}`)
