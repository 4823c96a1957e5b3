package session

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
)

// madeKey marks, in private state, a session that Terraform made. Without variables it is known to have none; an imported one may have some.
const madeKey = "made"

const replaceText = "A change replaces the session, except that null and {} are the same, and that the variables of an imported session are recorded."

// replaceVariables replaces the session when its variables change. What an import could not read is recorded in place (schema.md, "Import,
// then plan"). A session that was made without variables is replaced when some are written: recorded, they would never be sent.
func replaceVariables() planmodifier.Map {
	return mapplanmodifier.RequiresReplaceIf(func(ctx context.Context, req planmodifier.MapRequest, resp *mapplanmodifier.RequiresReplaceIfFuncResponse) {
		empty := !req.PlanValue.IsUnknown() && len(req.PlanValue.Elements()) == 0
		switch {
		case empty && len(req.StateValue.Elements()) == 0:
		case req.StateValue.IsNull():
			made, diags := req.Private.GetKey(ctx, madeKey)
			resp.Diagnostics.Append(diags...)
			resp.RequiresReplace = made != nil
		default:
			resp.RequiresReplace = true
		}
	}, replaceText, replaceText)
}
