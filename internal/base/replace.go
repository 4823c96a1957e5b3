package base

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
)

const replaceUnlessNullText = "A change replaces the object, unless the state has no value: then the next apply only stores the configured value in the state."

// ReplaceUnlessNull returns a plan modifier that requires replacement when the attribute changes, unless the state has no value. It is for
// values that an import cannot read, so that the next apply only stores them (schema.md, "Import, then plan").
func ReplaceUnlessNull() planmodifier.String {
	return stringplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
		resp.RequiresReplace = !req.StateValue.IsNull()
	}, replaceUnlessNullText, replaceUnlessNullText)
}

// ReplaceMapUnlessNull is ReplaceUnlessNull for a map.
func ReplaceMapUnlessNull() planmodifier.Map {
	return mapplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.MapRequest, resp *mapplanmodifier.RequiresReplaceIfFuncResponse) {
		resp.RequiresReplace = !req.StateValue.IsNull()
	}, replaceUnlessNullText, replaceUnlessNullText)
}
