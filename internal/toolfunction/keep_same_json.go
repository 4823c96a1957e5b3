package toolfunction

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// keepSameJSON keeps the prior text where the configured text is the same JSON. The framework applies semantic equality to answers and
// not to plans, so without it another order of keys would be a change.
type keepSameJSON struct{}

func (keepSameJSON) Description(context.Context) string {
	return "White space, the order of keys and the spelling of numbers make no difference."
}

func (k keepSameJSON) MarkdownDescription(ctx context.Context) string { return k.Description(ctx) }

func (keepSameJSON) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.StateValue.IsNull() || req.PlanValue.IsNull() || req.PlanValue.IsUnknown() {
		return
	}
	if base.SameJSON(req.StateValue.ValueString(), req.PlanValue.ValueString()) {
		resp.PlanValue = req.StateValue
	}
}
