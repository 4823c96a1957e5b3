package source

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// create creates the planned source. It returns its state, which has no unknown values, or false when there is no source.
func (r *Resource) create(ctx context.Context, plan resourceModel, diags *diag.Diagnostics) (resourceModel, bool) {
	link := plan.ReferenceSourceLink.ValueString() // "" also when the service decides
	if !plan.File.IsNull() {
		return r.createFile(ctx, plan, link, diags)
	}
	created, err := r.CreateSource(ctx, plan.chatbot(), func() (hub.Source, error) {
		if !plan.URL.IsNull() {
			return r.Hub.CreateURLSource(ctx, plan.chatbot(), hub.Link{URL: plan.URL.ValueString(), ReferenceSourceLink: link})
		}
		var q qa
		diags.Append(plan.QA.As(ctx, &q, basetypes.ObjectAsOptions{})...)
		return r.Hub.CreateQASource(ctx, plan.chatbot(), hub.QA{Question: q.Question.ValueString(), Answer: q.Answer.ValueString(), ReferenceSourceLink: link})
	})
	if err != nil {
		r.reportCreateError(plan, err, diags)
		return plan, false
	}
	return r.newState(plan, created), true
}

// newState returns the state of a source that was just created.
func (r *Resource) newState(plan resourceModel, s hub.Source) resourceModel {
	state := plan
	state.read(s)
	return state
}

// createFile uploads a file whose content is the planned one.
func (r *Resource) createFile(ctx context.Context, plan resourceModel, link string, diags *diag.Diagnostics) (resourceModel, bool) {
	c, ok := r.readFile(ctx, plan, false, diags)
	defer c.close()
	if !ok {
		return plan, false
	}
	plan.FileName = base.NonEmptyOrPrior(c.name, plan.FileName) // for messages; the response has the name of the service
	created, err := hub.Source{}, hub.ErrFileChanged
	if c.sha256 == plan.ContentSHA256.ValueString() {
		created, err = r.CreateSource(ctx, plan.chatbot(), func() (hub.Source, error) {
			return r.Hub.UploadSource(ctx, plan.chatbot(), c.upload(link))
		})
	}
	switch {
	case err == nil:
		return r.newState(plan, created), true
	case errors.Is(err, hub.ErrFileChanged):
		diags.AddAttributeError(path.Root("file"), "File changed after the plan",
			fmt.Sprintf("Source %s: the file does not have the content that Terraform planned, so no source was created. Make sure that nothing changes the file while Terraform runs, and apply again.%s", plan.object(), r.deletedText(plan.chatbot(), c.name)))
	case typeRefused(err):
		f := plan.failure("create")
		f.Next = fmt.Sprintf("No source was created, because the service does not accept files of this type. It decides by the extension of the file name. %s. Convert the file, or set file.name to a name with the extension of its content.%s", acceptedText(), r.deletedBefore(plan.chatbot(), c.name))
		f.Attribute = nil // the text is about the file, whatever field the service names
		f.Report(diags, err)
	default:
		r.reportCreateError(plan, err, diags)
	}
	return plan, false
}

// reportCreateError reports a create that failed. For a conflict it names the existing source, which only an import may add to the state.
func (r *Resource) reportCreateError(plan resourceModel, err error, diags *diag.Diagnostics) {
	f := plan.failure("create")
	if existing, ok := hub.ConflictingSource(err); ok {
		m := plan
		m.read(existing)
		f.Next = fmt.Sprintf("The existing source is %s. ", m.object()) + r.conflictAdvice(plan, existing.ID)
	}
	f.Report(diags, err)
}

// conflictAdvice returns what to do about an existing source. Whether this run is going to delete it cannot be known: Terraform does not show
// the provider a delete before it begins, nor what the state manages. So an import comes last, and not at all when the run deletes sources.
func (r *Resource) conflictAdvice(plan resourceModel, existing hub.ID) string {
	if r.Managed.Contains(existing) {
		if plan.File.IsNull() {
			return "Another resource of this configuration created it in this run. Remove one of the two resources."
		}
		return "Another resource of this configuration created it in this run. Remove one of the two resources, or set file.name in one of them to another name."
	}
	const again = "Apply again first. If this run deletes it, because a file was moved or a key of for_each changed, the next apply creates the new source. "
	if r.Hub.HasSourceDeletes(plan.chatbot()) {
		return again + "If the same error comes back, look in the web app where the existing source comes from."
	}
	return again + "If the same error comes back, nothing deletes the existing source:\n\n" +
		"- If another resource of this configuration manages it, remove one of the two resources. Add a moved block if only the address of the resource changed.\n" +
		"- If this resource has create_before_destroy, remove that. The old source must be deleted before the new one can be created.\n" +
		"- Otherwise delete the existing source, or import it. It is not added to the state automatically. NAME is the name of this resource:\n\n" +
		base.ImportBlock("aichatbothub_source", plan.ChatbotID.ValueString(), string(existing))
}
