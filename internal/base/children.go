package base

import (
	"cmp"
	"slices"

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

// OldestFirst orders objects by creation, then by id: the service promises no order, and one that changes would be a diff.
func OldestFirst[T any](objects []T, key func(T) (createdAt string, id hub.ID)) []T {
	return slices.SortedFunc(slices.Values(objects), func(a, b T) int {
		createdA, idA := key(a)
		createdB, idB := key(b)
		return cmp.Or(cmp.Compare(createdA, createdB), cmp.Compare(idA, idB))
	})
}
