package knowledgebase

import (
	"context"
	"fmt"
	"maps"
	"slices"
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
	_ resource.ResourceWithImportState      = &Resource{}
	_ resource.ResourceWithModifyPlan       = &Resource{}
)

// The default timeouts.
const (
	defaultTimeout       = time.Hour
	defaultDeleteTimeout = 30 * time.Minute
)

// NewResource makes the resource aichatbothub_knowledge_base.
func NewResource() resource.Resource { return &Resource{} }

// Resource is aichatbothub_knowledge_base.
type Resource struct{ base.Resource }

// Metadata implements resource.Resource.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_knowledge_base"
}

// Create implements resource.Resource. A part that fails is a warning: Terraform would delete and upload everything again after an error.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan, config model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	timeout, diags := plan.Timeouts.Create(ctx, defaultTimeout)
	resp.Diagnostics.Append(diags...)
	w, c := r.begin(ctx, plan, model{}, config.inputs, newProgress(), &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	limited, cancel := context.WithTimeout(ctx, timeout)
	err := w.run(limited, c)
	cancel()
	if err != nil {
		plan.failure("create").Report(&resp.Diagnostics, err)
		return
	}
	state := plan
	state.ID = types.StringValue(base.RandomID())
	state.result(w)
	if len(w.ids) == 0 && len(w.failed) > 0 && w.left.none() {
		resp.Diagnostics.AddError("Unable to create knowledge base", fmt.Sprintf("Knowledge base %s: no source was created.%s", plan.object(), w.reasons()))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, progressKey, w.left.encode())...)
	w.warn(state, len(base.StringMap(plan.Content)), &resp.Diagnostics)
}

// Read implements resource.Resource. It reads the chatbot's list of sources.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || r.Hub == nil {
		return
	}
	left, diags := loadProgress(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	sources, err := r.Hub.SourcesWith(ctx, state.chatbot(), slices.Collect(maps.Values(state.sources())), left.WrittenAt)
	switch {
	case hub.IsGone(err):
		resp.State.RemoveResource(ctx)
	case err != nil:
		state.failure("read").Report(&resp.Diagnostics, err)
	default:
		if vanished := state.refresh(sources); len(vanished) > 0 {
			for _, key := range vanished {
				left.Vanished[key] = true
			}
			resp.Diagnostics.Append(resp.Private.SetKey(ctx, progressKey, left.encode())...)
		}
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	}
}

// Update implements resource.Resource. A part that fails is an error, which keeps what was done.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan, state, config model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	left, diags := loadProgress(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	next := plan
	state.renameKeys(plan.inputs, left)
	if !plan.Revision.IsUnknown() { // only settings changed
		resp.Diagnostics.Append(resp.State.Set(ctx, next)...)
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, progressKey, left.encode())...)
		return
	}
	timeout, diags := plan.Timeouts.Update(ctx, defaultTimeout)
	resp.Diagnostics.Append(diags...)
	w, c := r.begin(ctx, plan, state, config.inputs, left, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	limited, cancel := context.WithTimeout(ctx, timeout)
	err := w.run(limited, c)
	cancel()
	if err != nil {
		state.failure("update").Report(&resp.Diagnostics, err)
		return
	}
	next.result(w)
	if w.idle(c) { // a page could have been too old
		next.Revision = state.Revision
		if !w.wait {
			next.Trained = state.Trained
		}
	}
	w.reportUpdate(&next, state, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, next)...)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, progressKey, w.left.encode())...)
}

// Delete implements resource.Resource.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	timeout, diags := state.Timeouts.Delete(ctx, defaultDeleteTimeout)
	resp.Diagnostics.Append(diags...)
	left, diags := loadProgress(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	w := newWork(r, state, state, left)
	for _, s := range left.Successors {
		w.ids[obsoleteKey(s.ID)] = s.ID
	}
	for _, id := range left.Obsolete {
		w.ids[obsoleteKey(id)] = id
	}
	w.deleteKeys(ctx, base.SortedKeys(w.ids))
	if len(w.ids) == 0 {
		return
	}
	state.SourceIDs, state.Failed = base.StringMapValue(w.ids), base.StringMapValue(w.failed)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.AddError("Unable to delete knowledge base", fmt.Sprintf("Knowledge base %s: %s.%s", state.object(), base.Count(len(w.ids), "source")+" could not be deleted", w.reasons()))
}

// ImportState implements resource.ResourceWithImportState.
func (r *Resource) ImportState(_ context.Context, _ resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	defer base.Recover(&resp.Diagnostics)
	resp.Diagnostics.AddError("A knowledge base cannot be imported",
		"The service has no knowledge bases, only sources, so there is nothing to import. To manage sources that exist, write the resource with adopt = true: the apply takes over the sources with the same file name and size, the same question and answer, or the same address.")
}

// begin reads the documents of the configuration and returns what is to be done. Documents that are not those of the plan fail.
func (r *Resource) begin(ctx context.Context, plan, state model, config inputs, left progress, diags *diag.Diagnostics) (*work, changes) {
	all, _ := documentsOf(ctx, config, diags)
	if diags.HasError() {
		return nil, changes{}
	}
	w := newWork(r, plan, state, left)
	planned := base.StringMap(plan.Content)
	var kept []document
	for _, d := range all {
		switch hash, found := planned[d.key]; {
		case !found: // a file that is newer than the plan: the next plan has it
		case hash != d.hash:
			w.failed[d.key] = errChanged.Error()
		default:
			kept = append(kept, d)
		}
		delete(planned, d.key)
	}
	for key := range planned {
		w.failed[key] = "the file no longer exists. Make sure that nothing changes the folder while Terraform runs, and apply again"
	}
	w.dropSuccessors(kept, base.StringMap(state.Failed))
	c := compare(kept, state, left, w.trigger)
	c.remove = withoutKeys(c.remove, base.StringMap(plan.Content))
	if c.none() && left.none() && len(w.failed) == 0 && !plan.waitsFor(state) {
		c.train = plan.oldPages(kept, state, left, time.Now())
	}
	if plan.waitsFor(state) {
		w.awaitUntrained(kept, c)
	}
	return w, c
}
