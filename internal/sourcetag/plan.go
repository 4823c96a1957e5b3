package sourcetag

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// ModifyPlan puts the state back where nothing would be sent. A colour that is only written differently makes the framework mark
// computed values as unknown before the colour's plan modifier runs, which would be an update of nothing.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer base.Recover(&resp.Diagnostics)
	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() || req.Plan.Raw.Equal(req.State.Raw) {
		return
	}
	var config, plan, state model
	resp.Diagnostics.Append(base.Load(ctx, req.Config, &config)...)
	resp.Diagnostics.Append(base.Load(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(base.Load(ctx, req.State, &state)...)
	if !resp.Diagnostics.HasError() && plan.same(config, state) {
		resp.Diagnostics.Append(base.SavePlan(ctx, &resp.Plan, state)...)
	}
}

// same says whether the plan is the state in all that can be written. Sources that the configuration leaves out are not managed, and
// what is not known yet may turn out to be a change.
func (m *model) same(config, state model) bool {
	return m.ChatbotID.Equal(state.ChatbotID) && m.Name.Equal(state.Name) && m.Color.Equal(state.Color) &&
		(config.SourceIDs.IsNull() || m.SourceIDs.Equal(state.SourceIDs))
}
