package base

import (
	"context"
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// For each object, the framework determines again which field of a model is which attribute, and compiles a regular expression for each
// field: a quarter of the memory that a refresh allocates. Load and Save cache the result. They leave every unexpected case to the
// framework, which reports the error.

// getter is a state, a plan or a configuration.
type getter interface {
	Get(ctx context.Context, target any) diag.Diagnostics
}

// Load is from.Get for a pointer to a model.
func Load(ctx context.Context, from getter, model any) diag.Diagnostics {
	var object types.Object
	if diags := from.Get(ctx, &object); diags.HasError() || object.IsNull() || object.IsUnknown() {
		return from.Get(ctx, model)
	}
	target := reflect.ValueOf(model).Elem()
	values, fields := object.Attributes(), fieldsOf(target.Type())
	if len(values) != len(fields) {
		return from.Get(ctx, model)
	}
	for name, index := range fields {
		value, field := reflect.ValueOf(values[name]), target.FieldByIndex(index)
		if !value.IsValid() || value.Type() != field.Type() || validates(values[name]) {
			return from.Get(ctx, model)
		}
		field.Set(value)
	}
	return nil
}

// Save is state.Set for a model.
func Save(ctx context.Context, state *tfsdk.State, model any) diag.Diagnostics {
	return save(ctx, state.Schema.Type(), state.Set, model)
}

// SaveRead stores the model of a refreshed object in the state. It keeps the state while nothing but modified_at differs from prior, the model
// of the state: messages move that of their session, for example, and "plan -refresh-only" would report each move.
func SaveRead[M any](ctx context.Context, state *tfsdk.State, prior, next M) diag.Diagnostics {
	if Same(prior, next, "modified_at") {
		return nil
	}
	return Save(ctx, state, next)
}

// Same reports whether two models have equal values in all attributes but one. except is its name, or "".
func Same[M any](prior, next M, except string) bool {
	before, after := reflect.ValueOf(prior), reflect.ValueOf(next)
	for name, index := range fieldsOf(before.Type()) {
		was, isValue := reflect.TypeAssert[attr.Value](before.FieldByIndex(index))
		is, _ := reflect.TypeAssert[attr.Value](after.FieldByIndex(index))
		if name != except && (!isValue || !was.Equal(is)) {
			return false
		}
	}
	return true
}

// SavePlan is plan.Set for a model.
func SavePlan(ctx context.Context, plan *tfsdk.Plan, model any) diag.Diagnostics {
	return save(ctx, plan.Schema.Type(), plan.Set, model)
}

// SaveIdentity is identity.Set for a model. identity is nil for a resource without one, which the framework reports.
func SaveIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, model any) diag.Diagnostics {
	if identity == nil {
		return identity.Set(ctx, model)
	}
	return save(ctx, identity.Schema.Type(), identity.Set, model)
}

// save calls set with a model as an object value.
func save(ctx context.Context, schema attr.Type, set func(context.Context, any) diag.Diagnostics, model any) diag.Diagnostics {
	source := reflect.ValueOf(model)
	ty, ok := schema.(attr.TypeWithAttributeTypes)
	if !ok || source.Kind() != reflect.Struct {
		return set(ctx, model)
	}
	values := map[string]attr.Value{}
	for name, index := range fieldsOf(source.Type()) {
		value, ok := reflect.TypeAssert[attr.Value](source.FieldByIndex(index))
		if !ok || validates(value) {
			return set(ctx, model)
		}
		values[name] = value
	}
	object, diags := types.ObjectValue(ty.AttributeTypes(), values)
	if diags.HasError() {
		return set(ctx, model)
	}
	return set(ctx, object)
}

// validates reports whether the framework validates a value with a method of its type.
func validates(value attr.Value) bool {
	_, ok := value.(xattr.ValidateableAttribute)
	return ok
}

// fields caches fieldsOf for each type of model.
var fields sync.Map // reflect.Type → map[string][]int

// fieldsOf returns the indexes of the fields of a model by attribute name, including those of embedded models.
func fieldsOf(model reflect.Type) map[string][]int {
	cached, _ := fields.Load(model)
	if known, ok := cached.(map[string][]int); ok {
		return known
	}
	found := map[string][]int{}
	for _, f := range reflect.VisibleFields(model) {
		if name := f.Tag.Get("tfsdk"); name != "" && name != "-" {
			found[name] = f.Index
		}
	}
	fields.Store(model, found)
	return found
}
