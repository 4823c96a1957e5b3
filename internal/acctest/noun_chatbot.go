package acctest

import (
	"fmt"
	"strconv"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

var chatbot = Noun{
	Type:       "chatbot",
	Add:        func(e *Env, _ string) string { return e.AddChatbot(mockhub.Chatbot{}) },
	Remove:     func(e *Env, id string) bool { return e.RemoveChatbot(id) },
	IDs:        func(_ *Env, chatbot string) []string { return []string{chatbot} },
	ListRoute:  "GET /chatbots",
	ReadRoutes: []string{"GET /chatbot/{uuid}"},
	Create:     map[string]any{"name": "Shop"},
	Update:     map[string]any{"name": "Office"},
	Updates: []NounUpdates{{Base: map[string]string{"name": `"A"`}, Changes: []NounUpdate{
		sends("name", `"B"`, `"C"`), sends("visibility", `"public"`, `"hybrid"`), sends("rate_limit", `{ messages = 1, seconds = 2 }`, `{ messages = 1, seconds = 3 }`),
		sends("rate_limit_message", `"A"`, `"B"`), sends("show_citations", `true`, `false`), stores("deletion_protection", `true`, `false`),
	}}},
	Canaries: map[string]map[string]any{"a chatbot": {"name": "Support", "rate_limit_message": canaries}},
	Examples: NounExamples{
		Import: func(e *Env, id string, values map[string]any, _ func()) {
			limit, _ := values["rate_limit"].(map[string]any)
			e.AddChatbot(mockhub.Chatbot{
				UUID: id, Name: fmt.Sprint(values["name"]), Visibility: fmt.Sprint(values["visibility"]),
				RateLimitMessage: fmt.Sprint(values["rate_limit_message"]), ShowCitations: values["show_citations"] == true,
				RateLimitMessages: wholeNumber(limit["messages"]), RateLimitSeconds: wholeNumber(limit["seconds"]),
			})
		},
		Data: map[string]func(e *Env, id, name string){
			"chatbot": func(e *Env, id, name string) { e.AddChatbot(mockhub.Chatbot{UUID: id, Name: name}) },
			"chatbots": func(e *Env, _, _ string) {
				e.AddChatbot(mockhub.Chatbot{Name: "Support for partners", Visibility: "public"})
				e.AddChatbot(mockhub.Chatbot{Name: "Sales", Visibility: "hybrid"})
			},
			"chatbot_snapshot": func(*Env, string, string) {}, // of the chatbots that the example finds by their names
		},
		List: func(e *Env, _ string) {
			e.AddChatbot(mockhub.Chatbot{Name: "Support for partners", Visibility: "public"})
		},
	},
	Generated: map[string]func(e *Env, chatbot string) string{
		"chatbot": func(e *Env, _ string) string {
			return e.AddChatbot(mockhub.Chatbot{Name: "Sales ${team} \"A\"", Visibility: "hybrid", RateLimitMessages: 7, RateLimitSeconds: 90, RateLimitMessage: "Slow\ndown", ShowCitations: true})
		},
		"plain chatbot": func(e *Env, _ string) string { return e.AddChatbot(mockhub.Chatbot{}) },
	},
}

// wholeNumber is a number of a plan, 0 if there is none.
func wholeNumber(v any) int {
	n, err := strconv.Atoi(fmt.Sprint(v))
	if err != nil {
		return 0
	}
	return n
}
