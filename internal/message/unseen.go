package message

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// sinceKey is where private state remembers when a question was asked of which no list of messages could be had.
const sinceKey = "asked_since"

// private is the part of private state that is read.
type private interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// since is the value of sinceKey.
func since(at time.Time) []byte {
	raw, err := json.Marshal(at.UTC().Format(time.RFC3339))
	if err != nil { // a text
		return nil
	}
	return raw
}

// unseen is the state of a question of whose message nothing is known. It is kept, because the message would belong to nobody, and the next
// run would ask again.
func (m *resourceModel) unseen() resourceModel {
	return resourceModel{SessionID: m.SessionID, Triggers: m.Triggers, model: model{Query: m.Query, Citations: types.ListNull(citationType)}}
}

// find looks the message up: by its id or, where the list of messages could not be had when the question was asked, by the question.
func (r *Resource) find(ctx context.Context, m resourceModel, kept private, diags *diag.Diagnostics) (hub.Message, error) {
	if !m.ID.IsNull() {
		return r.Hub.Message(hub.After(ctx, m.ModifiedAt.ValueString()), m.session(), m.hubID())
	}
	raw, problems := kept.GetKey(ctx, sinceKey)
	diags.Append(problems...)
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return hub.Message{}, &hub.GoneError{What: "the message"}
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return hub.Message{}, &hub.GoneError{What: "the message"}
	}
	found, err := r.Hub.Asked(ctx, m.session(), m.Query.ValueString(), at)
	if asked, ok := errors.AsType[*hub.AskError](err); ok {
		m.severalAsked(asked, diags)
	}
	return found, err
}

// severalAsked reports that the message of a question cannot be told from others.
func (m *resourceModel) severalAsked(asked *hub.AskError, diags *diag.Diagnostics) {
	var lines []string
	for _, id := range asked.Candidates {
		lines = append(lines, "  "+string(id))
	}
	diags.AddError("Message not found", "Message "+m.object()+": "+asked.Reason+", and it cannot be told which one is its own:\n\n"+strings.Join(lines, "\n")+
		"\n\nCompare them in the web app or with the data source aichatbothub_messages, delete what nobody needs, and apply again.")
}
