package base_test

import (
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

type inner struct {
	ID types.String `tfsdk:"id"`
}

type outer struct {
	inner
	Names  types.List   `tfsdk:"names"`
	Nested types.Object `tfsdk:"nested"`
}

// lacking has no field for one of the attributes, mistaken one of another type.
type (
	lacking struct {
		inner
		Names types.List `tfsdk:"names"`
	}
	mistaken struct {
		inner
		Names  types.String `tfsdk:"names"`
		Nested types.Object `tfsdk:"nested"`
	}
)

var shape = schema.Schema{Attributes: map[string]schema.Attribute{
	"id":     schema.StringAttribute{Optional: true},
	"names":  schema.ListAttribute{Optional: true, ElementType: types.StringType},
	"nested": schema.SingleNestedAttribute{Optional: true, Attributes: map[string]schema.Attribute{"n": schema.Int64Attribute{Optional: true}}},
}}

// stateOf is a state of that shape.
func stateOf(t *testing.T, id, names, nested any) tfsdk.State {
	t.Helper()
	object, ok := shape.Type().TerraformType(t.Context()).(tftypes.Object)
	if !ok {
		t.Fatal("the schema is no object")
	}
	value := func(name string, v any) tftypes.Value { return tftypes.NewValue(object.AttributeTypes[name], v) }
	return tfsdk.State{Schema: shape, Raw: tftypes.NewValue(object, map[string]tftypes.Value{"id": value("id", id), "names": value("names", names), "nested": value("nested", nested)})}
}

// TestLoadAndSave: models come and go as they do by way of the framework, whether values are known or not, and what it refuses is refused
// in its words.
func TestLoadAndSave(t *testing.T) {
	t.Parallel()
	one := tftypes.NewValue(tftypes.String, "a")
	for name, state := range map[string]tfsdk.State{
		"known":   stateOf(t, "x", []tftypes.Value{one}, map[string]tftypes.Value{"n": tftypes.NewValue(tftypes.Number, 7)}),
		"null":    stateOf(t, nil, nil, nil),
		"unknown": stateOf(t, tftypes.UnknownValue, []tftypes.Value{tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}, tftypes.UnknownValue),
		"nothing": {Schema: shape, Raw: tftypes.NewValue(shape.Type().TerraformType(t.Context()), nil)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got, want outer
			diags, wanted := base.Load(t.Context(), state, &got), state.Get(t.Context(), &want)
			if !diags.Equal(wanted) || !reflect.DeepEqual(got, want) || wanted.HasError() != (name == "nothing") {
				t.Errorf("loaded %v, %v, want %v, %v", got, diags, want, wanted)
			}
			if wanted.HasError() {
				return
			}
			saved := tfsdk.State{Schema: shape}
			if diags := base.Save(t.Context(), &saved, got); diags.HasError() || !saved.Raw.Equal(state.Raw) {
				t.Errorf("saved %v, %v, want %v", saved.Raw, diags, state.Raw)
			}
		})
	}
}

// TestLoadAndSaveOfOtherModels: the framework reports what is wrong with a model.
func TestLoadAndSaveOfOtherModels(t *testing.T) {
	t.Parallel()
	state := stateOf(t, "x", nil, nil)
	other := map[string]attr.Type{"other": types.StringType}
	for name, pair := range map[string][2]any{
		"lacking":  {&lacking{}, lacking{Names: types.ListNull(types.StringType)}},
		"mistaken": {&mistaken{}, mistaken{Nested: types.ObjectNull(map[string]attr.Type{"n": types.Int64Type})}},
		"another":  {&outer{}, outer{Names: types.ListNull(types.StringType), Nested: types.ObjectNull(other)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, want := base.Load(t.Context(), state, pair[0]), state.Get(t.Context(), pair[0]); !got.Equal(want) || want.HasError() == (name == "another") {
				t.Errorf("load: %v, want %v", got, want)
			}
			a, b := state, state
			if got, want := base.Save(t.Context(), &a, pair[1]), b.Set(t.Context(), pair[1]); !got.Equal(want) || !want.HasError() {
				t.Errorf("save: %v, want %v", got, want)
			}
		})
	}
}
