package properties_test

import (
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

var sessionFacts = facts{
	edits: map[string]edit{
		"initial_variables": session(func(s *mockhub.Session) {
			for name := range s.InitialVariables {
				s.InitialVariables[name] = "Somebody else's."
			}
		}),
		"created_at":  session(func(s *mockhub.Session) { s.CreatedAt = past }),
		"modified_at": session(func(s *mockhub.Session) { s.ModifiedAt = past }),
	},
	specials: map[string]special{
		"chatbot_id": sharedChatbot,
	},
	example: func(e example) map[string]tftypes.Value {
		return map[string]tftypes.Value{"chatbot_id": str(e.chatbot), "initial_variables": texts(e.types["initial_variables"], "plan", "gold")}
	},
}

func session(f func(*mockhub.Session)) edit {
	return func(h *mockhub.Hub, id string) bool { return h.EditSession(id, f) }
}
