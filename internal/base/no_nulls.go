package base

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// NoNulls validates that no element of a list, a set or a map is null. Core validates a configuration once more when its unknown values are
// known, so a null that turns up in an apply is reported as well.
type NoNulls struct{}

// Description implements validator.Describer.
func (NoNulls) Description(context.Context) string { return "must have no null elements" }

// MarkdownDescription implements validator.Describer.
func (n NoNulls) MarkdownDescription(ctx context.Context) string { return n.Description(ctx) }

const (
	nullsOutOfList = "[for v in var.values : v if v != null]"
	nullsOutOfMap  = "{ for k, v in var.values : k => v if v != null }"
)

// ValidateList implements validator.List.
func (NoNulls) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	for i, v := range req.ConfigValue.Elements() {
		if v.IsNull() {
			addNull(&resp.Diagnostics, req.Path, req.Path.AtListIndex(i).String(), nullsOutOfList)
		}
	}
}

// ValidateSet implements validator.Set.
func (NoNulls) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	for _, v := range req.ConfigValue.Elements() {
		if v.IsNull() {
			addNull(&resp.Diagnostics, req.Path, "An element of "+req.Path.String(), nullsOutOfList)
		}
	}
}

// ValidateMap implements validator.Map.
func (NoNulls) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	for name, v := range req.ConfigValue.Elements() {
		if v.IsNull() {
			addNull(&resp.Diagnostics, req.Path, req.Path.AtMapKey(name).String(), nullsOutOfMap)
		}
	}
}

// addNull reports an element that is null, at the root attribute.
func addNull(diags *diag.Diagnostics, at path.Path, element, filter string) {
	diags.AddAttributeError(visible(at), "Null element",
		fmt.Sprintf("%s is null. Set a value, or remove the element. An expression such as %s leaves out what is null.", element, filter))
}
