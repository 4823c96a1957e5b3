package source

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// trainedAtKey is the key of private state for the time at which this provider began the last training of a page. It is no attribute, because
// it would change in every update that trains.
const trainedAtKey = "trained_at"

// isTooOld reports whether the last training of a page in the state is older than a limit. It began at the time in private state. A source that
// was imported has none: then the last time that the service shows counts, and a service that shows no time has no page that is too old.
func (m *resourceModel) isTooOld(ctx context.Context, private base.PrivateReader, limit types.String) bool {
	if limit.IsNull() {
		return false // as for most sources of a plan
	}
	var began time.Time
	raw, _ := private.GetKey(ctx, trainedAtKey) // the key is valid
	if json.Unmarshal(raw, &began) != nil {
		for _, shown := range []types.String{m.CreatedAt, m.ModifiedAt} {
			if at, err := time.Parse(time.RFC3339, shown.ValueString()); err == nil && at.After(began) {
				began = at
			}
		}
	}
	return base.TooOld(limit, began, time.Now())
}

// saveTrainedAt stores that the training of a page begins now. Other sources have no limit for the age of a training.
func (m *resourceModel) saveTrainedAt(ctx context.Context, private base.PrivateWriter) diag.Diagnostics {
	if m.URL.IsNull() {
		return nil
	}
	raw, _ := json.Marshal(time.Now().UTC()) // can always be encoded
	return private.SetKey(ctx, trainedAtKey, raw)
}

// planAge leaves the results of a training open when the age of the last one may require another: it is too old and nothing else changes, or
// max_age changes. An age that passes between the plan and the apply would make the final plan contradict the plan. Where nothing changes, there
// is no apply.
func (m *resourceModel) planAge(state, config resourceModel, tooOld bool) {
	if base.AgeChanges(m.MaxAge, state.MaxAge) || tooOld && base.Same(state, *m, "") {
		m.planTraining(config)
	}
}
