package base

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// WarnUnreadable warns of the fields of an answer that could not be read, if the state has a value of their attributes, which it keeps. The
// others are not managed. fields are paths as in hub.Object.Unreadable; f.Attribute finds their attributes.
func (f Failure) WarnUnreadable(ctx context.Context, state tfsdk.State, fields []string, diags *diag.Diagnostics) {
	var kept []string
	for _, field := range fields {
		if f.isManaged(ctx, state, field) {
			kept = append(kept, field)
		}
	}
	if len(kept) == 0 {
		return
	}
	diags.AddWarning("Unreadable fields in the answer", fmt.Sprintf("%s %s: the service returned these fields in a form that the provider does not know: %s. "+
		"The state keeps the values of their attributes, so Terraform does not notice changes that are made outside of it. Look at the object in the web app, and save it there once. If the warning stays, please report it at %s.",
		capitalized(f.Noun), f.Object, strings.Join(kept, ", "), hub.Issues))
}

// isManaged reports whether the state has a value of the attribute of a field. Settings are answered in "meta", so all of that is managed.
func (f Failure) isManaged(ctx context.Context, state tfsdk.State, field string) bool {
	loc := strings.Split(field, ".")
	if loc[0] == "meta" {
		loc = loc[1:]
	}
	if len(loc) == 0 {
		return true
	}
	if f.Attribute == nil {
		return false
	}
	at, ok := f.Attribute(loc)
	if !ok {
		return false
	}
	root, ok := at.Steps()[0].(path.PathStepAttributeName)
	if !ok {
		return false
	}
	var value attr.Value
	return !state.GetAttribute(ctx, path.Root(string(root)), &value).HasError() && value != nil && !value.IsNull()
}
