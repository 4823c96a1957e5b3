package properties_test

import (
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

var messageFacts = facts{
	edits: map[string]edit{
		"query":         message(func(m *mockhub.Message) { m.Query += " 2" }),
		"response":      message(func(m *mockhub.Message) { m.Response += " 2" }),
		"finish_reason": message(func(m *mockhub.Message) { m.FinishReason = "other" }),
		"error_message": message(func(m *mockhub.Message) { m.ErrorMessage += "It broke." }),
		"citations": message(func(m *mockhub.Message) {
			m.Citations = append(m.Citations, mockhub.Citation{Key: "9.9", DataSourceUUID: "4347", Title: "t", Text: "x", FileName: "f", Type: "upload"})
		}),
		"created_at":  message(func(m *mockhub.Message) { m.CreatedAt = past }),
		"modified_at": message(func(m *mockhub.Message) { m.ModifiedAt = past }),
	},
	unchangeable: map[string]string{
		"triggers":            "kept in Terraform's state only",
		"citations.key":       "shown with citations",
		"citations.source_id": "shown with citations",
		"citations.title":     "shown with citations",
		"citations.text":      "shown with citations",
		"citations.file_name": "shown with citations",
		"citations.type":      "shown with citations",
	},
	specials: map[string]special{
		"session_id": func(w *fixture, t *rapid.T, _ tftypes.Type) tftypes.Value {
			return str(rapid.SampledFrom(w.sessions).Draw(t, "session"))
		},
	},
	example: func(e example) map[string]tftypes.Value {
		return map[string]tftypes.Value{"session_id": str(e.sessions[0]), "query": str("How much?")}
	},
}

func message(f func(*mockhub.Message)) edit {
	return func(h *mockhub.Hub, id string) bool { return h.EditMessage(id, f) }
}
