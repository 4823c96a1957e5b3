package base

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// sprintf keeps the sentences of this package short to write.
var sprintf = fmt.Sprintf

// Import puts the parts of an import string ("<chatbot_id>/<id>") or of an identity into the state's and the identity's attributes of
// the same names. Import strings are forgiving: dashes, upper case and white space around the parts do no harm.
func Import(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse, names ...string) {
	for i, part := range importParts(ctx, req, resp, names) {
		id, err := hub.ParseID(part)
		if err != nil {
			resp.Diagnostics.AddError("Invalid import id", sprintf("%q cannot be imported: its part %s is wrong: %s. Write the import id as %s.",
				req.ID, names[i], err, importForm(names)))
			return
		}
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(names[i]), string(id))...)
		resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root(names[i]), string(id))...)
	}
}

// importParts splits the import string, or reads the identity when there is none. On an error it gives nothing.
func importParts(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse, names []string) []string {
	parts := make([]string, len(names))
	if req.ID == "" && req.Identity != nil {
		for i, name := range names {
			var v types.String
			resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root(name), &v)...)
			if parts[i] = v.ValueString(); !hub.ID(parts[i]).Valid() {
				resp.Diagnostics.AddError("Invalid identity", sprintf("%s = %q is not an id of 32 lower-case hexadecimal digits.", name, parts[i]))
			}
		}
		if resp.Diagnostics.HasError() {
			return nil
		}
		return parts
	}
	parts = strings.Split(strings.Trim(strings.TrimSpace(req.ID), "/"), "/")
	if len(parts) != len(names) {
		resp.Diagnostics.AddError("Invalid import id", sprintf("%q has %d parts. Write the import id as %s.", req.ID, len(parts), importForm(names)))
		return nil
	}
	return parts
}

// importForm shows how an import id is written, such as <chatbot_id>/<id>.
func importForm(names []string) string {
	return "<" + strings.Join(names, ">/<") + ">, each an id of 32 hexadecimal digits"
}
