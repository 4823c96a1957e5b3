package provider_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// importReads are the only requests that an import of a type may cause.
var importReads = map[string][]string{
	"aichatbothub_chatbot":       {"GET /chatbot/{uuid}"},
	"aichatbothub_agent":         {"GET /chatbot/{uuid}/agents"},
	"aichatbothub_default_agent": {"GET /chatbot/{uuid}/agents"},
	"aichatbothub_tool_function": {"GET /chatbot/{uuid}/agents"},
	"aichatbothub_source":        {"GET /chatbot/{uuid}/data-sources"},
	"aichatbothub_source_tag":    {"GET /chatbot/{uuid}/source-tags"},
	"aichatbothub_session":       {"GET /session/{uuid}", "GET /chatbots", "GET /chatbot/{uuid}/sessions"},
	"aichatbothub_message":       {"GET /session/{uuid}/messages", "GET /session/{uuid}"},
}

// TestImportStringsReachNoOtherRoute: whatever somebody pastes, an import reads what it is about and nothing else (goals.md S3).
func TestImportStringsReachNoOtherRoute(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	bot := e.AddChatbot(mockhub.Chatbot{})
	session := e.AddSession(bot, mockhub.Session{})
	ids := []string{bot, e.DefaultAgent(bot), session, e.AddMessage(session, mockhub.Message{}), strings.Repeat("0", 32), strings.ToUpper(bot[:8] + "-" + bot[8:])}
	pieces := slices.Concat(ids, []string{"/", "/", "/", "..", ".", "%2f", "%2e%2e", "?", "#", "&", "delete", "agents", "models", "\\", "\x00", "\n", " ", "{", "}", "-", "https://", "/widget/", ":", "@", "\u0660", "\uff10", "\u202e"})
	s := e.Server(t)
	sent := 0
	for typeName := range s.Schema.ResourceSchemas {
		allowed := slices.Concat(importReads[typeName], []string{"GET /chatbot/{uuid}", "GET /chatbots"}) // of a miss that is confirmed
		rapid.Check(t, func(rt *rapid.T) {
			raw := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 7).Draw(rt, "pieces"), "")
			e.Forget()
			s.ImportID(typeName, raw)
			sent += len(e.Requests())
			for _, r := range e.Requests() {
				if !slices.Contains(allowed, r.Route) {
					rt.Errorf("import of %s by %q sent %s %s", typeName, raw, r.Method, r.Route)
				}
			}
		})
		if importReads[typeName] == nil {
			t.Errorf("say what an import of %s reads", typeName)
		}
	}
	if sent == 0 {
		t.Error("nothing was ever read, so the test says nothing")
	}
}
