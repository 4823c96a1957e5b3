package base

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
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
	diags.AddWarning("The service did not apply every value",
		fmt.Sprintf("The service accepted the request for %s, but returned other values for: %s. The next plan shows the difference. "+
			"If it appears again after every apply, this deployment does not support the configured value: remove it from the configuration.", object, strings.Join(n.names, ", ")))
}

// KeepPlanned returns the planned value where it is known and the answer differs, and records the attribute's name unless both are equal
// as PriorWriting compares them. Otherwise it returns the answer's value.
func KeepPlanned[T attr.Value](n *NotApplied, name string, planned, answered T) T {
	if planned.IsUnknown() || planned.IsNull() || planned.Equal(answered) {
		return answered
	}
	if !PriorWriting(answered, planned).Equal(planned) {
		n.Add(name)
	}
	return planned
}

// KeepPlannedValues restores in next, the model after a response, every planned value that is fully known, including nulls. Core requires
// this of every attribute. It returns the attributes whose planned value the service did not apply; computed attributes are not among them,
// because no configuration sets them. state is where next is going to be stored; only its schema is used.
func KeepPlannedValues[M any](ctx context.Context, state *tfsdk.State, planned M, next *M) *NotApplied {
	var notApplied NotApplied
	attributes := state.Schema.GetAttributes()
	from, to := reflect.ValueOf(planned), reflect.ValueOf(next).Elem()
	for name, index := range fieldsOf(from.Type()) {
		want, isValue := reflect.TypeAssert[attr.Value](from.FieldByIndex(index))
		got, _ := reflect.TypeAssert[attr.Value](to.FieldByIndex(index))
		if !isValue || !fullyKnown(ctx, want) || want.Equal(got) {
			continue
		}
		to.FieldByIndex(index).Set(reflect.ValueOf(want))
		if a, ok := attributes[name]; ok && (a.IsRequired() || a.IsOptional()) && !PriorWriting(got, want).Equal(want) {
			notApplied.names = append(notApplied.names, name)
		}
	}
	slices.Sort(notApplied.names)
	return &notApplied
}

// fullyKnown reports whether a value and all its parts are known.
func fullyKnown(ctx context.Context, v attr.Value) bool {
	raw, err := v.ToTerraformValue(ctx)
	return err == nil && raw.IsFullyKnown()
}
