package diff

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/snapshot"
)

// The kinds of differences.
const (
	onlyInStaging    = "only_in_staging"
	onlyInProduction = "only_in_production"
	differs          = "differs"
)

// difference is one difference: an object that only one chatbot has, or an attribute of an object that both have.
type difference struct {
	Kind       string `json:"kind"`
	Name       string `json:"name,omitempty"`
	Agent      string `json:"agent,omitempty"`
	Difference string `json:"difference"`
	// Attribute and the values are those of differs. A value is nil where there is none.
	Attribute  string `json:"attribute,omitempty"`
	Staging    any    `json:"staging,omitempty"`
	Production any    `json:"production,omitempty"`
}

func (d difference) ref() snapshot.Ref {
	return snapshot.Ref{Kind: d.Kind, Name: d.Name, Agent: d.Agent}
}

// source returns the kind and the name of a source, from its key.
func (d difference) source() (kind, name string) {
	kind, name, _ = strings.Cut(d.Name, ": ")
	return kind, name
}

// object is a JSON object of a document.
type object = map[string]any

// list is a list of objects in a document.
type list struct{ member, kind, name string }

// lists are the lists of a chatbot, in the order of the report.
var lists = []list{{"agents", snapshot.Agent, "name"}, {"source_tags", snapshot.SourceTag, "name"}, {"sources", snapshot.Source, "key"}}

// functions is the list of an agent.
var functions = list{"tool_functions", snapshot.ToolFunction, "name"}

// comparison compares two documents.
type comparison struct {
	staging, production snapshot.Document
	unreadable          map[snapshot.Ref]bool
	found               []difference
	oneHash             []string // the names of files of one name and size of which only one chatbot has the hash
}

// compare returns the differences of two documents, and the files whose contents are not compared.
func compare(staging, production snapshot.Document) (found []difference, oneHash []string) {
	c := &comparison{staging: staging, production: production, unreadable: map[snapshot.Ref]bool{}}
	for _, u := range slices.Concat(staging.Unreadable, production.Unreadable) {
		c.unreadable[u.Ref] = true
	}
	skip := []string{}
	for _, l := range lists {
		skip = append(skip, l.member)
	}
	c.attributes(difference{Kind: snapshot.Chatbot}, "", staging.Value, production.Value, skip...)
	for _, l := range lists {
		c.list(l, "", staging.Value, production.Value)
	}
	return c.found, c.oneHash
}

// add adds a difference. What an object with unreadable fields lacks is not known to be missing.
func (c *comparison) add(d difference) {
	if c.unreadable[d.ref()] && (d.Staging == nil || d.Production == nil) {
		return
	}
	c.found = append(c.found, d)
}

// list compares a list of two objects. agent is the name of the agent of tool functions.
func (c *comparison) list(l list, agent string, a, b object) {
	for _, p := range pairs(elements(a[l.member]), elements(b[l.member]), l.name) {
		d := difference{Kind: l.kind, Agent: agent}
		d.Name, _ = (*cmp.Or(p.a, p.b))[l.name].(string)
		switch {
		case p.b == nil:
			d.Difference = onlyInStaging
			c.add(d)
		case p.a == nil:
			d.Difference = onlyInProduction
			c.add(d)
		default:
			n := len(c.found)
			c.attributes(d, "", *p.a, *p.b, l.name, functions.member)
			c.hashes(d, len(c.found) > n)
			if l.kind == snapshot.Agent {
				c.functions(d, *p.a, *p.b)
			}
		}
	}
}

// functions compares the tool functions of an agent, unless those of one side could not be read.
func (c *comparison) functions(agent difference, a, b object) {
	if c.unreadable[agent.ref()] && (a[functions.member] == nil || b[functions.member] == nil) {
		return
	}
	c.list(functions, agent.Name, a, b)
}

// hashes compares the hashes that knowledge bases put into the names of a file: a file of the same name and size can have another content. A
// hash of one side alone tells nothing: the file was replaced there, and not on the other side, or that was uploaded anew.
func (c *comparison) hashes(d difference, different bool) {
	a, b := c.staging.Hashes[d.Name], c.production.Hashes[d.Name]
	switch {
	case d.Kind != snapshot.Source || a == b:
	case a != "" && b != "":
		d.Difference, d.Attribute, d.Staging, d.Production = differs, "content", a, b
		c.add(d)
	case !different:
		_, name := d.source()
		c.oneHash = append(c.oneHash, name)
	}
}

// attributes compares the members of two objects, and those of objects in them, without those in skip.
func (c *comparison) attributes(d difference, at string, a, b object, skip ...string) {
	all := maps.Clone(a)
	maps.Copy(all, b)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		x, y := a[name], b[name]
		if slices.Contains(skip, name) || reflect.DeepEqual(x, y) {
			continue
		}
		inA, isA := x.(object)
		inB, isB := y.(object)
		if isA && isB {
			c.attributes(d, at+name+".", inA, inB)
			continue
		}
		if d.Kind == snapshot.ToolFunction && at+name == "url" {
			x, y = shownURLs(x, y)
		}
		d.Difference, d.Attribute, d.Staging, d.Production = differs, at+name, x, y
		c.add(d)
	}
}

// pair is an object of each side, or of one side.
type pair struct{ a, b *object }

// pairs pairs objects of the same name, in the order of the names. Of several with one name, those that are equal are pairs, and the others in
// their order.
func pairs(a, b []object, by string) []pair {
	names := map[string]*[2][]object{}
	for side, objects := range [2][]object{a, b} {
		for _, o := range objects {
			name, _ := o[by].(string)
			if names[name] == nil {
				names[name] = &[2][]object{}
			}
			names[name][side] = append(names[name][side], o)
		}
	}
	var all []pair
	for _, name := range slices.Sorted(maps.Keys(names)) {
		x, y := withoutEqual(names[name][0], names[name][1])
		for i := range max(len(x), len(y)) {
			var p pair
			if i < len(x) {
				p.a = &x[i]
			}
			if i < len(y) {
				p.b = &y[i]
			}
			all = append(all, p)
		}
	}
	return all
}

// withoutEqual returns the objects without those that have an equal one on the other side, if there are several: single ones are compared
// in any case.
func withoutEqual(a, b []object) (restA, restB []object) {
	if len(a) <= 1 && len(b) <= 1 {
		return a, b
	}
	restB = slices.Clone(b)
	for _, o := range a {
		if i := slices.IndexFunc(restB, func(other object) bool { return reflect.DeepEqual(o, other) }); i >= 0 {
			restB = slices.Delete(restB, i, i+1)
		} else {
			restA = append(restA, o)
		}
	}
	return restA, restB
}

// elements returns the objects of a list.
func elements(v any) []object {
	values, _ := v.([]any)
	objects := make([]object, 0, len(values))
	for _, v := range values {
		if o, ok := v.(object); ok {
			objects = append(objects, o)
		}
	}
	return objects
}
