package hub

import (
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
)

// SameAddress reports whether two addresses of web pages are equal although they are written in different forms (schema.md): a service may
// store an address in another form than it was sent (api.md §3).
func SameAddress(a, b string) bool { return a == b || NormalAddress(a) == NormalAddress(b) }

// IsAddress reports whether a text is the address of a web page: it begins with http:// or https://.
func IsAddress(s string) bool { return httpScheme.MatchString(s) }

// WithScheme returns an address that can be in a configuration: one without a scheme gets https://.
func WithScheme(address string) string {
	if address == "" || anyScheme.MatchString(address) {
		return address
	}
	return "https://" + address
}

// NormalAddress returns an address in the form in which SameAddress compares it. Scheme and host are in lower case, and a missing scheme is
// https. There is no default port, no slash at the end of the path, no escape that is not needed, and no white space at both ends. The query
// and the fragment are not changed, and neither is a text that cannot be an address: one
// without a scheme needs a dot in its host.
func NormalAddress(s string) string {
	s = Composed(strings.TrimSpace(s))
	page, rest := cutAt(s, "?#")
	scheme, page, found := strings.Cut(page, "://")
	if !found {
		scheme, page = "https", scheme
	} else if !anyScheme.MatchString(s) {
		return s
	}
	scheme = strings.ToLower(scheme)
	host, path := cutAt(page, "/")
	user := ""
	if i := strings.LastIndex(host, "@"); i >= 0 {
		user, host = host[:i+1], host[i+1:]
	}
	if !hostPort.MatchString(host) || !found && !strings.Contains(strings.Trim(host, "."), ".") {
		return s
	}
	return scheme + "://" + user + withoutPort(scheme, strings.ToLower(host)) + strings.TrimRight(normalEscapes(path), "/") + rest
}

var (
	httpScheme = regexp.MustCompile(`^(?i)\s*https?://`)
	anyScheme  = regexp.MustCompile(`^(?i)\s*[a-z][a-z0-9+.-]*://`)
	hostPort   = regexp.MustCompile(`^(\[[0-9a-fA-F:.]+\]|[^\s:\[\]]+)(:[0-9]*)?$`)
)

// cutAt cuts a text before the first of some characters.
func cutAt(s, chars string) (before, from string) {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// withoutPort removes the default port of a scheme from a host.
func withoutPort(scheme, host string) string {
	switch scheme {
	case "https":
		host = strings.TrimSuffix(host, ":443")
	case "http":
		host = strings.TrimSuffix(host, ":80")
	}
	return strings.TrimSuffix(host, ":")
}

// normalEscapes returns a path in which only what needs an escape has one, with upper-case digits.
func normalEscapes(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c, escaped := path[i], false
		if c == '%' && i+2 < len(path) {
			if decoded, err := hex.DecodeString(path[i+1 : i+3]); err == nil {
				c, escaped = decoded[0], true
				i += 2
			}
		}
		if escaped && !isUnreserved(c) || c <= ' ' || c >= 0x7f {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// isUnreserved reports whether a character of a URL never needs an escape (RFC 3986, section 2.3).
func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
