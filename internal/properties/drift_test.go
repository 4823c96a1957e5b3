package properties_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// elsewhere are the attributes that show a change of a write-only attribute, because a plan never has a write-only value.
var elsewhere = map[string]string{"tool_function.secret_headers_wo": "modified_at"}

// TestDrift: after an attribute was changed outside Terraform, the refreshed state has the new value, and the plan of a configuration that
// sets the attribute restores the old one (goals.md R7). The state keeps modified_at when nothing else was changed. The attributes are those of the schemas, so that none is missing.
func TestDrift(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			for path, a := range paths(w.attributesOfTypes[kind], "") {
				reason := nouns[kind].unchangeable[path] + unchangeable[path]
				change, ok := nouns[kind].edits[path]
				switch {
				case reason != "" && ok:
					t.Errorf("%s.%s has both an edit and a reason in unchangeable: %s", kind, path, reason)
				case reason != "":
				case !ok:
					t.Errorf("%s.%s has neither an edit nor a reason in unchangeable", kind, path)
				default:
					t.Run(path, func(t *testing.T) { w.drift(t, kind, path, a, change) })
				}
			}
		})
	}
}

// TestNoStrayEdits: the tables have attributes of the schemas only.
func TestNoStrayEdits(t *testing.T) {
	t.Parallel()
	w := start(t)
	for kind, n := range nouns {
		known := paths(w.attributesOfTypes[kind], "")
		for path := range n.edits {
			if _, ok := known[path]; !ok {
				t.Errorf("%s has no attribute %s", kind, path)
			}
		}
	}
}

// paths returns all attributes by path, including nested ones.
func paths(attributes []*tfprotov6.SchemaAttribute, at string) map[string]*tfprotov6.SchemaAttribute {
	all := map[string]*tfprotov6.SchemaAttribute{}
	for _, a := range attributes {
		all[at+a.Name] = a
		if a.NestedType == nil {
			continue
		}
		maps.Copy(all, paths(a.NestedType.Attributes, at+a.Name+"."))
	}
	return all
}

func (w *fixture) drift(t *testing.T, kind, path string, a *tfprotov6.SchemaAttribute, change edit) {
	t.Helper()
	defer w.seed()()
	w.SetQuirks(func(q *mockhub.Quirks) { *q = mockhub.Quirks{SessionEcho: true} })
	must := func(doing string, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", doing, err)
		}
	}
	o := w.server.Object(prefix + kind)
	values := w.written(kind, path)
	config := o.Configuration(values)
	writable := a.Required || a.Optional
	if writable && !a.WriteOnly && acctest.At(config, path).IsNull() {
		t.Fatalf("no configuration sets %s", path)
	}
	must("new run", w.run())
	must("validate", o.Validate(config))
	p, err := o.Plan(config)
	must("plan", err)
	_, err = o.Apply(config, p)
	must("apply", err)
	must("new run", w.run())
	must("refresh", o.Refresh())
	p, err = o.Plan(config)
	must("plan without drift", err)
	if !o.Empty(p) {
		t.Fatalf("without drift the plan changes %v", acctest.Differences(o.State, p.Value))
	}

	before := o.State
	id, err := objectIn(kind, before)
	must("id", err)
	if !change(w.Hub, id) {
		t.Fatal("the object is not there")
	}
	must("new run", w.run())
	must("refresh", o.Refresh())
	shown := path
	if other, ok := elsewhere[kind+"."+path]; ok {
		shown = other
	}
	if same := acctest.At(before, shown).Equal(acctest.At(o.State, shown)); !a.WriteOnly && same != (path == "modified_at") {
		t.Fatalf("the state had %s, and after the refresh it has %s", acctest.At(before, shown), acctest.At(o.State, shown))
	}
	p, err = o.Plan(config)
	must("plan", err)
	if writable && (o.Empty(p) || !p.Replaces && acctest.At(p.Value, shown).Equal(acctest.At(o.State, shown))) {
		t.Fatalf("the plan changes only %v", acctest.Differences(o.State, p.Value))
	}
}

// written returns a configuration that sets the attribute at this path, and as many others as possible.
func (w *fixture) written(kind, path string) map[string]tftypes.Value {
	root, _, _ := strings.Cut(path, ".")
	values := w.example(kind)
	switch kind {
	case "agent":
		types := strings.Fields(agentTypes)
		i := slices.IndexFunc(types, func(agentType string) bool { return !slices.Contains(strings.Fields(notFor[agentType]), root) })
		values["type"] = str(types[i])
		for name := range strings.FieldsSeq(notFor[types[i]]) {
			delete(values, name)
		}
		fallthrough
	case "default_agent":
		if root == "use_all_sources" {
			delete(values, "source_ids")
		} else {
			fitSources(values)
		}
	case "source":
		choice := "file"
		switch root {
		case "qa", "url":
			choice = root
		case "max_age":
			choice = "url"
		}
		if choice != "url" {
			delete(values, "max_age")
		}
		for _, other := range []string{"file", "qa", "url"} {
			if other != choice {
				delete(values, other)
			}
		}
	}
	return values
}

// example returns a configuration that sets all attributes, including those that exclude each other.
func (w *fixture) example(kind string) map[string]tftypes.Value {
	types := map[string]tftypes.Type{}
	for path, a := range paths(w.attributesOfTypes[strings.TrimPrefix(kind, "default_")], "") { // an agent has all attributes of a default agent
		types[path] = a.ValueType()
	}
	return nouns[kind].example(example{w, types})
}
