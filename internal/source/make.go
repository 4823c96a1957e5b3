package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// make creates the source of the kind that is planned. The state that it gives has no unknown values.
func (r *Resource) make(ctx context.Context, plan resourceModel, diags *diag.Diagnostics) (resourceModel, bool) {
	link := plan.ReferenceSourceLink.ValueString()
	if !plan.File.IsNull() {
		return r.upload(ctx, plan, diags)
	}
	made, err := r.unlessGoing(ctx, plan, func() (hub.Source, error) {
		if !plan.URL.IsNull() {
			return r.Hub.CreateURLSource(ctx, plan.chatbot(), hub.Link{URL: plan.URL.ValueString(), ReferenceSourceLink: link})
		}
		var q qa
		diags.Append(plan.QA.As(ctx, &q, basetypes.ObjectAsOptions{})...)
		return r.Hub.CreateQASource(ctx, plan.chatbot(), hub.QA{Question: q.Question.ValueString(), Answer: q.Answer.ValueString(), ReferenceSourceLink: link})
	})
	if err != nil {
		r.createFailed(plan, err, diags)
		return plan, false
	}
	return r.made(plan, made), true
}

// made is the state of a source right after its create.
func (r *Resource) made(plan resourceModel, s hub.Source) resourceModel {
	r.Hub.TakeOver(s.ID)
	state := plan
	state.readWhole(s)
	return state
}

// upload sends a file and makes sure that what was sent is what was planned.
func (r *Resource) upload(ctx context.Context, plan resourceModel, diags *diag.Diagnostics) (resourceModel, bool) {
	c, ok := plan.inspect(ctx, diags)
	if !ok {
		return plan, false
	}
	plan.FileName = base.NonEmptyOrPrior(c.name, plan.FileName) // for messages; the answer has the service's
	var sum [sha256.Size]byte
	made, err := r.unlessGoing(ctx, plan, func() (s hub.Source, err error) {
		s, sum, err = r.Hub.UploadSource(ctx, plan.chatbot(), c.upload(plan.ReferenceSourceLink.ValueString()))
		return s, err
	})
	if errors.Is(err, hub.ErrFileChanged) {
		f := plan.failure("create")
		f.Next = "Nothing of it was kept. Make sure that nothing writes to the file while Terraform runs, and apply again."
		f.Report(diags, err)
		return plan, false
	}
	if err != nil {
		r.createFailed(plan, err, diags)
		return plan, false
	}
	state := r.made(plan, made)
	if hex.EncodeToString(sum[:]) == plan.ContentSHA256.ValueString() {
		return state, true
	}
	diags.AddAttributeError(path.Root("file"), "File changed while it was uploaded",
		fmt.Sprintf("Source %s: the file has another content now than Terraform planned. Make sure that nothing writes to it while Terraform runs, and apply again.", state.object()))
	if err := r.Hub.DeleteSource(ctx, state.chatbot(), state.hubID()); err != nil {
		state.failure("delete").Report(diags, err)
		return state, true // it is there and tainted: the next apply deletes it
	}
	return plan, false
}

// unlessGoing creates, and once more where the source in the way is just being deleted or is gone by now: an address that changed, such
// as a key of for_each, deletes the old source and makes the new one at the same time.
func (r *Resource) unlessGoing(ctx context.Context, plan resourceModel, create func() (hub.Source, error)) (hub.Source, error) {
	made, err := create()
	existing, conflict := hub.ConflictingSource(err)
	if conflict && r.Hub.SourceGoes(ctx, plan.chatbot(), existing.ID) {
		return create()
	}
	return made, err
}

// createFailed reports a create that failed. A conflict names the source that exists: it is never taken over silently.
func (r *Resource) createFailed(plan resourceModel, err error, diags *diag.Diagnostics) {
	f := plan.failure("create")
	if existing, ok := hub.ConflictingSource(err); ok {
		m := plan.model
		m.read(existing)
		f.Next = fmt.Sprintf("The source that exists is %s. ", m.object())
		if r.Hub.TakenOver(existing.ID) {
			f.Next += "Another resource of this configuration has just made it: keep one of the two."
		} else {
			f.Next += "It is not taken over silently. If another resource of this configuration manages it, keep one of the two, or add a moved block where only its name in the configuration changed; " +
				"if this is its replacement with create_before_destroy, remove that, because the old source has to go before the new one can come. " +
				"Otherwise delete it, or import it (NAME is the name of this resource):\n\n" +
				base.ImportBlock("aichatbothub_source", plan.ChatbotID.ValueString(), string(existing.ID))
		}
	}
	f.Report(diags, err)
}
