package properties_test

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

var toolFunctionFacts = facts{
	edits: map[string]edit{
		"name":                  function(func(f *mockhub.Function) { f.Name += "_2" }),
		"description":           function(func(f *mockhub.Function) { f.Description += " 2" }),
		"url":                   function(func(f *mockhub.Function) { f.ExternalURL += "/2" }),
		"method":                function(func(f *mockhub.Function) { f.Method = other(f.Method, "GET", "PUT") }),
		"parameters":            function(func(f *mockhub.Function) { f.Parameters = `{"type":"object","properties":{"other":{"type":"string"}}}` }),
		"headers":               function(func(f *mockhub.Function) { f.Headers["X-Shop"] += "2" }),
		"secret_headers_wo":     function(func(f *mockhub.Function) { f.Headers["Authorization"] += "2" }),
		"enabled":               function(func(f *mockhub.Function) { f.Enabled = !f.Enabled }),
		"send_session_metadata": function(func(f *mockhub.Function) { f.AllowGPTTrainerProperties = !f.AllowGPTTrainerProperties }),
		"created_at":            function(func(f *mockhub.Function) { f.CreatedAt = past }),
		"modified_at":           function(func(f *mockhub.Function) { f.ModifiedAt = past }),
	},
	specials: map[string]special{
		"chatbot_id": sharedChatbot,
		"agent_id": func(w *fixture, t *rapid.T, _ tftypes.Type) tftypes.Value {
			return str(rapid.SampledFrom(w.agents).Draw(t, "agent"))
		},
		"name":              drawn(short),
		"description":       drawn(short),
		"url":               one("https://api.example.com/a", "http://example.org:8080/?q=1&b=é", "https://api.example.com"),
		"method":            one(strings.Fields(httpMethods)...),
		"headers":           headers("X-Shop", "x-shop-b", "Accept"),
		"secret_headers_wo": headers("Authorization", "X-Api-Key"),
		"parameters":        one(`{}`, `{"type":"object"}`, " {\"type\" : \"object\",\n \"properties\":{\"b\":{\"type\":\"string\"},\"a\":{\"type\":\"number\",\"minimum\":1.50}}}", `{"properties":{"é":{"description":"<b>"}},"type":"object","required":["é"]}`),
	},
	example: func(e example) map[string]tftypes.Value {
		return map[string]tftypes.Value{"chatbot_id": str(e.chatbot), "agent_id": str(e.agents[0]), "name": str("find_order"), "description": str("Finds."), "url": str("https://api.example.com"),
			"method": str("POST"), "parameters": str(`{"type":"object"}`), "headers": texts(e.types["headers"], "X-Shop", "north"),
			"secret_headers_wo": texts(e.types["secret_headers_wo"], "Authorization", "s3cret"), "enabled": yes(true), "send_session_metadata": yes(true)}
	},
}

func function(f func(*mockhub.Function)) edit {
	return func(h *mockhub.Hub, id string) bool { return h.EditFunction(id, f) }
}

// headers is a generator of headers with these names.
func headers(names ...string) func(*fixture, *rapid.T, tftypes.Type) tftypes.Value {
	return func(_ *fixture, t *rapid.T, ty tftypes.Type) tftypes.Value {
		var all []string
		for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 2, rapid.ID).Draw(t, "headers") {
			all = append(all, name, rapid.SampledFrom([]string{"", "north", " b ", "é\t👩", "${x}"}).Draw(t, name))
		}
		return texts(ty, all...)
	}
}
