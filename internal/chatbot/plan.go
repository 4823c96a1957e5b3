package chatbot

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// ModifyPlan implements resource.ResourceWithModifyPlan. It prevents the destruction of a protected chatbot, and keeps modified_at when
// nothing will be sent.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer base.Recover(&resp.Diagnostics)
	if req.State.Raw.IsNull() {
		return
	}
	var state, plan resourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if req.Plan.Raw.IsNull() {
		if !resp.Diagnostics.HasError() {
			state.protected(&resp.Diagnostics)
		}
		return
	}
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if !resp.Diagnostics.HasError() && plan.sameSettings(state.model) {
		plan.ModifiedAt = state.ModifiedAt
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
}

// protected reports an error for a chatbot with deletion protection, and whether it has that.
func (m *resourceModel) protected(diags *diag.Diagnostics) bool {
	if !m.DeletionProtection.ValueBool() {
		return false
	}
	diags.AddAttributeError(path.Root("deletion_protection"), "Chatbot is protected against deletion",
		fmt.Sprintf("Chatbot %s has deletion_protection = true, so Terraform does not destroy it. Destroying it would delete all its agents, sources, tags and conversations, "+
			"and its widget would stop working on every page that embeds it. To destroy or replace it, set deletion_protection = false and apply first.", m.object()))
	return true
}
