package properties_test

import (
	"encoding/base64"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

var sourceFacts = facts{
	edits: map[string]edit{
		"file_name":             source(func(s *mockhub.Source) { s.FileName += "/2.md" }),
		"qa":                    source(func(s *mockhub.Source) { s.Question, s.Answer = s.Question+" 2", s.Answer+" 2" }),
		"qa.question":           source(func(s *mockhub.Source) { s.Question += " 2" }),
		"qa.answer":             source(func(s *mockhub.Source) { s.Answer += " 2" }),
		"reference_source_link": source(func(s *mockhub.Source) { s.ReferenceSourceLink = "https://example.com/other" }),
		"title":                 source(func(s *mockhub.Source) { s.Title += " 2" }),
		"type":                  source(func(s *mockhub.Source) { s.Type = "image" }),
		"status":                source(func(s *mockhub.Source) { s.Status = "error:token" }),
		"trained":               source(func(s *mockhub.Source) { s.Status = "fail" }),
		"file_size":             source(func(s *mockhub.Source) { s.FileSize++ }),
		"tokens":                source(func(s *mockhub.Source) { s.Tokens++ }),
		"created_at":            source(func(s *mockhub.Source) { s.CreatedAt = past }),
		"modified_at":           source(func(s *mockhub.Source) { s.ModifiedAt = past }),
	},
	unchangeable: map[string]string{
		"file":                "nothing but the title can be changed (api.md §3); file_name shows what the service says",
		"file.name":           "nothing but the title can be changed (api.md §3); file_name shows what the service says",
		"url":                 "nothing but the title can be changed (api.md §3); file_name shows what the service says",
		"content_sha256":      "the service shows no content",
		"file.path":           "the service shows no content",
		"file.content":        "the service shows no content",
		"file.content_base64": "the service shows no content",
		"content_changes":     "kept in Terraform's state only",
		"wait_for_training":   "kept in Terraform's state only",
		"retrain_triggers":    "kept in Terraform's state only",
		"max_age":             "kept in Terraform's state only",
		"timeouts":            "kept in Terraform's state only",
		"timeouts.create":     "kept in Terraform's state only",
		"timeouts.update":     "kept in Terraform's state only",
	},
	specials: map[string]special{
		"chatbot_id":            sharedChatbot,
		"file":                  file,
		"url":                   one("https://example.com/", "https://example.com/a?b=c#d", "http://example.com/%20é"),
		"reference_source_link": one("https://example.com/ref", "https://example.com/ref?a=b"),
		"title":                 drawn(solid),
		"content_changes":       one("replace", "ignore"),
		"max_age":               one("1h", "168h"),
		"timeouts.create":       one("5m", "1h"),
		"timeouts.update":       one("5m", "90s"),
	},
	fit: fitSource,
	example: func(e example) map[string]tftypes.Value {
		return map[string]tftypes.Value{"chatbot_id": str(e.chatbot), "reference_source_link": str("https://example.com/ref"), "title": str("Prices"), "max_age": str("168h"), "url": str("https://example.com/a"),
			"file": e.only("file", map[string]tftypes.Value{"name": str("a.txt"), "content": str("Ten.")}),
			"qa":   e.only("qa", map[string]tftypes.Value{"question": str("How much?"), "answer": str("Ten.")})}
	},
}

func source(f func(*mockhub.Source)) edit {
	return func(h *mockhub.Hub, id string) bool { return h.EditSource(id, f) }
}

// fitSource keeps one of the three kinds of content, and an age only of a page.
func fitSource(w *fixture, t *rapid.T, values map[string]tftypes.Value) {
	kinds := []string{"file", "qa", "url"}
	choice := slices.DeleteFunc(slices.Clone(kinds), func(kind string) bool { _, written := values[kind]; return !written })
	if len(choice) == 0 {
		choice = kinds
	}
	kind := rapid.SampledFrom(choice).Draw(t, "kind")
	if kind != "url" {
		delete(values, "max_age")
	}
	for _, a := range w.attributesOfTypes["source"] {
		for _, other := range kinds {
			_, written := values[other]
			switch {
			case a.Name != other:
			case other != kind:
				delete(values, other)
			case !written:
				values[other] = w.draw(t, a, "source."+other)
			}
		}
	}
}

// file is a generator of a file with its content in one of the possible forms.
func file(_ *fixture, t *rapid.T, ty tftypes.Type) tftypes.Value {
	content := solid(t, "content")
	values := map[string]tftypes.Value{"name": str(rapid.SampledFrom([]string{"a.txt", "Prices é.md", "x y.csv"}).Draw(t, "name")), "content": str(content)}
	if rapid.Bool().Draw(t, "as base64") {
		values["content"] = tftypes.NewValue(tftypes.String, nil)
		values["content_base64"] = str(base64.StdEncoding.EncodeToString([]byte(content)))
	}
	return object(ty, values)
}
