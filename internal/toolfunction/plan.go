package toolfunction

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// ModifyPlan keeps modified_at where nothing will be sent, and plans an update where only secret headers differ: they are null in
// every plan, so that nothing else would show it.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer base.Recover(&resp.Diagnostics)
	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() {
		return
	}
	var state, plan, config resourceModel
	resp.Diagnostics.Append(base.Load(ctx, req.State, &state)...)
	resp.Diagnostics.Append(base.Load(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(base.Load(ctx, req.Config, &config)...)
	rec := load(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !plan.ChatbotID.Equal(state.ChatbotID) || !plan.AgentID.Equal(state.AgentID) {
		return // the latter is a replacement, which has no state to compare with
	}
	reasons := r.secretChanges(ctx, &state, &plan, config.SecretHeaders, rec)
	switch {
	case len(reasons) > 0:
		plan.ModifiedAt = types.StringUnknown()
		warnOfSecrets(&resp.Diagnostics, &state, reasons)
	case known(config.SecretHeaders) && plan.same(&state.model):
		plan.ModifiedAt = state.ModifiedAt
	default: // what is not known yet may turn out to be a change; by itself it plans no update
		return
	}
	resp.Diagnostics.Append(base.SavePlan(ctx, &resp.Plan, plan)...)
}

// secretChanges says which secret headers are to be sent, and why. Secrets that are left out of the configuration, or not known yet as
// a whole, are no business of the plan.
func (r *Resource) secretChanges(ctx context.Context, state, plan *resourceModel, secrets types.Map, rec *record) map[string]string {
	if secrets.IsNull() || secrets.IsUnknown() {
		return nil
	}
	if rec == nil {
		rec = r.observe(ctx, state)
	}
	return rec.changes(values(secrets), texts(plan.Headers))
}

// observe makes a record of the hidden headers that the service has, for a tool function that was imported: what is there already need
// not be sent. Where the service cannot tell, nothing is known, and all is sent.
func (r *Resource) observe(ctx context.Context, state *resourceModel) *record {
	if r.Hub == nil {
		return nil
	}
	f, err := r.Hub.ToolFunction(ctx, state.chatbot(), state.agent(), state.hubID())
	if err != nil || f.Headers == nil {
		return nil
	}
	_, hidden := split(f.Headers, texts(state.Headers), nil)
	rec, err := newRecord(hidden)
	if err != nil {
		return nil
	}
	return rec
}

// values are the elements of a map of strings, also those that are not known.
func values(m types.Map) map[string]types.String {
	out := make(map[string]types.String, len(m.Elements()))
	for name, v := range m.Elements() {
		if s, ok := v.(types.String); ok {
			out[name] = s
		}
	}
	return out
}

// warnOfSecrets tells which headers are sent again. It stands at no attribute, because Terraform prints the line it stands at.
func warnOfSecrets(diags *diag.Diagnostics, state *resourceModel, reasons map[string]string) {
	diags.AddWarning("Secret headers will be sent",
		fmt.Sprintf("The secret headers of tool function %s differ from the configuration, so an apply sends all of its headers:\n\n%s", state.object(), list(reasons)))
}
