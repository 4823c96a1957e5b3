package acctest

import (
	"fmt"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

var session = Noun{
	Type:   "session",
	Add:    addSession(mockhub.Session{}),
	Remove: func(e *Env, id string) bool { return e.RemoveSession(id) },
	IDs: func(e *Env, chatbot string) []string {
		return idsOf(e.Sessions(chatbot), func(s mockhub.Session) string { return s.UUID })
	},
	ListRoute:  "GET /chatbot/{uuid}/sessions",
	ReadRoutes: []string{"GET /session/{uuid}"},
	Create:     map[string]any{"chatbot_id": nil},
	Updates:    []NounUpdates{{Other: []string{"chatbot_id", "initial_variables"}}},
	List:       &NounList{ChatbotIsRequired: true},
	Canaries:   map[string]map[string]any{"a session": {"chatbot_id": nil, "initial_variables": map[string]any{"name": Canary, "text": canaries}}},
	Examples: NounExamples{
		Import: func(e *Env, id string, values map[string]any, remain func()) {
			chatbot := e.AddChatbot(mockhub.Chatbot{UUID: fmt.Sprint(values["chatbot_id"])}) // the identity does not have it
			remain()
			e.AddSession(chatbot, mockhub.Session{UUID: LastID(id)})
		},
		Data: map[string]func(e *Env, id, name string){
			"session": func(e *Env, id, _ string) { e.AddSession(e.AddChatbot(mockhub.Chatbot{}), mockhub.Session{UUID: id}) },
			"sessions": func(e *Env, _, _ string) {
				e.AddSessions(e.Chatbots()[0].UUID, 48, time.Date(2026, 2, 28, 12, 0, 0, 0, time.UTC), time.Hour)
			},
		},
		List: func(e *Env, chatbot string) {
			e.AddSessions(chatbot, 3, time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC), time.Hour)
		},
	},
	Generated: map[string]func(e *Env, chatbot string) string{
		"session":                 addSession(mockhub.Session{InitialVariables: map[string]any{"page": "/prices"}}),
		"session by its id alone": func(e *Env, chatbot string) string { return e.AddSession(chatbot, mockhub.Session{}) },
	},
}

// addSession returns a function that adds a session.
func addSession(s mockhub.Session) func(*Env, string) string {
	return func(e *Env, chatbot string) string { return chatbot + "/" + e.AddSession(chatbot, s) }
}
