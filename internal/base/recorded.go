package base

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
)

const recordedText = "A change replaces the object, except from nothing: what the service does not show is null after an import, and is recorded then."

// ReplaceUnlessRecorded replaces the object when the attribute changes, unless it had no value: an import cannot read it, so that a
// written value is recorded in place (schema.md, "Import, then plan").
func ReplaceUnlessRecorded() planmodifier.String {
	return stringplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
		resp.RequiresReplace = !req.StateValue.IsNull()
	}, recordedText, recordedText)
}

// ReplaceMapUnlessRecorded is ReplaceUnlessRecorded for a map.
func ReplaceMapUnlessRecorded() planmodifier.Map {
	return mapplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.MapRequest, resp *mapplanmodifier.RequiresReplaceIfFuncResponse) {
		resp.RequiresReplace = !req.StateValue.IsNull()
	}, recordedText, recordedText)
}
