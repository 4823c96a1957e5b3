package base

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Gone ends a Read whose object does not exist. It removes the object from the state, so that the next plan creates it again, and records
// that it does not exist. After an import, when the state holds nothing but ids, it reports an error instead.
//
// noun is the name of the object in the error. parents are the nouns of the objects that contain it, from the inside outwards; each has
// its id in the attribute <parent>_id, such as "chatbot" in chatbot_id.
func (r *Resource) Gone(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse, noun string, parents ...string) {
	ids := []string{"id"}
	for _, parent := range parents {
		ids = append(ids, parent+"_id")
	}
	if !hasOnly(req, ids) {
		r.Managed.AddDeleted(ownID(req.State))
		resp.State.RemoveResource(ctx)
		return
	}
	text := func(attribute string) string {
		var v types.String
		resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root(attribute), &v)...)
		return v.ValueString()
	}
	owner, others := "The account", ""
	for _, parent := range slices.Backward(parents) {
		id := text(parent + "_id")
		switch {
		case id == "": // not every import id names the parents
			continue
		case others == "":
			owner = fmt.Sprintf("%s %s", capitalized(parent), id)
		default:
			owner = fmt.Sprintf("%s %s of %s%s", capitalized(parent), id, strings.ToLower(owner[:1]), owner[1:])
		}
		others = fmt.Sprintf(", or belong to another %s", parent)
	}
	resp.Diagnostics.AddError("Nothing to import",
		fmt.Sprintf("%s has no %s with the id %s. It may have been deleted%s. Check the import id, and that the API key belongs to the account of the %s.", owner, noun, text("id"), others, noun))
}

// hasOnly reports whether all attributes of the state except the named ones are null, as they are after an import.
func hasOnly(req resource.ReadRequest, names []string) bool {
	attributes := map[string]tftypes.Value{}
	if err := req.State.Raw.As(&attributes); err != nil {
		return false
	}
	for name, v := range attributes {
		if !v.IsNull() && !slices.Contains(names, name) {
			return false
		}
	}
	return true
}
