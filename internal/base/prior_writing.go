package base

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// PriorWriting returns next with every text and number in it that equals the prior one replaced by the prior one. Texts are compared as
// hub.SameText does, numbers as hub.SameNumber does. Lists are compared element by element, maps and objects by name. Everything else,
// including what is null or unknown, stays as it is.
func PriorWriting[T attr.Value](next, prior T) T {
	if kept, ok := priorWriting(next, prior).(T); ok {
		return kept
	}
	return next
}

func priorWriting(next, prior attr.Value) attr.Value {
	if prior == nil || next.IsNull() || next.IsUnknown() || prior.IsNull() || prior.IsUnknown() {
		return next
	}
	switch next := next.(type) {
	case types.String:
		if prior, ok := prior.(types.String); ok {
			return Text(next.ValueString(), prior)
		}
	case types.Float64:
		if prior, ok := prior.(types.Float64); ok && hub.SameNumber(next.ValueFloat64(), prior.ValueFloat64()) {
			return prior
		}
	case types.Object:
		if prior, ok := prior.(types.Object); ok {
			return types.ObjectValueMust(next.AttributeTypes(context.Background()), priorElements(next.Attributes(), prior.Attributes()))
		}
	case types.Map:
		if prior, ok := prior.(types.Map); ok {
			return types.MapValueMust(next.ElementType(context.Background()), priorElements(next.Elements(), prior.Elements()))
		}
	case types.List:
		prior, ok := prior.(types.List)
		if !ok {
			return next
		}
		elements, before := next.Elements(), prior.Elements()
		for i := range min(len(elements), len(before)) {
			elements[i] = priorWriting(elements[i], before[i])
		}
		return types.ListValueMust(next.ElementType(context.Background()), elements)
	}
	return next
}

// priorElements is priorWriting for the elements of a map or an object. It changes next, which the caller owns.
func priorElements(next, prior map[string]attr.Value) map[string]attr.Value {
	for name, v := range next {
		next[name] = priorWriting(v, prior[name])
	}
	return next
}

// Text returns a text of an answer. A text that equals the prior one keeps its prior writing, because the service may normalize texts.
func Text(answer string, prior types.String) types.String {
	if !prior.IsNull() && !prior.IsUnknown() && hub.SameText(answer, prior.ValueString()) {
		return prior
	}
	return types.StringValue(answer)
}

// KeepPriorWriting is a plan modifier that plans the prior value where the planned one is equal as PriorWriting compares them. The framework
// applies semantic equality to answers, not to plans. A list or a map of texts keeps its prior value only as a whole, because core accepts
// no mixture of the prior and the configured elements. In a nested attribute each text has this plan modifier.
type KeepPriorWriting struct{}

// Description implements planmodifier.Describer.
func (KeepPriorWriting) Description(context.Context) string {
	return "Differences in line endings, in white space at both ends, and in digits beyond the precision of the service are ignored."
}

// MarkdownDescription implements planmodifier.Describer.
func (m KeepPriorWriting) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyString implements planmodifier.String.
func (KeepPriorWriting) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	resp.PlanValue = PriorWriting(req.PlanValue, req.StateValue)
}

// PlanModifyFloat64 implements planmodifier.Float64.
func (KeepPriorWriting) PlanModifyFloat64(_ context.Context, req planmodifier.Float64Request, resp *planmodifier.Float64Response) {
	resp.PlanValue = PriorWriting(req.PlanValue, req.StateValue)
}

// PlanModifyList implements planmodifier.List.
func (KeepPriorWriting) PlanModifyList(_ context.Context, req planmodifier.ListRequest, resp *planmodifier.ListResponse) {
	if PriorWriting(req.PlanValue, req.StateValue).Equal(req.StateValue) {
		resp.PlanValue = req.StateValue
	}
}

// PlanModifyMap implements planmodifier.Map.
func (KeepPriorWriting) PlanModifyMap(_ context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	if PriorWriting(req.PlanValue, req.StateValue).Equal(req.StateValue) {
		resp.PlanValue = req.StateValue
	}
}
