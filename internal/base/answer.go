package base

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Refusals collects the attributes that the service did not take over although it answered a success. Terraform ends in
// "inconsistent result after apply" when such a value enters the state, and a new object would be tainted and replaced. So the state
// keeps the promise of the plan, a warning names what was refused, and the next plan shows the difference.
type Refusals struct{ names []string }

// Keep gives planned where it is known and the answer differs, and remembers the name; otherwise it gives the answer.
func Keep[T attr.Value](r *Refusals, name string, planned, answered T) T {
	if planned.IsUnknown() || planned.IsNull() || planned.Equal(answered) {
		return answered
	}
	r.names = append(r.names, name)
	return planned
}

// Warn tells the user; object is what it happened to, such as `chatbot "Support"`.
func (r *Refusals) Warn(diags *diag.Diagnostics, object string) {
	if len(r.names) == 0 {
		return
	}
	diags.AddWarning("The service did not take over every value",
		sprintf("The service accepted the request for %s but answered other values for: %s. The next plan will show the difference. "+
			"If it comes back every time, this deployment does not support the value: remove it from the configuration.", object, strings.Join(r.names, ", ")))
}

// Refuse remembers a name that was not taken over.
func Refuse(r *Refusals, name string) { r.names = append(r.names, name) }

// StringOr gives the answer's value, else the prior one, else null: an unknown value must not stay after an answer.
func StringOr(answer *string, prior types.String) types.String {
	switch {
	case answer != nil:
		return types.StringValue(*answer)
	case prior.IsUnknown():
		return types.StringNull()
	}
	return prior
}

// TextOr is StringOr for a field that is empty when the answer lacks it.
func TextOr(answer string, prior types.String) types.String {
	if answer == "" {
		return StringOr(nil, prior)
	}
	return types.StringValue(answer)
}

// BoolOr gives the answer's value, else the prior one, else the fallback.
func BoolOr(answer *hub.Bool, prior, fallback types.Bool) types.Bool {
	switch {
	case answer != nil:
		return types.BoolValue(bool(*answer))
	case prior.IsNull() || prior.IsUnknown():
		return fallback
	}
	return prior
}
