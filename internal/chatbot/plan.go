package chatbot

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// protectedKey is the key of the private state for a chatbot with deletion protection, as errors name it. The plan of its replacement needs
// it, because that has no prior state.
const protectedKey = "protected"

// ModifyPlan implements resource.ResourceWithModifyPlan. It prevents the destruction and the replacement of a protected chatbot, warns
// about the destruction of any other, and keeps modified_at when nothing will be sent.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer base.Recover(&resp.Diagnostics)
	replaces := r.RecordDeletion(ctx, req, resp)
	if req.State.Raw.IsNull() {
		if replaces != "" {
			refuseReplacement(ctx, req, resp)
		}
		return
	}
	var state, plan resourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if req.Plan.Raw.IsNull() {
		if !resp.Diagnostics.HasError() && !state.protected(&resp.Diagnostics) {
			r.warnDestroy(ctx, state, &resp.Diagnostics)
		}
		return
	}
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	state.storeProtection(ctx, resp)
	if plan.sameSettings(state.model) {
		plan.ModifiedAt = state.ModifiedAt
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
}

// storeProtection stores in the private state whether the chatbot is protected, for refuseReplacement.
func (m *resourceModel) storeProtection(ctx context.Context, resp *resource.ModifyPlanResponse) {
	var object []byte
	if m.DeletionProtection.ValueBool() {
		object, _ = json.Marshal(m.object()) // a string cannot fail
	}
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, protectedKey, object)...)
}

// refuseReplacement reports an error if the chatbot that a create replaces is protected.
func refuseReplacement(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	raw, diags := req.Private.GetKey(ctx, protectedKey)
	resp.Diagnostics.Append(diags...)
	var object string
	if raw != nil && json.Unmarshal(raw, &object) == nil {
		refuse(&resp.Diagnostics, object)
	}
}

// protected reports an error for a chatbot with deletion protection, and whether it has that.
func (m *resourceModel) protected(diags *diag.Diagnostics) bool {
	if !m.DeletionProtection.ValueBool() {
		return false
	}
	refuse(diags, m.object())
	return true
}

// refuse reports that a chatbot is protected.
func refuse(diags *diag.Diagnostics, object string) {
	diags.AddAttributeError(path.Root("deletion_protection"), "Chatbot is protected against deletion",
		fmt.Sprintf("Chatbot %s has deletion_protection = true, so Terraform does not destroy it. Destroying it would delete all its agents, sources, tags and conversations, "+
			"and its widget would stop working on every page that embeds it. To destroy or replace it, set deletion_protection = false and apply first.", object))
}
