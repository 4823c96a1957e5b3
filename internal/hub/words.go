package hub

import (
	"context"
	"strings"
	"unicode"
)

// maxWords is how much of a text from outside an error or a log line repeats, in bytes.
const maxWords = 600

// words makes a text that comes from outside fit for an error or a log line: without secrets, valid UTF-8 without control characters,
// and short. The secrets go first: a cut could leave half of one, which nothing would recognise.
func (c *Client) words(ctx context.Context, s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(c.redact(ctx, s), "�"))
	return shorten(strings.TrimSpace(s), maxWords)
}

// shorten cuts s to at most n bytes at a character boundary and marks the cut.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}
