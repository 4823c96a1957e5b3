package base

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
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
