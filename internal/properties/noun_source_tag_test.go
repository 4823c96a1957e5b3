package properties_test

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

var sourceTagFacts = facts{
	edits: map[string]edit{
		"name":        tag(func(g *mockhub.SourceTag) { g.Name += " 2" }),
		"color":       tag(func(g *mockhub.SourceTag) { g.Color = "#123456" }),
		"source_ids":  tag(func(g *mockhub.SourceTag) { g.DataSourceUUIDs = g.DataSourceUUIDs[:len(g.DataSourceUUIDs)/2] }),
		"created_at":  tag(func(g *mockhub.SourceTag) { g.CreatedAt = past }),
		"modified_at": tag(func(g *mockhub.SourceTag) { g.ModifiedAt = past }),
	},
	specials: map[string]special{
		"chatbot_id": sharedChatbot,
		"color":      one(strings.Fields(colors)...),
		"source_ids": sources,
	},
	example: func(e example) map[string]tftypes.Value {
		return map[string]tftypes.Value{"chatbot_id": str(e.chatbot), "name": str("Prices"), "color": str("#0071F9"), "source_ids": texts(e.types["source_ids"], e.sources...)}
	},
}

func tag(f func(*mockhub.SourceTag)) edit {
	return func(h *mockhub.Hub, id string) bool { return h.EditTag(id, f) }
}
