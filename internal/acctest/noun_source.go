package acctest

import (
	"fmt"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

var source = Noun{
	Type:   "source",
	Add:    addSource(mockhub.Source{}),
	Remove: func(e *Env, id string) bool { return e.RemoveSource(id) },
	IDs: func(e *Env, chatbot string) []string {
		return idsOf(e.Sources(chatbot), func(s mockhub.Source) string { return s.UUID })
	},
	ListRoute:    "GET /chatbot/{uuid}/data-sources",
	ReadFromList: true,
	Create:       map[string]any{"chatbot_id": nil, "url": "https://example.com/", "title": "Page"},
	Update:       map[string]any{"title": "Site"},
	Costs: []NounCost{
		{What: "create, a file", Create: map[string]any{"chatbot_id": nil, "file": map[string]any{"name": "a.md", "content": "A"}}},
		{What: "create, a question", Create: map[string]any{"chatbot_id": nil, "qa": map[string]any{"question": "When?", "answer": "At 9."}}},
		{What: "create, a page", Create: map[string]any{"chatbot_id": nil, "url": "https://example.com/"}},
		{What: "update of `title`", Create: map[string]any{"chatbot_id": nil, "url": "https://example.com/", "title": "Page"}, Update: map[string]any{"title": "Site"}},
		{What: "update of `retrain_triggers`, a page", Create: map[string]any{"chatbot_id": nil, "url": "https://example.com/", "retrain_triggers": map[string]any{"a": "1"}},
			Update: map[string]any{"retrain_triggers": map[string]any{"a": "2"}}},
		{What: "update of `retrain_triggers`, a file or a question", Create: map[string]any{"chatbot_id": nil, "qa": map[string]any{"question": "When?", "answer": "At 9."}, "retrain_triggers": map[string]any{"a": "1"}},
			Update: map[string]any{"retrain_triggers": map[string]any{"a": "2"}}},
	},
	Updates: []NounUpdates{
		{Base: map[string]string{"chatbot_id": `"CHATBOT"`, "url": `"https://example.com/"`}, Other: []string{"chatbot_id", "url"}, Changes: []NounUpdate{
			sends("title", `"A"`, `"B"`), stores("reference_source_link", `"https://example.com/cited"`, ""), stores("wait_for_training", `false`, `true`), stores("content_changes", `"ignore"`, `"replace"`), stores("timeouts", `{ create = "1m" }`, `{ create = "2m" }`),
			{Attribute: "retrain_triggers", First: `{ a = "1" }`, Second: `{ a = "2" }`, SecondUnknown: afterTraining},
			{Attribute: "max_age", First: `"1h"`, Second: `"2h"`, FirstUnknown: afterTraining, SecondUnknown: afterTraining},
		}},
		{Base: map[string]string{"chatbot_id": `"CHATBOT"`, "qa": `{ question = "A?", answer = "A." }`}, Other: []string{"qa"}, Changes: []NounUpdate{sends("title", `"A"`, `"B"`)}},
		{Base: map[string]string{"chatbot_id": `"CHATBOT"`, "file": `{ content = "A", name = "a.txt" }`}, Other: []string{"file"}, Changes: []NounUpdate{sends("title", `"A"`, `"B"`)}},
	},
	List: &NounList{},
	Canaries: map[string]map[string]any{
		"web page": {"chatbot_id": nil, "url": "https://me:" + Canary + "@example.com/" + Canary + "?key=" + Canary, "reference_source_link": "https://example.com/?key=" + Canary},
		"question": {"chatbot_id": nil, "qa": map[string]any{"question": canaries, "answer": Canary}},
		"file":     {"chatbot_id": nil, "file": map[string]any{"name": "a.txt", "content": canaries}, "title": Canary},
	},
	Examples: NounExamples{
		Import: func(e *Env, id string, values map[string]any, remain func()) {
			chatbot := e.AddChatbot(mockhub.Chatbot{UUID: parents(id)})
			remain()
			s := mockhub.Source{UUID: LastID(id)}
			if file, is := values["file"].(map[string]any); is {
				s.FileName = fmt.Sprint(file["name"])
			} else {
				s.Type, s.FileName = "link", fmt.Sprint(values["url"])
			}
			e.AddSource(chatbot, s)
		},
		Data: map[string]func(e *Env, id, name string){
			"source": func(e *Env, id, name string) {
				e.AddSource(e.Chatbots()[0].UUID, mockhub.Source{UUID: id, FileName: name})
			},
			"sources": func(e *Env, _, _ string) {
				e.AddSource(e.Chatbots()[0].UUID, mockhub.Source{Type: "link", FileName: "https://shop.example.com/help/delivery"})
				e.AddSource(e.Chatbots()[0].UUID, mockhub.Source{Type: "qa", FailsWith: "error:token"})
			},
		},
		List: func(e *Env, chatbot string) {
			e.AddSource(chatbot, mockhub.Source{Type: "link", FileName: "https://shop.example.com/help/delivery"})
			e.AddSource(chatbot, mockhub.Source{FailsWith: "error:no text"})
		},
	},
	Generated: map[string]func(e *Env, chatbot string) string{
		"question": addSource(mockhub.Source{Type: "qa", Question: "When do you open?", Answer: "At 9.\nNot on ${day}.", ReferenceSourceLink: "https://example.com/hours"}),
		"web page": addSource(mockhub.Source{Type: "link", FileName: "https://example.com/help?a=b#c"}),
		"file":     addSource(mockhub.Source{FileName: "prices.pdf"}),
		"source without a title": func(e *Env, chatbot string) string {
			id := e.AddSource(chatbot, mockhub.Source{FileName: "untitled.pdf"})
			e.EditSource(id, func(s *mockhub.Source) { s.Title = "" })
			return chatbot + "/" + id
		},
		"failed file":           addSource(mockhub.Source{FileName: "secret.pdf", FailsWith: "error:no text"}),
		"file in training":      addSource(mockhub.Source{FileName: "long.pdf", Status: "running"}),
		"Google Drive document": addSource(mockhub.Source{Type: "google-drive", FileName: "Team/Plans 2026"}),
		"table":                 addSource(mockhub.Source{Type: "table", FileName: "stock.xlsx"}),
		"video":                 addSource(mockhub.Source{Type: "video", FileName: "https://videos.example.com/watch?v=1"}),
	},
}

// afterTraining are the attributes that a training can change.
var afterTraining = []string{"status", "trained", "tokens", "file_size", "title", "modified_at"}

// addSource returns a function that adds a source.
func addSource(s mockhub.Source) func(*Env, string) string {
	return func(e *Env, chatbot string) string { return chatbot + "/" + e.AddSource(chatbot, s) }
}
