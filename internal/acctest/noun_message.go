package acctest

import (
	"fmt"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

var message = Noun{
	Type:   "message",
	Add:    addMessage(mockhub.Message{}),
	Remove: func(e *Env, id string) bool { return e.RemoveMessage(id) },
	IDs: func(e *Env, chatbot string) []string {
		var ids []string
		for _, s := range e.Sessions(chatbot) {
			ids = append(ids, idsOf(e.Messages(s.UUID), func(m mockhub.Message) string { return m.UUID })...)
		}
		return ids
	},
	ListRoute:    "GET /session/{uuid}/messages",
	ReadRoutes:   []string{"GET /session/{uuid}"},
	ReadFromList: true,
	Create:       map[string]any{"session_id": nil, "query": "When?"},
	Updates:      []NounUpdates{{Base: map[string]string{"session_id": `"SESSION"`, "query": `"A?"`}, Other: []string{"session_id", "query"}, Changes: []NounUpdate{stores("triggers", `{ a = "1" }`, "")}}},
	Canaries:     map[string]map[string]any{"a message": {"session_id": nil, "query": canaries}},
	Examples: NounExamples{
		Import: func(e *Env, id string, values map[string]any, remain func()) {
			session := e.AddSession(e.AddChatbot(mockhub.Chatbot{}), mockhub.Session{UUID: parents(id)})
			remain()
			e.AddMessage(session, mockhub.Message{UUID: LastID(id), Query: fmt.Sprint(values["query"])})
		},
		Data: map[string]func(e *Env, id, name string){
			"messages": func(e *Env, _, _ string) {
				for _, s := range e.Sessions(e.Chatbots()[0].UUID) {
					e.AddMessage(s.UUID, mockhub.Message{})
				}
			},
		},
	},
	Generated: map[string]func(e *Env, chatbot string) string{
		"message": addMessage(mockhub.Message{Query: "When do you open?\n", Response: "At 9."}),
	},
}

// addMessage returns a function that adds a message in a new session.
func addMessage(m mockhub.Message) func(*Env, string) string {
	return func(e *Env, chatbot string) string {
		session := e.AddSession(chatbot, mockhub.Session{})
		return session + "/" + e.AddMessage(session, m)
	}
}
