package provider_test

import (
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

const canary = acctest.Canary

// badTexts are invalid for most attributes, each in another way.
var badTexts = []string{canary, "  " + canary + "\n" + canary, "\x01" + canary, `{"` + canary + `": "` + canary, `{"type": "` + canary + `", "properties": ["` + canary + `"]}`, "ftp://" + canary + ":" + canary + "@x/" + canary + "?a=" + canary, "(?" + canary, strings.Repeat(canary+" ", 100)}

// isName reports whether diagnostics may quote an attribute: names, ids and enumerated values.
func isName(at string) bool {
	name := at[strings.LastIndex(at, ".")+1:]
	return slices.Contains([]string{"id", "name", "file_name", "path", "type", "model", "method", "visibility", "status", "content_changes", "replace", "on_miss"}, name) || strings.HasSuffix(name, "_id") || strings.HasSuffix(name, "_ids")
}

// targets returns the paths of all texts of a schema that a configuration can have and that diagnostics may not quote.
func targets(attributes []*tfprotov6.SchemaAttribute) []string {
	var all []string
	walk("", attributes, func(at string, a *tfprotov6.SchemaAttribute) {
		if (a.Required || a.Optional) && a.NestedType == nil && !isName(at) && hasText(a.Type) {
			all = append(all, at)
		}
	})
	return all
}

func hasText(ty tftypes.Type) bool {
	switch ty := ty.(type) {
	case tftypes.Map:
		return hasText(ty.ElementType)
	case tftypes.List:
		return hasText(ty.ElementType)
	case tftypes.Set:
		return hasText(ty.ElementType)
	}
	return ty.Is(tftypes.String)
}

// filled returns a value of an attribute: text at the target, and what the attributes beside it require.
func (s *stage) filled(at string, a *tfprotov6.SchemaAttribute, target, text string) tftypes.Value {
	ty := a.ValueType()
	switch {
	case at == target:
		return withText(ty, text)
	case a.NestedType != nil && (a.Required || strings.HasPrefix(target, at+".")):
		members := map[string]tftypes.Value{}
		for _, m := range a.NestedType.Attributes {
			members[m.Name] = s.filled(at+"."+m.Name, m, target, text)
		}
		if list, ok := ty.(tftypes.List); ok {
			return tftypes.NewValue(ty, []tftypes.Value{tftypes.NewValue(list.ElementType, members)})
		}
		if named, ok := ty.(tftypes.Map); ok {
			return tftypes.NewValue(ty, map[string]tftypes.Value{"k": tftypes.NewValue(named.ElementType, members)})
		}
		return tftypes.NewValue(ty, members)
	case !a.Required:
		return tftypes.NewValue(ty, nil)
	case ty.Is(tftypes.Number):
		return tftypes.NewValue(ty, 1)
	case ty.Is(tftypes.Bool):
		return tftypes.NewValue(ty, true)
	case strings.HasSuffix(a.Name, "_id"):
		return tftypes.NewValue(ty, s.ids[a.Name])
	}
	return withText(ty, map[string]string{"type": "user-facing", "url": "https://example.com", "color": "#0071F9"}[a.Name])
}

// withText returns a text, or a collection with a text.
func withText(ty tftypes.Type, text string) tftypes.Value {
	switch of := ty.(type) {
	case tftypes.Map:
		return tftypes.NewValue(ty, map[string]tftypes.Value{"k": withText(of.ElementType, text)})
	case tftypes.List:
		return tftypes.NewValue(ty, []tftypes.Value{withText(of.ElementType, text)})
	case tftypes.Set:
		return tftypes.NewValue(ty, []tftypes.Value{withText(of.ElementType, text)})
	}
	return tftypes.NewValue(ty, text)
}

// targeted returns a configuration with text at the target.
func (s *stage) targeted(schema *tfprotov6.Schema, target, text string) *tfprotov6.DynamicValue {
	s.Helper()
	values := map[string]tftypes.Value{}
	for _, a := range schema.Block.Attributes {
		values[a.Name] = s.filled("."+a.Name, a, target, text)
	}
	dv, err := tfprotov6.NewDynamicValue(schema.ValueType(), tftypes.NewValue(schema.ValueType(), values))
	s.must(err)
	return &dv
}

// TestInvalidValuesAreNotShown: no error or warning about an invalid value repeats it, unless it is a name, an id or an enumerated value.
func TestInvalidValuesAreNotShown(t *testing.T) {
	t.Parallel()
	var reported atomic.Int64
	t.Cleanup(func() {
		if n := reported.Load(); n < 200 {
			t.Errorf("only %d values were invalid: look at this test", n)
		}
	})
	for kind, schema := range schemas(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			for _, target := range targets(schema.Block.Attributes) {
				for _, text := range badTexts {
					diags := s.diagnose(kind, s.targeted(schema, target, text))
					reported.Add(int64(len(diags)))
					if got := words(diags); strings.Contains(got, "c4nary") {
						t.Errorf("%s = %q:\n%s", target, text, got)
					}
				}
			}
		})
	}
}

// diagnose validates a configuration and plans or reads it.
func (s *stage) diagnose(kind string, config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
	s.Helper()
	ctx := logContext(s.T)
	kind, typeName, _ := strings.Cut(kind, " aichatbothub_")
	typeName = acctest.Prefix + typeName
	switch kind {
	case "provider":
		valid, err := s.ValidateProviderConfig(ctx, &tfprotov6.ValidateProviderConfigRequest{Config: config})
		s.must(err)
		return valid.Diagnostics
	case "resource":
		valid, err := s.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: typeName, Config: config,
			ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true}})
		s.must(err)
		ty := s.Schema.ResourceSchemas[typeName].ValueType()
		null, err := tfprotov6.NewDynamicValue(ty, tftypes.NewValue(ty, nil))
		s.must(err)
		planned, err := s.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: typeName, Config: config, PriorState: &null, ProposedNewState: config})
		s.must(err)
		return append(valid.Diagnostics, planned.Diagnostics...)
	case "data source":
		valid, err := s.ValidateDataResourceConfig(ctx, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: typeName, Config: config})
		s.must(err)
		if len(valid.Diagnostics) > 0 {
			return valid.Diagnostics
		}
		read, err := s.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: config})
		s.must(err)
		return read.Diagnostics
	case "ephemeral resource":
		valid, err := s.ValidateEphemeralResourceConfig(ctx, &tfprotov6.ValidateEphemeralResourceConfigRequest{TypeName: typeName, Config: config})
		s.must(err)
		return valid.Diagnostics
	case "action":
		return s.InvokeConfig(typeName, config, func(line string) {
			if strings.Contains(line, "c4nary") {
				s.Errorf("a value is shown: %s", line)
			}
		})
	}
	filters := map[string]tftypes.Value{}
	v, err := config.Unmarshal(s.Schema.ListResourceSchemas[typeName].ValueType())
	s.must(err)
	s.must(v.As(&filters))
	var diags []*tfprotov6.Diagnostic
	for result := range s.Stream(typeName, filters, false, 1) {
		diags = append(diags, result.Diagnostics...)
	}
	return diags
}

// configured returns the values of a configuration. For nil it is the id that the attribute needs.
func (s *stage) configured(ty tftypes.Type, name string, v any) tftypes.Value {
	s.Helper()
	switch v := v.(type) {
	case nil:
		if name == "" || s.ids[name] == "" {
			return tftypes.NewValue(ty, nil)
		}
		return tftypes.NewValue(ty, s.ids[name])
	case []any:
		of := tftypes.Type(tftypes.String)
		if list, is := ty.(tftypes.List); is {
			of = list.ElementType
		}
		var elements []tftypes.Value
		for _, e := range v {
			elements = append(elements, s.configured(of, "", e))
		}
		return tftypes.NewValue(ty, elements)
	case map[string]any:
		members := map[string]tftypes.Value{}
		if object, ok := ty.(tftypes.Object); ok {
			for name, of := range object.AttributeTypes {
				members[name] = s.configured(of, "", v[name])
			}
			return tftypes.NewValue(ty, members)
		}
		of, _ := ty.(tftypes.Map)
		for name, e := range v {
			members[name] = s.configured(of.ElementType, "", e)
		}
		return tftypes.NewValue(ty, members)
	default:
		return tftypes.NewValue(ty, v)
	}
}

// sentObject returns a resource and its configuration.
func (s *stage) sentObject(typeName string, config map[string]any) (*acctest.Object, tftypes.Value) {
	s.Helper()
	object, values := s.Object(typeName), map[string]tftypes.Value{}
	for _, a := range s.Schema.ResourceSchemas[typeName].Block.Attributes {
		if v, written := config[a.Name]; written {
			values[a.Name] = s.configured(a.ValueType(), a.Name, v)
		}
	}
	return object, object.Configuration(values)
}

// TestSentValuesAreNotShown: whatever answers a request, no error repeats a text that was sent, apart from names, ids and enumerated values.
func TestSentValuesAreNotShown(t *testing.T) {
	t.Parallel()
	for _, n := range acctest.Nouns {
		if len(n.Canaries) == 0 && slices.ContainsFunc(targets(acctest.NewServer(t).Schema.ResourceSchemas[acctest.Prefix+n.Type].Block.Attributes), func(at string) bool { return at != ".color" }) {
			t.Errorf("%s has texts and no Canaries", n.Type)
		}
		for kind, config := range n.Canaries {
			t.Run(n.Type+"/"+kind, func(t *testing.T) {
				t.Parallel()
				for form, echo := range echoes() {
					newStage(t).repeats(form, echo, n, config)
				}
			})
		}
	}
}

// repeats creates an object, and updates one, while the service repeats what is sent.
func (s *stage) repeats(form string, e *echo, n acctest.Noun, config map[string]any) {
	s.Helper()
	s.Server = s.Env.Server(s.T, e.option)
	apply := func(object *acctest.Object, value tftypes.Value, repeats bool) error {
		s.Helper()
		plan, err := object.Plan(value)
		s.must(err)
		e.on.Store(repeats)
		defer e.on.Store(false)
		_, err = object.Apply(value, plan)
		return err
	}
	object, value := s.sentObject(acctest.Prefix+n.Type, config)
	s.silent("create", form, apply(object, value, true))
	next := changed(n, config)
	if next == nil {
		return
	}
	s.Server = s.Env.Server(s.T, e.option) // which knows nothing of the first object
	object, value = s.sentObject(acctest.Prefix+n.Type, config)
	s.must(apply(object, value, false))
	_, value = s.sentObject(acctest.Prefix+n.Type, next)
	s.silent("update", form, apply(object, value, true))
}
