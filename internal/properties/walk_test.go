package properties_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// tried is an object of a test that walks the attributes of the schemas.
type tried struct {
	*fixture
	*acctest.Object
	t    *testing.T
	kind string
}

func (w *fixture) try(t *testing.T, kind string) *tried {
	t.Helper()
	return &tried{fixture: w, Object: w.server.Object(prefix + kind), t: t, kind: kind}
}

func (o *tried) must(doing string, err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatalf("%s: %v", doing, err)
	}
}

// apply applies a configuration in a run of its own, and returns the warnings.
func (o *tried) apply(values map[string]tftypes.Value) []string {
	o.t.Helper()
	config := o.Configuration(values)
	o.must("validate", o.Validate(config))
	o.refresh()
	p, err := o.Plan(config)
	o.must("plan", err)
	warnings, err := o.Apply(config, p)
	o.must("apply", err)
	return warnings
}

// refresh reads the object in a new run, and returns the attributes that this changed.
func (o *tried) refresh() []string {
	o.t.Helper()
	o.must("new run", o.run())
	before := o.State
	o.must("refresh", o.Refresh())
	return acctest.Differences(before, o.State)
}

// planned returns the attributes that a configuration would change, and "replacement" for a replacement.
func (o *tried) planned(values map[string]tftypes.Value) []string {
	o.t.Helper()
	p, err := o.Plan(o.Configuration(values))
	o.must("plan", err)
	changes := acctest.Differences(o.State, p.Value)
	if p.Replaces {
		changes = append(changes, "replacement")
	}
	return changes
}

// typeName returns the type of the resource.
func (o *tried) typeName() string { return prefix + o.kind }

// importID returns the import string of the object, or that of its first part.
func (o *tried) importID() string {
	var parts []string
	for _, name := range []string{"chatbot_id", "agent_id", "session_id"} {
		var id string
		if acctest.At(o.State, name).As(&id) == nil && id != "" {
			parts = append(parts, id)
		}
	}
	if id, err := objectIn(o.kind, o.State); err == nil && id != "" {
		parts = append(parts, id)
	}
	return strings.Join(parts, "/")
}

// each calls f for each attribute of each resource that want selects, with a configuration that sets it.
func each(t *testing.T, quirk func(*mockhub.Quirks), want func(path string, a *tfprotov6.SchemaAttribute) bool, f func(o *tried, path string, values map[string]tftypes.Value)) {
	t.Helper()
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			for path, a := range paths(w.attributesOfTypes[kind], "") {
				if a.Required || a.Optional {
					if !want(kind+"."+path, a) {
						continue
					}
					t.Run(path, func(t *testing.T) {
						defer w.seed()()
						w.SetQuirks(quirk)
						values := w.written(kind, path)
						if _, isMap := a.ValueType().(tftypes.Map); isMap && values[path].Type() == nil {
							values[path] = texts(a.ValueType(), "a", "b")
						}
						f(w.try(t, kind), path, values)
					})
				}
			}
		})
	}
}

// changed returns a copy of a configuration in which change alters all values at a path. Elements of lists and maps have the path of their
// attribute.
func changed(t *testing.T, values map[string]tftypes.Value, path string, change func(tftypes.Value) tftypes.Value) map[string]tftypes.Value {
	t.Helper()
	root, rest, _ := strings.Cut(path, ".")
	out := maps.Clone(values)
	v, err := tftypes.Transform(values[root], func(at *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		var names []string
		for _, step := range at.Steps() {
			if name, ok := step.(tftypes.AttributeName); ok {
				names = append(names, string(name))
			}
		}
		if strings.Join(names, ".") != rest {
			return v, nil
		}
		return change(v), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	out[root] = v
	return out
}
