package mockhub

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

const (
	basePath      = "/api/v1"
	idPlaceholder = "{uuid}"
)

// route is one row of the table in api.md §2.
type route struct {
	method string
	// path is the template below /api/v1, or a whole path if it starts with /api/ (one endpoint has no version).
	path string
	// query has the names of the accepted query parameters. Others are refused.
	query []string
	// body reads the body of the request and checks its syntax. nil means that the body must be empty. It runs without the
	// lock.
	body func(c *call, r *http.Request)
	// serve processes the request. It runs with the lock held. Its answer must not share memory with the store, because it
	// is encoded after the lock is released.
	serve func(h *Hub, c *call) answer
	// public routes need no key.
	public bool
}

// name is the route in the request log, in Count and in faults, such as "POST /chatbot/{uuid}/update".
func (r route) name() string { return r.method + " " + r.path }

// match compares the template with a path, segment by segment.
func (r route) match(path string) (id string, hasID, ok bool) {
	full := r.path
	if !strings.HasPrefix(full, "/api/") {
		full = basePath + full
	}
	want, got := strings.Split(full, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return "", false, false
	}
	for i := range want {
		switch {
		case want[i] == idPlaceholder:
			id, hasID = got[i], true
		case want[i] != got[i]:
			return "", false, false
		}
	}
	return id, hasID, true
}

// call is one request while it is processed.
type call struct {
	route  route
	id     string // the path segment in place of {uuid}; checkRequest checks it
	hasID  bool
	query  url.Values
	header http.Header
	entry  *Request // guarded by the hub's lock

	raw     []byte  // the body as it came, as much of it as the log keeps
	size    int64   // the length of the body
	body    *object // the body, when the route takes an object, or the text parts of an upload
	upload  *upload // the file of an upload
	refusal *answer // what is wrong with the body's form

	now    time.Time // set when the work begins
	quirks Quirks    // as above
}

// findRoute returns the call for a request's method and path. It compares the escaped path, so that an escaped slash in an
// id does not select another route.
func (h *Hub) findRoute(method string, u *url.URL) *call {
	path := u.EscapedPath()
	for _, r := range h.routes {
		if r.method != method {
			continue
		}
		if id, hasID, ok := r.match(path); ok {
			return &call{route: r, id: id, hasID: hasID, query: u.Query()}
		}
	}
	return &call{route: catchAll(method), query: u.Query()}
}

// catchAll is the route of all other paths. GET is answered by the web app, with 200 and a page (api.md §1). Other methods
// get 405 (api.md §6). The name of the route is the method and a star.
func catchAll(method string) route {
	r := route{method: method, path: "*", public: true, body: readAny}
	r.serve = func(*Hub, *call) answer {
		if method == http.MethodGet || method == http.MethodHead {
			return page(http.StatusOK, "AI Chatbot Hub")
		}
		return page(http.StatusMethodNotAllowed, "405 Method Not Allowed")
	}
	return r
}

// Routes returns the names of all routes, such as "POST /chatbot/{uuid}/update", in the order of api.md §2.
func (h *Hub) Routes() []string {
	var names []string
	for _, r := range h.routes {
		names = append(names, r.name())
	}
	return names
}

// hasRoute reports whether there is a route with this name.
func (h *Hub) hasRoute(name string) bool {
	return strings.HasSuffix(name, " *") || slices.Contains(h.Routes(), name)
}

// trim returns a text as the service stores it.
func (c *call) trim(s string) string {
	if c.quirks.NormalizesText {
		s = strings.ReplaceAll(strings.TrimPrefix(s, "\ufeff"), "\r\n", "\n")
	}
	if c.quirks.DecomposesText {
		s = norm.NFD.String(s)
	}
	if c.quirks.TrimsText {
		return strings.TrimSpace(s)
	}
	return s
}

func (c *call) unknownQuery() []problem {
	var ps []problem
	for key := range c.query {
		if !slices.Contains(c.route.query, key) {
			ps = append(ps, problem{[]any{key}, "unknown query parameter", "value_error.extra"})
		}
	}
	return ps
}

// isUUID reports whether s has the service's form of a uuid: 32 lower-case hex digits (api.md §1).
func isUUID(s string) bool {
	return len(s) == 32 && strings.Trim(s, "0123456789abcdef") == ""
}
