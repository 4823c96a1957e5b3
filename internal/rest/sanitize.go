package rest

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// maxText is how much of a text of the service an error or a log line repeats, in bytes.
const maxText = 600

// Sanitize makes a text of the service fit for an error or a log line: it contains neither the API key nor the secrets, is valid UTF-8
// without control characters and those that change the direction of the text, and is cut to a readable length. Secrets are removed before the cut, which could leave a part of one.
func (c *Client) Sanitize(s string, secrets ...string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(c.Redact(s, secrets...), "�"))
	return shorten(strings.TrimSpace(s), maxText)
}

// Redact replaces the API key and the secrets in a text of the service, such as an error that repeats the request. They are found as they
// are and in the encodings in which a service may repeat them.
func (c *Client) Redact(s string, secrets ...string) string {
	if c.key != "" {
		s = replaceSecret(s, "Bearer "+c.key, "(API key)") // base64 encodes the two together
	}
	s = replaceSecret(s, c.key, "(API key)")
	// The longest first: a shorter one could be a part of it.
	for _, secret := range slices.SortedFunc(slices.Values(secrets), func(a, b string) int { return len(b) - len(a) }) {
		s = replaceSecret(s, secret, hidden)
	}
	return s
}

// sanitizedError replaces the text of an error. Those of net/http contain the URL, which contains ids.
type sanitizedError struct {
	text string
	err  error
}

func (s *sanitizedError) Error() string { return s.text }
func (s *sanitizedError) Unwrap() error { return s.err }

// networkReason returns the text of an error of net/http without the URL, and without what it quotes of an answer that is not HTTP.
func networkReason(err error) string {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	var op *net.OpError
	text := err.Error()
	if strings.Contains(text, "transport connection broken") && !errors.As(err, &op) && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return "the answer is not HTTP"
	}
	if strings.Contains(text, "invalid proxy address") { // it repeats the address, with its password
		return "the proxy address in HTTPS_PROXY or HTTP_PROXY is not a URL"
	}
	return text
}

// replaceSecret replaces a secret in all its encodings.
func replaceSecret(s, secret, label string) string {
	if secret == "" {
		return s
	}
	for _, form := range encodings(secret) {
		s = strings.ReplaceAll(s, form, label)
	}
	return s
}

// encodings returns a secret as a service may repeat it: plain, in JSON (also in the ASCII form that Python writes), in URLs, and in
// base64, where it differs within a text by its alignment.
func encodings(secret string) []string {
	quoted, _ := json.Marshal(secret) // a string can always be encoded
	ascii := strings.NewReplacer(`\x`, `\u00`).Replace(strconv.QuoteToASCII(secret))
	escaped := url.QueryEscape(secret)
	out := []string{secret, string(quoted[1 : len(quoted)-1]), ascii[1 : len(ascii)-1], escaped, url.PathEscape(secret), upperEscapes.ReplaceAllStringFunc(escaped, strings.ToLower)}
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before, first := range []int{0, 2, 3} { // characters that encode the bytes before the secret
			whole := encoding.EncodeToString(append(make([]byte, before), secret...))
			last := (before + len(secret)) * 8 / 6 // the next character also encodes bytes after the secret
			if before == 0 {
				out = append(out, whole) // with its last character, if nothing follows
			}
			if last-first >= 8 { // fewer than six bytes would match unrelated text
				out = append(out, whole[first:last])
			}
		}
	}
	return out
}

var upperEscapes = regexp.MustCompile(`%[0-9A-F]{2}`)

// shorten cuts s to at most n bytes at the end of a character and marks the cut.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}
