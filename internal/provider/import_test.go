package provider_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestImportStringsReachNoOtherRoute: whatever the import string is, an import sends only requests of its own routes (goals.md S3).
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
		n, ok := acctest.NounOf(typeName)
		if !ok {
			t.Errorf("%s is not in acctest.Nouns", typeName)
		}
		allowed := slices.Concat(n.ReadRoutes, []string{n.ListRoute, "GET /chatbot/{uuid}", "GET /chatbots"}) // the last two confirm that an object is gone
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
	}
	if sent == 0 {
		t.Error("nothing was ever read, so the test says nothing")
	}
}
