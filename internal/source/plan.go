package source

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// ModifyPlan implements resource.ResourceWithModifyPlan. It looks at the file, decides between a replacement and an update in place, and
// plans an update where only waiting is left to do.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer base.Recover(&resp.Diagnostics)
	if req.Plan.Raw.IsNull() {
		return
	}
	var plan resourceModel
	resp.Diagnostics.Append(base.Load(ctx, req.Plan, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	content, ok := plan.inspect(ctx, &resp.Diagnostics)
	if !ok {
		return
	}
	before := plan
	plan.planContent(content)
	if req.Plan.Raw.Equal(req.State.Raw) && plan.ContentSHA256.Equal(before.ContentSHA256) && !plan.trains(before) {
		return // as most sources of most plans, of which there can be thousands
	}
	if req.State.Raw.IsNull() {
		if !plan.File.IsNull() && !plan.File.IsUnknown() && !content.managed && !content.unknown {
			resp.Diagnostics.AddAttributeError(path.Root("file"), "File without content",
				"A file that is not there yet needs its content: write path, content or content_base64. With a name alone, file stands for an object that exists and is imported.")
		}
		resp.Diagnostics.Append(base.SavePlan(ctx, &resp.Plan, plan)...)
		return
	}
	var state, config resourceModel
	resp.Diagnostics.Append(base.Load(ctx, req.State, &state)...)
	resp.Diagnostics.Append(base.Load(ctx, req.Config, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.RequiresReplace = append(resp.RequiresReplace, plan.replacedBy(state, content)...)
	if len(resp.RequiresReplace) == 0 {
		plan.inPlace(state, config)
	}
	resp.Diagnostics.Append(base.SavePlan(ctx, &resp.Plan, plan)...)
}

// inspect looks at the file that is planned and reports what is wrong with it.
func (m *resourceModel) inspect(ctx context.Context, diags *diag.Diagnostics) (content, bool) {
	c, err := inspect(ctx, m.File)
	doubt := ""
	if err == nil && c.name != "" && c.managed {
		doubt, err = c.judgeName()
	}
	var p *problem
	switch {
	case errors.As(err, &p):
		// At the root: Terraform shows no line for a member.
		diags.AddAttributeError(path.Root("file"), "Unusable file", fmt.Sprintf("This file cannot be a source. About file.%s: %s.", p.member, p.text))
		return c, false
	case err != nil:
		diags.AddAttributeError(path.Root("file"), "Unusable file", err.Error())
		return c, false
	case doubt != "" && m.ID.IsUnknown():
		diags.AddAttributeWarning(path.Root("file"), "Unknown kind of file", doubt)
	}
	return c, true
}

// planContent plans the hash: it is known where the content is.
func (m *resourceModel) planContent(c content) {
	switch {
	case c.unknown:
		m.ContentSHA256 = types.StringUnknown()
	case c.managed:
		m.ContentSHA256 = types.StringValue(c.sum)
	default:
		m.ContentSHA256 = types.StringNull()
	}
}

// replacedBy gives the attributes whose change replaces the source. What the service does not show is null after an import and is then
// taken on in place, without a replacement (schema.md).
func (m *resourceModel) replacedBy(state resourceModel, c content) path.Paths {
	var paths path.Paths
	add := func(name string, replaced bool) {
		if replaced {
			paths = append(paths, path.Root(name))
		}
	}
	replaced := m.fileReplaced(state, c)
	add("file", replaced)
	add("content_sha256", replaced) // core looks only at attributes that differ, and a changed file need not change `file`
	add("qa", !m.QA.Equal(state.QA) && !takenOn(m.QA, state.QA))
	add("url", !m.URL.Equal(state.URL) && !state.URL.IsNull() || m.URL.IsNull() != state.URL.IsNull())
	add("reference_source_link", !m.ReferenceSourceLink.Equal(state.ReferenceSourceLink) && !state.ReferenceSourceLink.IsNull())
	return paths
}

// takenOn says whether a question or an answer that the service did not show is written now, or one is written differently that means
// the same, with nothing else changed.
func takenOn(plan, state types.Object) bool {
	if plan.IsNull() || plan.IsUnknown() || state.IsNull() {
		return false
	}
	for name, was := range state.Attributes() {
		if !was.IsNull() && !sameText(was, plan.Attributes()[name]) {
			return false
		}
	}
	return true
}

// fileReplaced compares names and contents, not paths. For a content that was not managed so far, the size is all there is to compare.
func (m *resourceModel) fileReplaced(state resourceModel, c content) bool {
	switch {
	case m.File.IsNull() || state.File.IsNull():
		return m.File.IsNull() != state.File.IsNull()
	case c.unknown:
		return !m.File.Equal(state.File)
	case !m.File.Equal(state.File) && c.name != "" && c.name != state.FileName.ValueString():
		return true
	case !c.managed:
		return false
	case state.ContentSHA256.IsNull():
		size := state.FileSize.ValueInt64() // 0 where the service has not said it yet
		return size > 0 && size != c.size
	}
	return state.ContentSHA256.ValueString() != c.sum
}

// inPlace plans what an update does. Computed values stay what they are unless the service is to train or to wait for.
func (m *resourceModel) inPlace(state, config resourceModel) {
	keep(&m.FileSize, state.FileSize)
	keep(&m.Type, state.Type)
	keep(&m.FileName, state.FileName)
	if m.trains(state) {
		m.Status, m.Trained, m.Tokens, m.ModifiedAt = types.StringUnknown(), types.BoolUnknown(), types.Int64Unknown(), types.StringUnknown()
		m.FileSize = types.Int64Unknown()
		if config.Title.IsNull() {
			m.Title = types.StringUnknown()
		}
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

// keep replaces an unknown value by the one there was.
func keep[T attr.Value](v *T, prior T) {
	if (*v).IsUnknown() {
		*v = prior
	}
}

// retrains says whether a trigger changed. The first triggers that are written are only taken on, and their removal means nothing.
func (m *resourceModel) retrains(state resourceModel) bool {
	return !state.RetrainTriggers.IsNull() && !m.RetrainTriggers.IsNull() && !m.RetrainTriggers.Equal(state.RetrainTriggers)
}

// trains says whether an update trains the source or waits for it.
func (m *resourceModel) trains(state resourceModel) bool {
	waits := m.WaitForTraining.IsUnknown() || m.WaitForTraining.ValueBool()
	return m.retrains(state) || waits && !classify(state.Status.ValueString()).done
}
