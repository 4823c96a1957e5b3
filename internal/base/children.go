package base

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Children passes on what the client listed of a chatbot for a data source, or reports why it could not, as f says, and says which.
func Children[T any](diags *diag.Diagnostics, f Failure, chatbot types.String, objects []T, err error) ([]T, bool) {
	switch {
	case hub.IsGone(err):
		NoChatbot(diags, path.Root("chatbot_id"), chatbot.ValueString())
	case err != nil:
		f.Object = "of chatbot " + chatbot.ValueString()
		f.Report(diags, err)
	}
	return objects, err == nil
}
