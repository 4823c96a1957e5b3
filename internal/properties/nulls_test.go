package properties_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// elementType returns the type of the elements of a list, a set or a map, or nil for other types.
func elementType(ty tftypes.Type) tftypes.Type {
	switch ty := ty.(type) {
	case tftypes.List:
		return ty.ElementType
	case tftypes.Set:
		return ty.ElementType
	case tftypes.Map:
		return ty.ElementType
	}
	return nil
}

// withElement returns a collection with one more element.
func withElement(v, element tftypes.Value) tftypes.Value {
	if v.Type().Is(tftypes.Map{}) {
		var all map[string]tftypes.Value
		if err := v.As(&all); err != nil {
			panic(err)
		}
		all["X-Nothing"] = element
		return tftypes.NewValue(v.Type(), all)
	}
	var all []tftypes.Value
	if err := v.As(&all); err != nil {
		panic(err)
	}
	return tftypes.NewValue(v.Type(), append(all, element))
}

// TestNulls: a null element of any collection is an error at its attribute, also when it was unknown before. Core validates the
// configuration again when it plans again in an apply.
func TestNulls(t *testing.T) {
	t.Parallel()
	collections := func(_ string, a *tfprotov6.SchemaAttribute) bool { return elementType(a.ValueType()) != nil }
	each(t, func(q *mockhub.Quirks) { *q = mockhub.Quirks{} }, collections, func(o *tried, path string, values map[string]tftypes.Value) {
		with := func(value any) tftypes.Value {
			return o.Configuration(changed(o.t, values, path, func(v tftypes.Value) tftypes.Value {
				of := elementType(v.Type())
				if of == nil {
					return v
				}
				return withElement(v, tftypes.NewValue(of, value))
			}))
		}
		unknown, null := with(tftypes.UnknownValue), with(nil)
		o.must("new run", o.run())
		o.must("validate with an unknown element", o.Validate(unknown))
		_, err := o.Plan(unknown)
		o.must("plan with an unknown element", err)
		var refused *acctest.RefusalError
		if err := o.Validate(null); !errors.As(err, &refused) {
			o.t.Fatalf("a null element is accepted: %v", err)
		}
		root, _, _ := strings.Cut(path, ".")
		nullAt(o.t, refused.Diagnostics, root)
	})
}

// nullAt checks that diagnostics report a null element at a root attribute, and no error of the provider.
func nullAt(t *testing.T, diags []*tfprotov6.Diagnostic, root string) {
	t.Helper()
	found := false
	for _, d := range diags {
		if strings.Contains(d.Detail, "error in the provider") || strings.Contains(d.Summary, "Conversion") {
			t.Errorf("%s: %s", d.Summary, d.Detail)
		}
		at := d.Attribute.Steps()
		found = found || len(at) > 0 && at[0] == tftypes.AttributeName(root) && strings.Contains(d.Detail, "null")
	}
	if !found {
		t.Errorf("no error at %s reports the null: %v", root, diags)
	}
}

// TestNullsElsewhere is TestNulls for data sources, list resources, ephemeral resources and actions.
func TestNullsElsewhere(t *testing.T) {
	t.Parallel()
	s := acctest.NewServer(t)
	actions := map[string]*tfprotov6.Schema{}
	for name := range s.Schema.ActionSchemas {
		actions[name] = s.ActionSchema(name)
	}
	for kind, schemas := range map[string]map[string]*tfprotov6.Schema{
		"data source": s.Schema.DataSourceSchemas, "list resource": s.Schema.ListResourceSchemas, "ephemeral resource": s.Schema.EphemeralResourceSchemas, "action": actions,
	} {
		for name, schema := range schemas {
			for path, a := range paths(schema.Block.Attributes, "") {
				of := elementType(a.ValueType())
				if of == nil || !a.Required && !a.Optional {
					continue
				}
				if kind != "ephemeral resource" && kind != "action" || strings.Contains(path, ".") {
					t.Errorf("%s %s has the collection %s, which this test does not support", kind, name, path)
					continue
				}
				all := map[string]tftypes.Value{}
				for _, other := range schema.Block.Attributes {
					if all[other.Name] = tftypes.NewValue(other.ValueType(), nil); other.Required {
						all[other.Name] = str(strings.Repeat("a", 32))
					}
				}
				all[path] = withElement(texts(a.ValueType()), tftypes.NewValue(of, nil))
				config, err := tfprotov6.NewDynamicValue(schema.ValueType(), tftypes.NewValue(schema.ValueType(), all))
				if err != nil {
					t.Fatal(err)
				}
				if kind == "action" {
					nullAt(t, s.ValidateAction(name, &config), path)
					continue
				}
				resp, err := s.ValidateEphemeralResourceConfig(t.Context(), &tfprotov6.ValidateEphemeralResourceConfigRequest{TypeName: name, Config: &config})
				if err != nil {
					t.Fatal(err)
				}
				nullAt(t, resp.Diagnostics, path)
			}
		}
	}
}
