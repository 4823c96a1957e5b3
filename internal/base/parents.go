package base

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// ParentID is the id of an object that contains the resource's objects, such as `chatbot_id`. PlanParents plans its changes.
func ParentID(text string) schema.StringAttribute {
	return schema.StringAttribute{Required: true, MarkdownDescription: text, Validators: []validator.String{IDForm{}}, PlanModifiers: []planmodifier.String{IDForm{}}}
}

// PlanParents plans changes of the ids of an object's parents; names are their attributes. ModifyPlan calls it first.
//
// Another parent replaces the object. An id that is unknown can turn out to be the same, for example when it comes from a data source that
// is read in the apply because of depends_on. So it replaces the object only if this run deletes the parent, and is otherwise an update in
// place, which Terraform skips when the id turns out to be the same. When it turns out to be another id, the apply of this object fails
// before anything is sent, and the next plan replaces it.
func (r *Resource) PlanParents(req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse, names ...string) {
	if req.State.Raw.IsNull() {
		return
	}
	prior, planned := attributesOf(req.State.Raw), attributesOf(req.Plan.Raw)
	for _, name := range names {
		parent, next := textOf(prior[name]), planned[name]
		deleted := r.Managed.Deleted(hub.ID(parent))
		if deleted {
			r.Managed.AddDeleted(ownID(req.State)) // the service deletes it with its parent
		}
		switch {
		case req.Plan.Raw.IsNull(), parent == "", next.Equal(prior[name]): // after an import the state may have no parent
		case !next.IsKnown() && !deleted:
		case next.IsKnown() && r.Managed.Applies():
			resp.Diagnostics.AddAttributeError(path.Root(name), "Parent changed after the plan",
				fmt.Sprintf("The value of %s was not known when this run was planned. It is now %q, and the object %s is in %q. An object cannot be moved to another parent, "+
					"and no replacement was planned, so nothing was sent for the object. Apply again: the next plan replaces it.", name, textOf(next), ownID(req.State), parent))
		default:
			resp.RequiresReplace.Append(path.Root(name))
		}
	}
}

// ownIDKey is the key of the private state for the id of the object.
const ownIDKey = "id"

// RecordDeletion records an object that this run deletes, for PlanParents of what it contains. ModifyPlan of a resource whose objects contain
// others calls it first. It returns the id of the object that a create replaces, or "".
//
// Terraform does not tell a provider that -replace or replace_triggered_by replaces an object. It plans every replacement twice: first with
// the prior state, and then as a create, with the private data of the first plan. So the first plan stores the id there.
func (r *Resource) RecordDeletion(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) (replaces hub.ID) {
	id := ownID(req.State)
	switch {
	case req.State.Raw.IsNull():
		raw, diags := req.Private.GetKey(ctx, ownIDKey)
		resp.Diagnostics.Append(diags...)
		if raw == nil || json.Unmarshal(raw, &replaces) != nil {
			return ""
		}
		r.Managed.AddDeleted(replaces)
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, ownIDKey, nil)...)
	case req.Plan.Raw.IsNull():
		r.Managed.AddDeleted(id)
	default:
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, ownIDKey, fmt.Appendf(nil, "%q", id))...)
	}
	return replaces
}

// ownID returns the id of the object in a state, or "".
func ownID(state tfsdk.State) hub.ID { return hub.ID(textOf(attributesOf(state.Raw)["id"])) }

// attributesOf returns the attributes of an object value. It is empty for a null value.
func attributesOf(object tftypes.Value) map[string]tftypes.Value {
	var attributes map[string]tftypes.Value
	if object.As(&attributes) != nil {
		return nil
	}
	return attributes
}

// textOf returns a text, or "" for a null, unknown or missing one.
func textOf(v tftypes.Value) string {
	var text string
	_ = v.As(&text) // the only error is that of an unknown value
	return text
}
