package message

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
)

const replaceUnlessNullText = "A change replaces the object, unless the state has no value: the service does not show the value, so an import leaves it null, and the next apply records it."

// replaceUnlessNull returns a plan modifier that replaces the object when the attribute changes, unless the state has no value. An import
// cannot read the value, so the next apply records the configured one (schema.md, "Import, then plan").
func replaceUnlessNull() planmodifier.Map {
	return mapplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.MapRequest, resp *mapplanmodifier.RequiresReplaceIfFuncResponse) {
		resp.RequiresReplace = !req.StateValue.IsNull()
	}, replaceUnlessNullText, replaceUnlessNullText)
}
