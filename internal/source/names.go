package source

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/managed"
)

// nameOf returns a file name of a chatbot in the form in which names are compared.
func nameOf(chatbot hub.ID, file string) managed.Name {
	return managed.Name{Chatbot: chatbot, Name: hub.Composed(file)}
}

// useName reports that another resource plans a file with the same name for the same chatbot, which the service refuses (api.md §3). While
// the chatbots are not known, they may differ, so it is a warning. Resources are told apart by their files, because a plan does not contain
// their addresses: two resources with the same file are not noticed.
func (r *Resource) useName(plan resourceModel, c fileContent, creates bool, diags *diag.Diagnostics) {
	by := "content with the SHA-256 " + c.sha256
	switch {
	case r.Managed == nil || c.name == "" || c.unknown || !c.managed:
		return
	case c.path != "":
		by = fmt.Sprintf("file.path = %q", c.path)
	case c.sha256 == "":
		return
	}
	if plan.ChatbotID.IsUnknown() && !creates {
		return
	}
	other := r.Managed.Names.Use(nameOf(plan.chatbot(), c.name), by, creates)
	switch {
	case other == "":
	case plan.ChatbotID.IsUnknown():
		diags.AddAttributeWarning(path.Root("file"), "Duplicate file name",
			fmt.Sprintf("The file name %q is planned for this source (%s) and for another source (%s). A chatbot can have each file name once. "+
				"Their chatbots are not known yet. If it is the same one, set file.name in one of the resources to another name, for example with the folder in it.", c.name, by, other))
	default:
		diags.AddAttributeError(path.Root("file"), "Duplicate file name",
			fmt.Sprintf("The file name %q is planned for this source (%s) and for another source of the same chatbot (%s). A chatbot can have each file name once. "+
				"Set file.name in one of the resources to another name, for example with the folder in it.", c.name, by, other))
	}
}

// deletedText tells that this run has deleted the source that a new one replaces, and what to do when the file is missing, or returns "".
func (r *Resource) deletedText(chatbot hub.ID, file string) string {
	deleted := r.deletedBefore(chatbot, file)
	if deleted == "" {
		return ""
	}
	return deleted + " Put the file of the plan where the apply runs. Then plan and apply again. To apply a saved plan in another CI job, pass the files to that job."
}

// deletedBefore tells that this run has deleted the source that a new one replaces, or returns "".
func (r *Resource) deletedBefore(chatbot hub.ID, file string) string {
	if r.Hub == nil {
		return ""
	}
	if id := r.Managed.Names.Deleted(nameOf(chatbot, file)); id != "" {
		return fmt.Sprintf("\n\nThis run has already deleted the old source %s, so the chatbot has no source %q now.", id, file)
	}
	if r.Hub.HasSourceDeletes(chatbot) {
		return "\n\nThis run has already deleted sources of the chatbot. If this source replaces one of them, the chatbot now has neither the old nor the new one."
	}
	return ""
}
