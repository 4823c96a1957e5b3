package message

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// An unresolved message is one whose id is not known: the question was sent, and afterwards no list of messages could be read. The resource
// stays in the state without an id, because otherwise nothing would manage the message and the next run would ask again.

// sinceKey is the key in private state of the time from which an unresolved message can exist.
const sinceKey = "asked_since"

// encodeSince returns the value of sinceKey.
func encodeSince(at time.Time) []byte {
	raw, _ := json.Marshal(at.UTC().Format(time.RFC3339)) // a string is always valid
	return raw
}

// decodeSince reads the value of sinceKey.
func decodeSince(raw []byte) (time.Time, error) {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return time.Time{}, err
	}
	return time.Parse(time.RFC3339, text)
}

// unresolved returns the state of a message whose id is not known.
func (m *resourceModel) unresolved() resourceModel {
	return resourceModel{SessionID: m.SessionID, Triggers: m.Triggers, model: model{Query: m.Query, Citations: types.ListNull(citationType)}}
}

// find finds a message by its id, or an unresolved one by its question.
func (r *Resource) find(ctx context.Context, m resourceModel, private base.PrivateReader, diags *diag.Diagnostics) (hub.Message, error) {
	if !m.ID.IsNull() {
		return r.Hub.Message(ctx, m.session(), m.hubID(), m.ModifiedAt.ValueString())
	}
	raw, more := private.GetKey(ctx, sinceKey)
	diags.Append(more...)
	since, err := decodeSince(raw)
	if err != nil {
		return hub.Message{}, &hub.GoneError{What: "the message"}
	}
	found, err := r.Hub.ResolveQuestion(ctx, m.session(), m.Query.ValueString(), since)
	if asked, ok := errors.AsType[*hub.AskError](err); ok {
		m.reportAmbiguous(asked, diags)
	}
	return found, err
}
