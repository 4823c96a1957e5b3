package rest

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// effect is what sending a request twice does. The retry rules depend on it alone.
type effect int

const (
	reading    effect = iota // changes nothing
	repeatable               // has the same result when it is sent twice: updates and deletes
	creating                 // creates another object each time: sent again only if it was certainly not processed
)

// Route is the method, path and query of a request. Logs and errors show the template, which contains no id.
type Route struct {
	Method   string
	Template string // path with {uuid} in place of each id; "/api/v1" is added unless it begins with "/api/"
	Query    url.Values

	ids    []ID
	effect effect
	text   bool // the answer is text
}

// Get returns a route that reads.
func Get(template string, ids ...ID) Route {
	return Route{Method: http.MethodGet, Template: template, ids: ids, effect: reading}
}

// Create returns a POST route that creates an object each time.
func Create(template string, ids ...ID) Route {
	return Route{Method: http.MethodPost, Template: template, ids: ids, effect: creating}
}

// Update returns a POST route that has the same result when it is sent twice.
func Update(template string, ids ...ID) Route {
	return Route{Method: http.MethodPost, Template: template, ids: ids, effect: repeatable}
}

// Delete returns a DELETE route. Some objects are deleted with POST instead (api.md §2); their routes come from Update.
func Delete(template string, ids ...ID) Route {
	return Route{Method: http.MethodDelete, Template: template, ids: ids, effect: repeatable}
}

// WithQuery returns the route with a query.
func (r Route) WithQuery(query url.Values) Route {
	r.Query = query
	return r
}

// AsText returns the route for an answer that is text. That of a create is written while it is sent: it may take longer than request_timeout as
// long as data arrives.
func (r Route) AsText() Route {
	r.text = true
	return r
}

// streams reports whether the answer may take longer than request_timeout.
func (r Route) streams() bool { return r.text && r.effect == creating }

// Path returns the template with the ids in it. It is the only way in which an id gets into a URL, and it accepts nothing but 32
// hexadecimal digits, so that an id from an import or an answer cannot address another route (goals.md S3).
func (r Route) Path() (string, error) {
	if strings.Count(r.Template, "{uuid}") != len(r.ids) {
		return "", fmt.Errorf("%s %s: the path does not take %d ids; nothing was sent", r.Method, r.Template, len(r.ids))
	}
	p := r.Template
	for _, id := range r.ids {
		if !id.Valid() {
			return "", fmt.Errorf("%s %s: %q is not an id of 32 hexadecimal digits; nothing was sent", r.Method, r.Template, shorten(string(id), 80))
		}
		p = strings.Replace(p, "{uuid}", string(id), 1)
	}
	return p, nil
}
