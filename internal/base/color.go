package base

import (
	"context"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var hexColor = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)

// Color validates a color in a configuration: # and six hexadecimal digits (api.md §3).
func Color() validator.String {
	return Matches(hexColor, "must be a color such as #0071F9")
}

// KeepEqualColor keeps the prior writing of a color that differs in upper and lower case only. The framework applies equality to
// answers, not to plans.
func KeepEqualColor() planmodifier.String { return keepEqualColor{} }

type keepEqualColor struct{}

func (keepEqualColor) Description(context.Context) string {
	return "Differences between upper and lower case are ignored."
}

func (m keepEqualColor) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (keepEqualColor) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if !req.PlanValue.IsNull() && !req.PlanValue.IsUnknown() {
		resp.PlanValue = SameColor(req.PlanValue.ValueString(), req.StateValue)
	}
}

// SameColor is a color in the prior writing where the two are equal.
func SameColor(color string, prior types.String) types.String {
	if !prior.IsNull() && !prior.IsUnknown() && strings.EqualFold(color, prior.ValueString()) {
		return prior
	}
	return types.StringValue(color)
}
