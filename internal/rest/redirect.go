package rest

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// errRedirect marks a redirect that is not followed.
var errRedirect = errors.New("redirect refused")

// checkRedirect is http.Client.CheckRedirect. The API key is sent only to the origin that the user configured, and a write must not
// become a GET.
func checkRedirect(req *http.Request, via []*http.Request) error {
	first := via[0]
	switch {
	case req.URL.Scheme != "http" && req.URL.Scheme != "https" || req.URL.Host == "":
		return fmt.Errorf("%w: the service redirects to an address that is not an http or https URL", errRedirect)
	case !sameOrigin(first.URL, req.URL):
		return fmt.Errorf("%w: the service redirects to %s://%s, and the API key is sent to %s://%s only",
			errRedirect, req.URL.Scheme, req.URL.Host, first.URL.Scheme, first.URL.Host)
	case req.Method != first.Method:
		return fmt.Errorf("%w: the service answered a %s with a redirect that would make it a %s", errRedirect, first.Method, req.Method)
	case len(via) >= 5:
		return fmt.Errorf("%w: more than 5 redirects", errRedirect)
	}
	return nil
}

// sameOrigin reports whether two URLs have the same scheme, host and port.
func sameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.EqualFold(a.Hostname(), b.Hostname()) && port(a) == port(b)
}
