package chatbot

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// protectedKey is the key of the private state for a chatbot with deletion protection, as errors name it. The plan of its replacement needs
// it, because that has no prior state.
const protectedKey = "protected"

// warnedKey is the key of the private state for a chatbot as the warning about its replacement names it.
const warnedKey = "warned"

// ModifyPlan implements resource.ResourceWithModifyPlan. It prevents the destruction and the replacement of a protected chatbot, warns
// about those of any other, and keeps modified_at when nothing will be sent.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer base.Recover(&resp.Diagnostics)
	replaces := r.RecordDeletion(ctx, req, resp)
	if req.State.Raw.IsNull() {
		if replaces != "" {
			r.planReplacement(ctx, replaces, req, resp)
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
	state.storeForReplacement(ctx, resp)
	if plan.sameSettings(state.model) {
		plan.ModifiedAt = state.ModifiedAt
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
}

// storeForReplacement stores in the private state what planReplacement needs: how texts name the chatbot, and whether it is protected.
func (m *resourceModel) storeForReplacement(ctx context.Context, resp *resource.ModifyPlanResponse) {
	var object []byte
	if m.DeletionProtection.ValueBool() {
		object, _ = json.Marshal(m.object()) // a string cannot fail
	}
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, protectedKey, object)...)
	warned, _ := json.Marshal(m.warned())
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, warnedKey, warned)...)
}

// planReplacement reports an error if the chatbot that a create replaces is protected, and otherwise warns about what is lost.
func (r *Resource) planReplacement(ctx context.Context, replaces hub.ID, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if object := privateText(ctx, protectedKey, req, resp); object != "" {
		refuse(&resp.Diagnostics, object)
		return
	}
	r.warnReplacement(ctx, replaces, privateText(ctx, warnedKey, req, resp), &resp.Diagnostics)
}

// privateText returns a text from the private state, or "".
func privateText(ctx context.Context, key string, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) (text string) {
	raw, diags := req.Private.GetKey(ctx, key)
	resp.Diagnostics.Append(diags...)
	if raw == nil || json.Unmarshal(raw, &text) != nil {
		return ""
	}
	return text
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
