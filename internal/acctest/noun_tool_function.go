package acctest

import (
	"fmt"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

var toolFunction = Noun{
	Type:   "tool_function",
	Add:    addFunction(mockhub.Function{Headers: map[string]string{"X-Shop": "north", "Authorization": "Bearer c4nary"}, Parameters: `{"type":"object","properties":{}}`}),
	Remove: func(e *Env, id string) bool { return e.RemoveFunction(id) },
	IDs: func(e *Env, chatbot string) []string {
		var ids []string
		for _, a := range e.Agents(chatbot) {
			ids = append(ids, idsOf(a.Functions, func(f mockhub.Function) string { return f.UUID })...)
		}
		return ids
	},
	ListRoute:    "GET /chatbot/{uuid}/agents",
	ReadFromList: true,
	Create:       map[string]any{"chatbot_id": nil, "agent_id": nil, "name": "find", "description": "Finds.", "url": "https://example.com/"},
	Update:       map[string]any{"description": "Looks."},
	Updates: []NounUpdates{{
		Base:  map[string]string{"chatbot_id": `"CHATBOT"`, "agent_id": `"AGENT"`, "name": `"a"`, "description": `"A"`, "url": `"https://example.com/"`},
		Other: []string{"chatbot_id", "agent_id"},
		Changes: []NounUpdate{
			sends("name", `"b"`, `"c"`), sends("description", `"B"`, `"C"`), sends("url", `"https://example.com/b"`, `"https://example.com/c"`), sends("method", `"POST"`, `"PUT"`),
			sends("parameters", `jsonencode({ type = "object", properties = {} })`, `jsonencode({ type = "object", properties = { a = { type = "string" } } })`),
			sends("headers", `{ a = "1" }`, `{ a = "2" }`), sends("secret_headers_wo", `{ a = "1" }`, `{ a = "2" }`), sends("enabled", `false`, `true`), sends("send_session_metadata", `true`, `false`),
		},
	}},
	List: &NounList{},
	Canaries: map[string]map[string]any{"a tool function": {"chatbot_id": nil, "agent_id": nil, "name": "find", "description": canaries,
		"url": "https://me:" + Canary + "@example.com/" + Canary + "?key=" + Canary + "#x", "headers": map[string]any{"X-Shop": Canary},
		"parameters":        `{"type":"object","properties":{"a":{"type":"string","default":"` + Canary + `"}}}`,
		"secret_headers_wo": map[string]any{"Authorization": "Bearer " + Canary}}},
	Examples: NounExamples{
		Import: func(e *Env, id string, values map[string]any, remain func()) {
			chatbot, agent, _ := strings.Cut(parents(id), "/")
			e.AddChatbot(mockhub.Chatbot{UUID: chatbot})
			e.AddAgent(chatbot, mockhub.Agent{UUID: agent})
			remain()
			e.AddFunction(agent, mockhub.Function{UUID: LastID(id), Name: fmt.Sprint(values["name"]), Description: fmt.Sprint(values["description"]), ExternalURL: fmt.Sprint(values["url"]),
				Method: fmt.Sprint(values["method"]), Enabled: values["enabled"] == true, Headers: map[string]string{"Authorization": "Bearer 5e0a"}})
		},
		Data: map[string]func(e *Env, id, name string){
			"tool_functions": func(e *Env, _, _ string) {
				for _, bot := range e.Chatbots() {
					e.AddFunction(e.DefaultAgent(bot.UUID), mockhub.Function{Name: "find_order", Enabled: true})
				}
			},
		},
		List: func(e *Env, chatbot string) {
			e.AddAgent(chatbot, mockhub.Agent{UUID: "9f1c2b3a4d5e6f708192a3b4c5d6e7f8", Functions: []mockhub.Function{{Name: "find_order"}}})
		},
	},
	Generated: map[string]func(e *Env, chatbot string) string{
		"tool function": addFunction(mockhub.Function{Name: "find_order", Description: "Finds an order.", Method: "POST", Enabled: true, AllowGPTTrainerProperties: true,
			Headers:    map[string]string{"Authorization": "Bearer c4nary", "X-Shop": "north"},
			Parameters: `{"type":"object","properties":{"order":{"type":"string","description":"Its \"number\""}},"required":["order"]}`}),
		"plain tool function": addFunction(mockhub.Function{}),
	},
}

// addFunction returns a function that adds a tool function to the default agent.
func addFunction(f mockhub.Function) func(*Env, string) string {
	return func(e *Env, chatbot string) string {
		f, agent := f, e.DefaultAgent(chatbot) // parallel tests share the table
		if a, _ := e.Agent(agent); f.Name == "" && len(a.Functions) > 0 {
			f.Name = fmt.Sprintf("function_%d", len(a.Functions)+1) // two of one name are a warning
		}
		return chatbot + "/" + agent + "/" + e.AddFunction(agent, f)
	}
}
