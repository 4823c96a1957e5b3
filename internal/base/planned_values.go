package base

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// NotApplied collects the names of the attributes whose planned value the service did not apply although it answered with success.
// Terraform fails with "inconsistent result after apply" when the state differs from the plan, and taints a new object. So the state
// keeps the planned value, a warning names the attribute, and the next plan shows the difference.
type NotApplied struct{ names []string }

// Add records the name of an attribute.
func (n *NotApplied) Add(name string) { n.names = append(n.names, name) }

// Warn adds one warning for all recorded attributes, or none. object is the object in question, such as `chatbot "Support"`.
func (n *NotApplied) Warn(diags *diag.Diagnostics, object string) {
	if len(n.names) == 0 {
		return
	}
	diags.AddWarning("The service did not take over every value",
		fmt.Sprintf("The service accepted the request for %s but answered other values for: %s. The next plan will show the difference. "+
			"If it comes back every time, this deployment does not support the value: remove it from the configuration.", object, strings.Join(n.names, ", ")))
}

// KeepPlanned returns the planned value where it is known and the answer differs, and records the attribute's name. Otherwise it returns
// the answer's value.
func KeepPlanned[T attr.Value](n *NotApplied, name string, planned, answered T) T {
	if planned.IsUnknown() || planned.IsNull() || planned.Equal(answered) {
		return answered
	}
	n.Add(name)
	return planned
}
