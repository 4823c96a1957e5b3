package diff

import (
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// hidden stands for what a report does not show.
const hidden = "(hidden)"

// shownURLs returns two different URLs of tool functions without what looks like a credential. If only that differs, the second one says so.
func shownURLs(a, b any) (any, any) {
	x, y := shownURL(a), shownURL(b)
	if x == y {
		y += ", which differs in what is hidden"
	}
	return x, y
}

// shownURL returns a URL without user information, and without the values of parameters whose names look like credentials.
func shownURL(v any) string {
	text, _ := v.(string)
	address, query, hasQuery := strings.Cut(text, "?")
	if scheme, rest, found := strings.Cut(address, "://"); found {
		authority, path, hasPath := strings.Cut(rest, "/")
		if i := strings.LastIndex(authority, "@"); i >= 0 {
			authority = hidden + authority[i:]
		}
		address = scheme + "://" + authority
		if hasPath {
			address += "/" + path
		}
	}
	if !hasQuery {
		return address
	}
	parameters := strings.Split(query, "&")
	for i, p := range parameters {
		if name, _, _ := strings.Cut(p, "="); hub.CredentialHeader(name) {
			parameters[i] = name + "=" + hidden
		}
	}
	return address + "?" + strings.Join(parameters, "&")
}
