package source

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// finish sets the title of a source that was created or restarted, waits for its training when it is planned, and reads what no response
// had.
func (r *Resource) finish(ctx context.Context, timeout time.Duration, plan resourceModel, state *resourceModel, after waitAfter, diags *diag.Diagnostics) {
	done := ""
	if after == afterCreate {
		done = base.Tainted("source")
	}
	r.setTitle(ctx, plan.Title, state, done, diags)
	if plan.WaitForTraining.ValueBool() {
		waitCtx, cancel := context.WithTimeout(ctx, timeout)
		r.wait(waitCtx, state, after, diags)
		cancel()
		r.setTitle(ctx, plan.Title, state, done, diags) // the training may have overwritten it
	} else if found, err := r.Hub.Source(ctx, state.chatbot(), state.hubID(), state.ModifiedAt.ValueString()); err == nil {
		state.read(found)
	}
}

// setTitle sends a configured title that differs from the state. It does nothing when the run was interrupted: the next plan shows the
// difference, and an error would taint a source whose training goes on. done is Failure.Done.
func (r *Resource) setTitle(ctx context.Context, title types.String, state *resourceModel, done string, diags *diag.Diagnostics) {
	if title.IsNull() || title.IsUnknown() || ctx.Err() != nil {
		return
	}
	if state.Title = base.PriorWriting(state.Title, title); state.Title.Equal(title) {
		return
	}
	updated, err := r.Hub.UpdateSourceTitle(ctx, state.chatbot(), state.hubID(), title.ValueString())
	if err != nil {
		if ctx.Err() == nil {
			f := state.failure("update")
			f.Done = done
			f.Report(diags, err)
		}
		return
	}
	if updated.ModifiedAt == "" { // a partial response
		if found, err := r.Hub.Source(ctx, state.chatbot(), state.hubID(), ""); err == nil {
			updated.ModifiedAt = found.ModifiedAt
		}
	}
	state.Title = title // what a partial response lacks, and the writing of an equal title
	state.read(updated)
}

// restarts reports whether an update begins a training: a trigger changed, the last training failed and the update waits, or it is too old and
// the plan leaves its results open.
func (m *resourceModel) restarts(state resourceModel, tooOld bool) bool {
	if m.needsTraining(state) {
		return m.triggersChanged(state) || hub.ParseTrainingStatus(state.Status.ValueString()).Failed
	}
	return tooOld && m.Status.IsUnknown()
}

// train begins a training if restart is true, and waits. After an error the old triggers stay in the state, so that the next apply trains again.
// It reports whether a training began.
func (r *Resource) train(ctx context.Context, timeout time.Duration, plan, state resourceModel, next *resourceModel, restart bool, diags *diag.Diagnostics) bool {
	after := afterInterruption
	if restart {
		after = afterRestart
		if err := next.restartTraining(ctx, r.Hub); err != nil {
			state.failure("train").Report(diags, err)
			next.RetrainTriggers = state.RetrainTriggers
			return false
		}
		next.Status, next.Trained = types.StringNull(), types.BoolValue(false) // the status before the restart says nothing about the new training
	}
	r.finish(ctx, timeout, plan, next, after, diags)
	if diags.HasError() {
		next.RetrainTriggers = state.RetrainTriggers
	}
	return restart
}

// restartTraining trains a source again.
func (m *resourceModel) restartTraining(ctx context.Context, c *hub.Client) error {
	return c.Train(ctx, m.chatbot(), m.hubID(), m.kind(hub.Source{}))
}
