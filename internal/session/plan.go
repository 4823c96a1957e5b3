package session

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer base.Recover(&resp.Diagnostics)
	r.RecordDeletion(ctx, req, resp)
	r.PlanParents(req, resp, "chatbot_id")
}

// createdKey is the key in private state that marks a session that Terraform created, not imported. Only of a created session it is known
// whether it has variables.
const createdKey = "made"

const replaceText = "A change replaces the session. Null and {} are equal, and variables of an imported session are only stored in the state."

// replaceVariables requires replacement when the variables change. After an import they are null, and configured variables are only stored
// in the state (schema.md, "Import, then plan"). A session that was created without variables is replaced when the configuration adds some,
// because they are sent only with the create.
func replaceVariables() planmodifier.Map {
	return mapplanmodifier.RequiresReplaceIf(func(ctx context.Context, req planmodifier.MapRequest, resp *mapplanmodifier.RequiresReplaceIfFuncResponse) {
		empty := !req.PlanValue.IsUnknown() && len(req.PlanValue.Elements()) == 0
		switch {
		case empty && len(req.StateValue.Elements()) == 0:
		case req.StateValue.IsNull():
			created, diags := req.Private.GetKey(ctx, createdKey)
			resp.Diagnostics.Append(diags...)
			resp.RequiresReplace = created != nil
		default:
			resp.RequiresReplace = true
		}
	}, replaceText, replaceText)
}
