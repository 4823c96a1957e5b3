package source

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var (
	_ resource.ResourceWithConfigure        = &Resource{}
	_ resource.ResourceWithConfigValidators = &Resource{}
	_ resource.ResourceWithIdentity         = &Resource{}
	_ resource.ResourceWithImportState      = &Resource{}
	_ resource.ResourceWithModifyPlan       = &Resource{}
)

// NewResource makes the resource aichatbothub_source.
func NewResource() resource.Resource { return &Resource{} }

// Resource is aichatbothub_source.
type Resource struct{ base.Resource }

// Metadata implements resource.Resource.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_source"
}

// Create implements resource.Resource. The id is in the state before anything is waited for.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	state, ok := r.make(ctx, plan, &resp.Diagnostics)
	if !ok {
		return
	}
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	timeout, diags := plan.Timeouts.Create(ctx, defaultTimeout)
	resp.Diagnostics.Append(diags...)
	r.follow(ctx, timeout, plan, &state, created, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// follow gives a source that was made or restarted its title, waits for its training, and reads what no answer had. planned is what the
// state has to keep.
func (r *Resource) follow(ctx context.Context, timeout time.Duration, planned resourceModel, state *resourceModel, after begun, diags *diag.Diagnostics) {
	title := planned.Title
	r.setTitle(ctx, title, state, diags)
	if planned.WaitForTraining.ValueBool() {
		waitCtx, cancel := context.WithTimeout(ctx, timeout)
		r.wait(waitCtx, state, after, diags)
		cancel()
		r.setTitle(ctx, title, state, diags) // the service may have written its own meanwhile
	} else if found, err := r.Hub.Source(hub.After(ctx, state.ModifiedAt.ValueString()), state.chatbot(), state.hubID()); err == nil {
		state.readWhole(found)
	}
	if !diags.HasError() { // otherwise the state tells what there is, for the next plan to mend
		state.keepPlanned(planned, diags)
	}
}

// setTitle asserts a title that is written.
func (r *Resource) setTitle(ctx context.Context, title types.String, state *resourceModel, diags *diag.Diagnostics) {
	if title.IsNull() || title.IsUnknown() || title.Equal(state.Title) || ctx.Err() != nil {
		return
	}
	answer, err := r.Hub.UpdateSourceTitle(ctx, state.chatbot(), state.hubID(), title.ValueString())
	if err != nil {
		if ctx.Err() == nil { // after Ctrl-C the next plan tells; an error would taint a source that is being trained
			state.failure("update").Report(diags, err)
		}
		return
	}
	if answer.ModifiedAt == "" { // a short answer: the list has it
		if found, err := r.Hub.Source(ctx, state.chatbot(), state.hubID()); err == nil {
			answer.ModifiedAt = found.ModifiedAt
		}
	}
	if state.readWhole(answer); answer.Title == nil {
		state.Title = title
	}
}

// keepPlanned puts back what the configuration writes and the service shows otherwise: only what the service owns follows its answer. A title
// that it did not take over is told.
func (m *resourceModel) keepPlanned(planned resourceModel, diags *diag.Diagnostics) {
	var r base.NotApplied
	m.Title = base.KeepPlanned(&r, "title", planned.Title, m.Title)
	r.Warn(diags, "source "+m.object())
	m.QA, m.URL, m.File, m.ReferenceSourceLink = planned.QA, planned.URL, planned.File, planned.ReferenceSourceLink
	for _, stable := range []struct{ to, from *types.String }{{&m.Type, &planned.Type}, {&m.FileName, &planned.FileName}, {&m.CreatedAt, &planned.CreatedAt}, {&m.ModifiedAt, &planned.ModifiedAt}, {&m.Status, &planned.Status}} {
		if !stable.from.IsUnknown() {
			*stable.to = *stable.from
		}
	}
	if !planned.FileSize.IsUnknown() {
		m.FileSize = planned.FileSize
	}
	if !planned.Tokens.IsUnknown() {
		m.Tokens = planned.Tokens
	}
	if !planned.Trained.IsUnknown() {
		m.Trained = planned.Trained
	}
}

// Read implements resource.Resource.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state resourceModel
	resp.Diagnostics.Append(base.Load(ctx, req.State, &state)...)
	resp.Diagnostics.Append(base.SaveIdentity(ctx, resp.Identity, state.identity())...)
	if resp.Diagnostics.HasError() || r.Hub == nil {
		return
	}
	found, err := r.Hub.Source(hub.After(ctx, state.ModifiedAt.ValueString()), state.chatbot(), state.hubID())
	switch {
	case hub.IsGone(err):
		base.Gone(ctx, req, resp, "source", "chatbot")
	case err != nil:
		state.failure("read").Report(&resp.Diagnostics, err)
	default:
		state.readWhole(found)
		resp.Diagnostics.Append(base.Save(ctx, &resp.State, state)...)
	}
}

// Update implements resource.Resource. Only the title and the training are the service's; everything else is taken on in the state.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan, state resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	timeout, diags := plan.Timeouts.Update(ctx, defaultTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	next := state
	next.File, next.QA, next.URL, next.ReferenceSourceLink = plan.File, plan.QA, plan.URL, plan.ReferenceSourceLink
	next.ContentSHA256, next.WaitForTraining, next.Timeouts, next.RetrainTriggers = plan.ContentSHA256, plan.WaitForTraining, plan.Timeouts, plan.RetrainTriggers
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	switch {
	case plan.trains(state):
		r.train(ctx, timeout, plan, state, &next, &resp.Diagnostics)
	default:
		r.setTitle(ctx, plan.Title, &next, &resp.Diagnostics)
		if ctx.Err() != nil && !next.Title.Equal(plan.Title) { // nobody can be blamed for not taking it over, and nothing is tainted by an update
			state.failure("update").Report(&resp.Diagnostics, context.Cause(ctx))
			break
		}
		next.keepPlanned(plan, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, next)...)
}

// train restarts the training where a trigger changed or the one before failed, and waits. A failed retrain keeps the old triggers, so that
// the next plan trains again.
func (r *Resource) train(ctx context.Context, timeout time.Duration, plan, state resourceModel, next *resourceModel, diags *diag.Diagnostics) {
	after := resumed
	if plan.retrains(state) || classify(state.Status.ValueString()).failed {
		after = restarted
		if err := retrain(ctx, r.Hub, next); err != nil {
			state.failure("train").Report(diags, err)
			next.RetrainTriggers = state.RetrainTriggers
			return
		}
		next.Status, next.Trained = types.StringNull(), types.BoolValue(false) // what it had is history, whatever is seen from here on
	}
	r.follow(ctx, timeout, plan, next, after, diags)
	if diags.HasError() {
		next.RetrainTriggers = state.RetrainTriggers
	}
}

// Delete implements resource.Resource. Deletes of one chatbot's sources go out together.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state resourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	if err := r.Hub.DeleteSource(ctx, state.chatbot(), state.hubID()); err != nil {
		state.failure("delete").Report(&resp.Diagnostics, err)
	}
}

// ImportState implements resource.ResourceWithImportState.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	defer base.Recover(&resp.Diagnostics)
	base.Import(ctx, req, resp, "chatbot_id", "id")
}
