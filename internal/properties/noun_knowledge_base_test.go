package properties_test

import (
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

var knowledgeBaseFacts = facts{
	edits: map[string]edit{
		"content":        (*mockhub.Hub).RemoveSource,
		"content_sha256": (*mockhub.Hub).RemoveSource,
		"source_ids":     (*mockhub.Hub).RemoveSource,
		"failed":         source(func(s *mockhub.Source) { s.Status = "error:token" }),
		"trained":        source(func(s *mockhub.Source) { s.Status = "error:no text" }),
	},
	unchangeable: map[string]string{
		"folder":             "the service shows no content; source_ids lacks what was deleted",
		"folder.path":        "kept in Terraform's state only",
		"folder.include":     "kept in Terraform's state only",
		"folder.exclude":     "kept in Terraform's state only",
		"folder.link_prefix": "kept in Terraform's state only",
		"questions":          "a source cannot be changed (api.md §3); source_ids lacks what was deleted",
		"pages":              "a source cannot be changed (api.md §3); source_ids lacks what was deleted",
		"replace":            "kept in Terraform's state only",
		"wait_for_training":  "kept in Terraform's state only",
		"retrain_triggers":   "kept in Terraform's state only",
		"pages_max_age":      "kept in Terraform's state only",
		"adopt":              "kept in Terraform's state only",
		"timeouts":           "kept in Terraform's state only",
		"timeouts.create":    "kept in Terraform's state only",
		"timeouts.update":    "kept in Terraform's state only",
		"timeouts.delete":    "kept in Terraform's state only",
		"revision":           "made by the provider",
	},
	specials: map[string]special{
		"chatbot_id": sharedChatbot,
		"folder": func(_ *fixture, t *rapid.T, ty tftypes.Type) tftypes.Value {
			return documents(ty, rapid.SampledFrom([]string{"*.md", "**/*.md", "{more,less}/*"}).Draw(t, "include"))
		},
		"questions": func(_ *fixture, t *rapid.T, ty tftypes.Type) tftypes.Value {
			var all []string
			for _, question := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"When?", "Where?\n", "é?", "\"Who\"?"}), 1, 4, rapid.ID).Draw(t, "questions") {
				all = append(all, question, solid(t, "answer"))
			}
			return texts(ty, all...)
		},
		"pages": func(_ *fixture, t *rapid.T, ty tftypes.Type) tftypes.Value {
			return texts(ty, rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"https://example.com/", "https://example.com/a?b=c", "http://example.com/%20é"}), 1, 3, rapid.ID).Draw(t, "pages")...)
		},
		"replace":         one("after_training", "before_upload"),
		"pages_max_age":   one("1h", "168h"),
		"timeouts.create": one("5m", "1h"),
		"timeouts.update": one("5m", "90s"),
		"timeouts.delete": one("5m", "90s"),
	},
	fit: func(_ *fixture, _ *rapid.T, values map[string]tftypes.Value) {
		for _, name := range []string{"folder", "questions", "pages"} {
			if _, written := values[name]; written {
				return
			}
		}
		values["questions"] = texts(tftypes.Map{ElementType: tftypes.String}, "When?", "At 9.")
	},
	example: func(e example) map[string]tftypes.Value {
		return map[string]tftypes.Value{"chatbot_id": str(e.chatbot), "folder": documents(e.types["folder"], "*.md"), "questions": texts(e.types["questions"], "When?", "At 9."),
			"pages": texts(e.types["pages"], "https://example.com/a"), "replace": str("after_training"), "wait_for_training": yes(true), "pages_max_age": str("168h"), "adopt": yes(false),
			"retrain_triggers": texts(e.types["retrain_triggers"], "a", "1")}
	},
}

// documents is a value of folder with files that match include.
func documents(ty tftypes.Type, include string) tftypes.Value {
	folder, _ := ty.(tftypes.Object)
	of := folder.AttributeTypes["include"]
	return object(ty, map[string]tftypes.Value{"path": str("testdata/documents"), "include": texts(of, include), "exclude": texts(of, "drafts/**"), "link_prefix": str("https://example.com/")})
}
