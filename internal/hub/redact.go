package hub

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/url"
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
	s = hide(s, c.key, "(API key)")
	if c.key != "" {
		s = hide(s, "Bearer "+c.key, "(API key)") // in base64 the two are one
	}
	secrets, _ := ctx.Value(secretsKey{}).([]string)
	for _, secret := range secrets {
		s = hide(s, secret, "(secret)")
	}
	return s
}

// hide replaces a secret in all its encodings.
func hide(s, secret, label string) string {
	if secret == "" {
		return s
	}
	quoted, _ := json.Marshal(secret) // a string always has a JSON form
	for _, form := range []string{
		secret, string(quoted[1 : len(quoted)-1]), url.QueryEscape(secret), url.PathEscape(secret),
		base64.StdEncoding.EncodeToString([]byte(secret)), base64.URLEncoding.EncodeToString([]byte(secret)),
		base64.RawStdEncoding.EncodeToString([]byte(secret)), base64.RawURLEncoding.EncodeToString([]byte(secret)),
	} {
		s = strings.ReplaceAll(s, form, label)
	}
	return s
}
