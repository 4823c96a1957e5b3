package answertest

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var (
	_ resource.ResourceWithConfigure   = &Resource{}
	_ resource.ResourceWithImportState = &Resource{}
	_ resource.ResourceWithModifyPlan  = &Resource{}
)

// NewResource makes the resource aichatbothub_answer_test.
func NewResource() resource.Resource { return &Resource{} }

// Resource is aichatbothub_answer_test.
type Resource struct{ base.Resource }

// Metadata implements resource.Resource.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_answer_test"
}

// Create implements resource.Resource. If nothing was asked and no session is left, there is no resource, and so nothing that Terraform could
// taint.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	w, ok := r.begin(ctx, plan, model{}, &resp.Diagnostics)
	if !ok {
		return
	}
	w.perform(ctx)
	state := plan
	state.ID = types.StringValue(base.RandomID())
	state.result(w)
	if len(state.Answers.Elements()) > 0 || len(state.Sessions.Elements()) > 0 {
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	}
	w.report(&resp.Diagnostics)
}

// Read implements resource.Resource. The service has nothing of an answer test but the chatbot and the kept sessions, and deletes these with
// the chatbot.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || r.Hub == nil {
		return
	}
	_, err := r.Hub.Chatbot(ctx, state.chatbot())
	switch {
	case hub.IsGone(err):
		resp.State.RemoveResource(ctx)
	case err != nil:
		base.Failure{Doing: "read", Noun: "answer test", Object: state.object()}.Report(&resp.Diagnostics, err)
	}
}

// Update implements resource.Resource. A case that misses is an error, which keeps what passed.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan, state model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	w, ok := r.begin(ctx, plan, state, &resp.Diagnostics)
	if !ok {
		return
	}
	w.perform(ctx)
	next := plan
	next.result(w)
	resp.Diagnostics.Append(resp.State.Set(ctx, next)...)
	w.report(&resp.Diagnostics)
}

// Delete implements resource.Resource. It deletes the sessions that were kept; the state alone has their ids, because private state does not
// reach the delete of a tainted object.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	w := newRun(r, state, state)
	for _, name := range base.SortedKeys(w.kept) {
		w.discard(name)
	}
	late, done := withGrace(ctx, deleteGrace)
	defer done()
	w.deleteSessions(late)
	if len(w.remaining) == 0 {
		return
	}
	w.keepRemaining()
	state.Sessions = base.StringMapValue(w.kept)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	base.Failure{Doing: "delete", Noun: "sessions of the answer test", Object: idsOf(w.remaining) + " " + state.object()}.Report(&resp.Diagnostics, w.remaining[0].err)
}

// ImportState implements resource.ResourceWithImportState.
func (r *Resource) ImportState(_ context.Context, _ resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	defer base.Recover(&resp.Diagnostics)
	resp.Diagnostics.AddError("An answer test cannot be imported",
		"The service has no answer tests, only sessions and messages, so there is nothing to import. To manage an answer test with Terraform, write the resource without an import: the apply asks its cases.")
}
