package message

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (r *Resource) ModifyPlan(_ context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer base.Recover(&resp.Diagnostics)
	r.PlanParents(req, resp, "session_id")
}
