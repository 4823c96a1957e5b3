package sourcetag

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// ModifyPlan plans the prior state, except for the chatbot, when an update would send nothing. For a color that differs only in case the
// framework marks computed values as unknown before the plan modifier of the color runs, which would plan an update without changes. Sources
// that are not managed keep their prior value in every update: a source that is destroyed in the same apply disappears at the service, which
// the next refresh reads.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer base.Recover(&resp.Diagnostics)
	r.PlanParents(req, resp, "chatbot_id")
	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() || req.Plan.Raw.Equal(req.State.Raw) {
		return
	}
	var config, plan, state model
	resp.Diagnostics.Append(base.Load(ctx, req.Config, &config)...)
	resp.Diagnostics.Append(base.Load(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(base.Load(ctx, req.State, &state)...)
	switch {
	case resp.Diagnostics.HasError():
	case plan.equal(config, state):
		state.ChatbotID = plan.ChatbotID
		resp.Diagnostics.Append(base.SavePlan(ctx, &resp.Plan, state)...)
	case config.SourceIDs.IsNull():
		plan.SourceIDs = state.SourceIDs
		resp.Diagnostics.Append(base.SavePlan(ctx, &resp.Plan, plan)...)
	}
}

// equal reports whether m changes nothing in the tag that has this state. Unknown sources are a change unless the configuration omits them: then they are not
// managed.
func (m *model) equal(config, state model) bool {
	return m.changes(state) == (hub.SourceTagSettings{}) && (config.SourceIDs.IsNull() || !m.SourceIDs.IsUnknown())
}
