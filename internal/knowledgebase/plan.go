package knowledgebase

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// ModifyPlan implements resource.ResourceWithModifyPlan. It lists the documents and plans the computed attributes. What is planned depends
// neither on the service nor, unless nothing else changes, on the time: core plans once more in the apply, and both plans must agree.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer base.Recover(&resp.Diagnostics)
	r.PlanParents(req, resp, "chatbot_id")
	var plan, state model
	exists := !req.State.Raw.IsNull()
	if exists {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if req.Plan.Raw.IsNull() {
		// Where the plan has the chatbot first, the chatbot's own warning says it. A destroy of all plans the knowledge base first.
		if gone := state.deletes(); gone != "" && !r.Managed.Deleted(state.chatbot()) {
			resp.Diagnostics.AddWarning(fmt.Sprintf("Destroying knowledge base %s deletes its sources", state.ID.ValueString()), gone)
		}
		return
	}
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if gone := state.deletes(); len(resp.RequiresReplace) > 0 && gone != "" {
		resp.Diagnostics.AddWarning(fmt.Sprintf("Replacing knowledge base %s deletes its sources", state.ID.ValueString()), gone)
	}
	all, known := documentsOf(ctx, plan.inputs, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if !exists || len(resp.RequiresReplace) > 0 {
		plan.planCreate(all, known)
		r.warnNotTakenOver(ctx, plan, all, &resp.Diagnostics)
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
		return
	}
	left, diags := loadProgress(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	state.renameKeys(plan.inputs, left)
	plan.planUpdate(all, known, state, left, time.Now())
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
}

// deletes returns how many sources the deletion of the knowledge base deletes; "" if it has none.
func (m *model) deletes() string {
	if n := len(m.sources()); n > 0 {
		return fmt.Sprintf("The apply deletes %s of chatbot %s. Agents no longer answer from them.", base.Count(n, "source"), m.ChatbotID.ValueString())
	}
	return ""
}

// planCreate plans the computed attributes of a create. Which documents fail is not known before, and a planned map may not lose a key, so the
// maps of the results are unknown.
func (m *model) planCreate(all []document, known bool) {
	m.planContent(all, known)
	m.SourceIDs, m.Failed = types.MapUnknown(types.StringType), types.MapUnknown(types.StringType)
	m.Trained, m.Revision = types.BoolUnknown(), types.StringUnknown()
}

// planContent plans the hashes of the documents.
func (m *model) planContent(all []document, known bool) {
	if !known {
		m.Content, m.ContentSHA256 = types.MapUnknown(types.StringType), types.StringUnknown()
		return
	}
	content := contentOf(all)
	m.Content, m.ContentSHA256 = base.StringMapValue(content), types.StringValue(hashOfAll(content))
}

// planUpdate plans the computed attributes of an update. If it does all that is planned, nothing fails and everything is trained, so these are
// known; otherwise it ends with an error.
func (m *model) planUpdate(all []document, known bool, state model, left progress, now time.Time) {
	m.keepPath(state)
	m.planContent(all, known)
	if !known {
		m.SourceIDs, m.Failed = types.MapUnknown(types.StringType), types.MapUnknown(types.StringType)
		m.Trained, m.Revision = types.BoolUnknown(), types.StringUnknown()
		return
	}
	c := compare(all, state, left, m.trigger(state))
	nothing := c.none() && left.none() && !m.waitsFor(state)
	m.SourceIDs, m.Failed, m.Trained, m.Revision = state.SourceIDs, state.Failed, state.Trained, state.Revision
	if nothing && len(m.oldPages(all, state, left, now)) == 0 && !m.ageCanPass(state) {
		return
	}
	m.Revision, m.Failed = types.StringUnknown(), base.StringMapValue(map[string]string{})
	m.Trained = types.BoolUnknown()
	if m.WaitForTraining.ValueBool() {
		m.Trained = types.BoolValue(true)
	}
	fresh, ids := c.newIDs(), state.sources()
	planned := make(map[string]attr.Value, len(all))
	for _, d := range all {
		if fresh[d.key] || left.isReplaced(d.key) {
			planned[d.key] = types.StringUnknown()
		} else {
			planned[d.key] = types.StringValue(string(ids[d.key]))
		}
	}
	m.SourceIDs = types.MapValueMust(types.StringType, planned)
}

// keepPath plans the prior path of the folder while nothing else of it changes: the path differs between checkouts of a configuration.
func (m *model) keepPath(state model) {
	if m.Folder.IsNull() || m.Folder.IsUnknown() || state.Folder.IsNull() {
		return
	}
	next := m.Folder.Attributes()
	next["path"] = state.Folder.Attributes()["path"]
	m.Folder = types.ObjectValueMust(m.Folder.AttributeTypes(context.Background()), next)
}

// trigger returns the hash of retrain_triggers if they require a training, or "". Values that are not known yet have none that is in use.
func (m *model) trigger(state model) string {
	triggers := base.StringMap(m.RetrainTriggers)
	switch {
	case !base.TriggersChanged(m.RetrainTriggers, state.RetrainTriggers):
		return ""
	case m.RetrainTriggers.IsUnknown() || len(triggers) < len(m.RetrainTriggers.Elements()):
		return "unknown"
	}
	return hashOfAll(triggers)
}

// waitsFor reports whether an update waits for a training that is in progress.
func (m *model) waitsFor(state model) bool {
	return (m.WaitForTraining.IsUnknown() || m.WaitForTraining.ValueBool()) && !state.Trained.ValueBool()
}

// ageCanPass reports whether a page can be older than pages_max_age in the apply although none is in the plan, because that changes. The plan
// then leaves open whether anything is sent.
func (m *model) ageCanPass(state model) bool {
	return base.AgeChanges(m.PagesMaxAge, state.PagesMaxAge) && len(m.Pages.Elements()) > 0
}

// changesElse reports whether an argument other than pages_max_age changes.
func (m *model) changesElse(state model) bool {
	return !m.ChatbotID.Equal(state.ChatbotID) || !m.Folder.Equal(state.Folder) || !m.Questions.Equal(state.Questions) || !m.Pages.Equal(state.Pages) ||
		!m.Replace.Equal(state.Replace) || !m.WaitForTraining.Equal(state.WaitForTraining) || !m.RetrainTriggers.Equal(state.RetrainTriggers) ||
		!m.Adopt.Equal(state.Adopt) || !m.Timeouts.Equal(state.Timeouts)
}

// oldPages returns the pages whose training is older than pages_max_age. There are none where anything else changes: an age that passes between
// the plan and the apply would make the final plan contradict the plan. Where nothing changes, there is no apply.
func (m *model) oldPages(all []document, state model, left progress, now time.Time) []document {
	if m.PagesMaxAge.IsNull() || m.changesElse(state) && !m.ageCanPass(state) {
		return nil
	}
	var old []document
	ids := state.sources()
	for _, d := range all {
		if _, exists := ids[d.key]; exists && d.kind == hub.SourceOfPage && base.TooOld(m.PagesMaxAge, left.TrainedAt[d.key], now) {
			old = append(old, d)
		}
	}
	return old
}
