package source

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// ModifyPlan implements resource.ResourceWithModifyPlan. It hashes the file, decides whether a changed file replaces the source, and plans an
// update when the source still has to be trained.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer base.Recover(&resp.Diagnostics)
	r.PlanParents(req, resp, "chatbot_id")
	if req.Plan.Raw.IsNull() {
		return
	}
	var plan resourceModel
	resp.Diagnostics.Append(base.Load(ctx, req.Plan, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	exists := !req.State.Raw.IsNull()
	content, ok := r.readFile(ctx, plan, exists, &resp.Diagnostics)
	defer content.close()
	if !ok {
		return
	}
	before := plan
	plan.planContentHash(content)
	if req.Plan.Raw.Equal(req.State.Raw) && plan.ContentSHA256.Equal(before.ContentSHA256) && !plan.needsTraining(before) && !before.isTooOld(ctx, req.Private, plan.MaxAge) {
		r.useName(plan, content, false, &resp.Diagnostics)
		r.useAddress(plan, plan.URL, false, &resp.Diagnostics)
		return // nothing changes, as for most sources of a plan, of which there can be thousands
	}
	if !exists {
		if !plan.File.IsNull() && !plan.File.IsUnknown() && !content.managed && !content.unknown {
			resp.Diagnostics.AddAttributeError(path.Root("file"), "Missing file content",
				"To create a source, set one of path, content and content_base64. A file with a name alone is only for a source that exists and is imported.")
		}
		if warning := content.typeWarning(); warning != "" {
			resp.Diagnostics.AddAttributeWarning(path.Root("file"), "Unknown file type", warning)
		}
		r.useName(plan, content, true, &resp.Diagnostics)
		r.useAddress(plan, plan.URL, true, &resp.Diagnostics)
		resp.Diagnostics.Append(base.SavePlan(ctx, &resp.Plan, plan)...)
		return
	}
	var state, config resourceModel
	resp.Diagnostics.Append(base.Load(ctx, req.State, &state)...)
	resp.Diagnostics.Append(base.Load(ctx, req.Config, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	replaced := plan.fileReplaced(ctx, state, content)
	resp.RequiresReplace = append(resp.RequiresReplace, plan.planAddresses(state, config)...)
	r.useName(plan, content, replaced, &resp.Diagnostics)
	r.useAddress(plan, config.URL, len(resp.RequiresReplace) > 0, &resp.Diagnostics)
	if replaced {
		// Core ignores paths without a difference, and a file that changed on disk need not change the attribute file.
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("file"), path.Root("content_sha256"))
	} else {
		plan.keepFile(state, content)
		plan.planUpdate(state, config)
		plan.planAge(state, config, state.isTooOld(ctx, req.Private, plan.MaxAge))
	}
	resp.Diagnostics.Append(base.SavePlan(ctx, &resp.Plan, plan)...)
}

// readFile reads the planned file. exists reports whether the source does. It returns false when it reports an error. The caller closes the
// file in both cases.
func (r *Resource) readFile(ctx context.Context, m resourceModel, exists bool, diags *diag.Diagnostics) (fileContent, bool) {
	c, err := readFile(ctx, m.File, exists && m.ContentChanges.ValueString() == contentIgnored)
	if err == nil && c.name != "" && c.managed {
		err = c.checkName()
	}
	deleted := ""
	if err != nil && !exists {
		deleted = r.deletedText(m.chatbot(), c.name)
	}
	var fileErr *fileError
	switch {
	case errors.As(err, &fileErr):
		// At the root attribute, because Terraform shows no line for a nested one.
		diags.AddAttributeError(path.Root("file"), "Invalid file", fmt.Sprintf("file.%s: %s.%s", fileErr.attribute, fileErr.text, deleted))
		return c, false
	case err != nil:
		diags.AddAttributeError(path.Root("file"), "Invalid file", err.Error()+deleted)
		return c, false
	}
	return c, true
}

// planContentHash plans content_sha256. It is known when the content is.
func (m *resourceModel) planContentHash(c fileContent) {
	switch {
	case c.ignored: // the state has the hash of the content that was uploaded
	case c.unknown:
		m.ContentSHA256 = types.StringUnknown()
	case c.managed:
		m.ContentSHA256 = types.StringValue(c.sha256)
	default:
		m.ContentSHA256 = types.StringNull()
	}
}

// fileReplaced reports whether the file replaces the source. It compares names and contents, not paths. For a content that was not managed
// before, only the size can be compared.
func (m *resourceModel) fileReplaced(ctx context.Context, state resourceModel, c fileContent) bool {
	switch {
	case m.File.IsNull() || state.File.IsNull():
		return m.File.IsNull() != state.File.IsNull() && !m.recordsURL(state)
	case c.unknown && !c.ignored:
		return !m.File.Equal(state.File)
	case !m.File.Equal(state.File) && c.name != "" && !hub.SameName(c.name, state.FileName.ValueString()) && !hub.SameName(c.name, priorName(ctx, state.File)):
		return true
	case c.ignored || !c.managed:
		return false
	case state.ContentSHA256.IsNull():
		size := state.FileSize.ValueInt64() // 0 when the service has not returned it yet
		return size > 0 && size != c.size
	}
	return state.ContentSHA256.ValueString() != c.sha256
}

// priorName returns the file name that the configuration had, which the service may have changed.
func priorName(ctx context.Context, o types.Object) string {
	var f file
	if o.As(ctx, &f, basetypes.ObjectAsOptions{}).HasError() {
		return ""
	}
	return f.effectiveName()
}

// keepFile plans the prior value of file where a difference would only be recorded: the content is ignored, or a file with the name and the
// content of the source has another path, as in another checkout of the configuration.
func (m *resourceModel) keepFile(state resourceModel, c fileContent) {
	if m.File.IsNull() || state.File.IsNull() {
		return
	}
	prior, _ := state.File.Attributes()["path"].(types.String)
	samePath := c.path != "" && prior.ValueString() != "" && m.ContentSHA256.Equal(state.ContentSHA256)
	if c.ignored || samePath {
		m.File = state.File
	}
}

// planUpdate plans the computed values of an update. They keep their values unless the update trains the source or waits for it.
func (m *resourceModel) planUpdate(state, config resourceModel) {
	keepKnown(&m.FileSize, state.FileSize)
	keepKnown(&m.Type, state.Type)
	keepKnown(&m.FileName, state.FileName)
	keepKnown(&m.ContentSHA256, state.ContentSHA256)
	if m.needsTraining(state) {
		m.planTraining(config)
		return
	}
	m.Status, m.Trained, m.Tokens = state.Status, state.Trained, state.Tokens
	if config.Title.IsNull() {
		m.Title = state.Title
	}
	if m.Title.Equal(state.Title) {
		m.ModifiedAt = state.ModifiedAt
	}
}

// planTraining plans what a training can change.
func (m *resourceModel) planTraining(config resourceModel) {
	m.Status, m.Trained, m.Tokens, m.ModifiedAt = types.StringUnknown(), types.BoolUnknown(), types.Int64Unknown(), types.StringUnknown()
	m.FileSize = types.Int64Unknown()
	if config.Title.IsNull() {
		m.Title = types.StringUnknown()
	}
}

// keepKnown replaces an unknown value by the prior one.
func keepKnown[T attr.Value](v *T, prior T) {
	if (*v).IsUnknown() {
		*v = prior
	}
}

// triggersChanged reports whether retrain_triggers require a training.
func (m *resourceModel) triggersChanged(state resourceModel) bool {
	return base.TriggersChanged(m.RetrainTriggers, state.RetrainTriggers)
}

// needsTraining reports whether an update trains the source or waits for its training.
func (m *resourceModel) needsTraining(state resourceModel) bool {
	waits := m.WaitForTraining.IsUnknown() || m.WaitForTraining.ValueBool()
	return m.triggersChanged(state) || waits && !hub.ParseTrainingStatus(state.Status.ValueString()).Trained
}

const replaceQAText = "A change replaces the source. A question or answer that was not known after an import is only stored in the state, and leading and trailing white space is ignored."

// replaceQA requires replacement when the question or the answer changes, except as replaceQAText says.
func replaceQA() planmodifier.Object {
	return objectplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.ObjectRequest, resp *objectplanmodifier.RequiresReplaceIfFuncResponse) {
		resp.RequiresReplace = !storableQA(req.PlanValue, req.StateValue)
	}, replaceQAText, replaceQAText)
}

// storableQA reports whether the plan only adds a question or an answer that the state lacks.
func storableQA(plan, state types.Object) bool {
	if plan.IsNull() || plan.IsUnknown() || state.IsNull() {
		return false
	}
	for name, prior := range state.Attributes() {
		if !prior.IsNull() && !base.PriorWriting(plan.Attributes()[name], prior).Equal(prior) {
			return false
		}
	}
	return true
}
