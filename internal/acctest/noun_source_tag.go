package acctest

import (
	"fmt"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

var sourceTag = Noun{
	Type:   "source_tag",
	Add:    addTag(mockhub.SourceTag{}, false),
	Remove: func(e *Env, id string) bool { return e.RemoveTag(id) },
	IDs: func(e *Env, chatbot string) []string {
		return idsOf(e.Tags(chatbot), func(t mockhub.SourceTag) string { return t.UUID })
	},
	ListRoute:    "GET /chatbot/{uuid}/source-tags",
	ReadFromList: true,
	Create:       map[string]any{"chatbot_id": nil, "name": "Tag", "color": "#0071F9"},
	Update:       map[string]any{"name": "Label"},
	Updates: []NounUpdates{{Base: map[string]string{"chatbot_id": `"CHATBOT"`, "name": `"A"`, "color": `"#000000"`}, Other: []string{"chatbot_id"},
		Changes: []NounUpdate{sends("name", `"B"`, `"C"`), sends("color", `"#000001"`, `"#000002"`), sends("source_ids", `["SOURCE"]`, `[]`)}}},
	List: &NounList{},
	Examples: NounExamples{
		Import: func(e *Env, id string, values map[string]any, remain func()) {
			chatbot := e.AddChatbot(mockhub.Chatbot{UUID: parents(id)})
			source := e.AddSource(chatbot, mockhub.Source{})
			remain()
			e.AddTag(chatbot, mockhub.SourceTag{UUID: LastID(id), Name: fmt.Sprint(values["name"]), Color: fmt.Sprint(values["color"]), DataSourceUUIDs: []string{source}})
		},
		Data: map[string]func(e *Env, id, name string){
			"source_tag": func(e *Env, id, name string) {
				e.AddTag(e.Chatbots()[0].UUID, mockhub.SourceTag{UUID: id, Name: name})
			},
			"source_tags": func(e *Env, _, _ string) {
				e.AddTag(e.Chatbots()[0].UUID, mockhub.SourceTag{Name: "team-sales"})
				e.AddTag(e.Chatbots()[0].UUID, mockhub.SourceTag{Name: "Outdated"})
			},
		},
		List: func(e *Env, chatbot string) { e.AddTag(chatbot, mockhub.SourceTag{Name: "team-sales"}) },
	},
	Generated: map[string]func(e *Env, chatbot string) string{
		"source tag":                 addTag(mockhub.SourceTag{Name: "team sales", Color: "#a0b1c2"}, true),
		"source tag without sources": addTag(mockhub.SourceTag{}, false),
	},
}

// addTag returns a function that adds a tag, with a source if it is to have one.
func addTag(t mockhub.SourceTag, source bool) func(*Env, string) string {
	return func(e *Env, chatbot string) string {
		t := t // parallel tests share the table
		if source {
			t.DataSourceUUIDs = []string{e.AddSource(chatbot, mockhub.Source{})}
		}
		return chatbot + "/" + e.AddTag(chatbot, t)
	}
}
