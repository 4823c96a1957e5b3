package agent

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Keys of the private state of a default agent.
const (
	beforeKey    = "before"    // what takenOver holds
	uncheckedKey = "unchecked" // there until an agent that was imported or moved is known to be one that can be a default agent
)

// takenOver is what a default agent was before the resource took it over.
type takenOver struct {
	hub.AgentSettings
	Unsure bool `json:"unsure,omitempty"` // another resource may have changed the settings before
}

// unchecked reports whether an agent was imported or moved and not checked since.
func unchecked(ctx context.Context, private base.PrivateReader, diags *diag.Diagnostics) bool {
	mark, problems := private.GetKey(ctx, uncheckedKey)
	diags.Append(problems...)
	return mark != nil
}

// save stores t in the private state.
func (t takenOver) save(ctx context.Context, private base.PrivateWriter, diags *diag.Diagnostics) {
	raw, _ := json.Marshal(t) // can always be encoded
	diags.Append(private.SetKey(ctx, beforeKey, raw)...)
}

// inherit replaces t by what another resource knew of the agent, which is destroyed in the same run. If it knew nothing, t remains, and is not
// what the agent was before the other one.
func (t *takenOver) inherit(raw []byte, diags *diag.Diagnostics) {
	if raw == nil {
		t.Unsure = true
		return
	}
	if known, ok := parseTakenOver(raw, diags); ok {
		*t = known
	}
}

// parseTakenOver reads what save has stored.
func parseTakenOver(raw []byte, diags *diag.Diagnostics) (t takenOver, ok bool) {
	if err := json.Unmarshal(raw, &t); err != nil {
		diags.AddError("Invalid private state", "The private state of the default agent is damaged: the settings that a destroy restores cannot be read. "+
			"Remove the default agent from the state with \"terraform state rm\", which leaves the agent as it is.")
		return takenOver{}, false
	}
	return t, true
}
