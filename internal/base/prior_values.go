package base

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// StringOrPrior returns the answer's value, or the prior value where the answer has none or an equal text (see Text). An unknown prior value
// becomes null, because no unknown value may remain after an apply.
func StringOrPrior(answer *string, prior types.String) types.String {
	switch {
	case answer != nil:
		return Text(*answer, prior)
	case prior.IsUnknown():
		return types.StringNull()
	}
	return prior
}

// NonEmptyOrPrior is StringOrPrior for a field that is empty when the answer lacks it.
func NonEmptyOrPrior(answer string, prior types.String) types.String {
	if answer == "" {
		return StringOrPrior(nil, prior)
	}
	return Text(answer, prior)
}

// BoolOrPrior returns the answer's value, or the prior value where the answer has none, or the fallback where there is neither.
func BoolOrPrior(answer *hub.Bool, prior, fallback types.Bool) types.Bool {
	switch {
	case answer != nil:
		return types.BoolValue(bool(*answer))
	case prior.IsNull() || prior.IsUnknown():
		return fallback
	}
	return prior
}
