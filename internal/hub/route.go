package hub

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// effect is what sending a request twice would do. It decides alone what may be retried.
type effect int

const (
	reading    effect = iota // changes nothing
	repeatable               // leaves the same result when done twice: updates and deletes
	creating                 // makes something each time: never sent again unless it was provably not processed
)

// route is one request's method, path template and ids. The template, without ids, is what logs and errors show.
type route struct {
	method   string
	template string
	ids      []ID
	effect   effect
	query    url.Values // of the URL; nil for none
	text     bool       // the answer is text, which may come slowly, and not JSON
}

// plain is the route with an answer that is text.
func (r route) plain() route {
	r.text = true
	return r
}

// with is the route with a query.
func (r route) with(query url.Values) route {
	r.query = query
	return r
}

// overdue begins the words about a try that took too long.
func (r route) overdue() string {
	if r.text {
		return "nothing came for"
	}
	return "no complete answer within"
}

// get is a route that reads.
func get(template string, ids ...ID) route {
	return route{method: http.MethodGet, template: template, ids: ids, effect: reading}
}

// create is a POST that makes a new object.
func create(template string, ids ...ID) route {
	return route{method: http.MethodPost, template: template, ids: ids, effect: creating}
}

// update is a POST that leaves the same result when it is sent twice.
func update(template string, ids ...ID) route {
	return route{method: http.MethodPost, template: template, ids: ids, effect: repeatable}
}

// remove is a DELETE. Some nouns are deleted with POST instead (api.md §2); those use update.
func remove(template string, ids ...ID) route {
	return route{method: http.MethodDelete, template: template, ids: ids, effect: repeatable}
}

// path puts the ids into the template. It is the only way an id gets into a URL, and it lets nothing through but 32 hexadecimal
// digits, so that no id from an import string or an answer can reach another route (goals.md S3).
func (r route) path() (string, error) {
	if strings.Count(r.template, "{uuid}") != len(r.ids) {
		return "", fmt.Errorf("%s %s: it takes another number of ids than %d; nothing was sent", r.method, r.template, len(r.ids))
	}
	p := r.template
	for _, id := range r.ids {
		if !id.Valid() {
			return "", fmt.Errorf("%s %s: %q is not an id of 32 hexadecimal digits; nothing was sent", r.method, r.template, shorten(string(id), 80))
		}
		p = strings.Replace(p, "{uuid}", string(id), 1)
	}
	return p, nil
}
