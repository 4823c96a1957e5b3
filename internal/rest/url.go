package rest

import (
	"errors"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// ParseBaseURL parses the address of a deployment, such as "https://app.gpt-trainer.com". A trailing slash is dropped, and so is the path of
// the API: /api, or /api/v1 with what follows, such as the address of an endpoint. Another path is kept, because a deployment can be below one.
// Plain http is refused except for loopback, because it would send the key unencrypted. So are user info, query and fragment.
// Errors do not repeat the address, which may hold a password.
func ParseBaseURL(raw string) (*url.URL, error) {
	raw = strings.TrimSpace(raw)
	u, err := url.Parse(raw)
	switch {
	case !strings.Contains(raw, "://"):
		return nil, errors.New("it has no https:// in front")
	case err != nil:
		return nil, errors.New("it cannot be read as a URL")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, errors.New("it has no https:// in front")
	case u.User != nil:
		return nil, errors.New("it must not have a user name or a password")
	case u.Hostname() == "" || strings.ContainsAny(u.Hostname(), "!\"$&'()*+,;<=>% \\"):
		return nil, errors.New("it has no host")
	case !isPort(port(u)):
		return nil, errors.New("its port is not a number from 1 to 65535")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.HasSuffix(raw, "#"):
		return nil, errors.New("it must not have a query or a fragment")
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return nil, errors.New("plain http would send the API key in the clear, so it is allowed for localhost only; use https")
	}
	trimmed, _, _ := strings.Cut(u.Path+"/", apiPrefix+"/")
	trimmed = strings.TrimRight(strings.TrimSuffix(strings.TrimRight(trimmed, "/"), "/api"), "/")
	return &url.URL{Scheme: u.Scheme, Host: strings.TrimSuffix(strings.ToLower(u.Host), ":"), Path: trimmed}, nil
}

func isPort(s string) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && n > 0
}

// isLoopback reports whether a host name refers to this machine.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// port returns the port of a URL, or the default of its scheme.
func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	if u.Scheme == "https" {
		return "443"
	}
	return "80"
}
