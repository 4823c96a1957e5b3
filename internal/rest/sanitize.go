package rest

import (
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"unicode"
)

// maxText is how much of a text of the service an error or a log line repeats, in bytes.
const maxText = 600

// Sanitize makes a text of the service fit for an error or a log line: it is redacted, is valid UTF-8 on one line, has escapes for characters that are
// not visible or change the direction of the text, and is cut to a readable length. Secrets are removed before the cut, which could leave a part of one.
func (c *Client) Sanitize(s string, sent ...string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(c.Redact(s, sent...), "\uFFFD"))
	return shorten(Escape(strings.TrimSpace(s)), maxText)
}

// Redact replaces the API key, what the client remembers, and texts that were sent, in a text of the service such as an error that repeats the
// request. They are found as they are and escaped in the ways of escapes.
func (c *Client) Redact(s string, sent ...string) string {
	return hideTexts(s, c.secrets.find(s), sent)
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
	if strings.HasPrefix(text, "failed to parse Location header") { // it repeats the header, which is not a URL and so has no host to name
		return "the service redirects to an address that is not a URL"
	}
	if strings.Contains(text, "invalid proxy address") { // it repeats the address, with its password
		return "the proxy address in HTTPS_PROXY or HTTP_PROXY is not a URL"
	}
	if text == "EOF" || text == "unexpected EOF" {
		return "the connection was closed"
	}
	return strings.TrimSuffix(text, ": unexpected EOF")
}

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
