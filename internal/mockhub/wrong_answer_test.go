package mockhub_test

import (
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestWrongAnswers: the share of wrong answers is the one of the switch. The same questions get the same answers, in any order of other questions,
// and another seed gives others.
func TestWrongAnswers(t *testing.T) {
	t.Parallel()
	pattern := func(seed uint64, others bool) string {
		w := withSession(t, mockhub.Quirks{AnswersWrong: 0.25, AnswerSeed: seed})
		w.AddSource(chatbotID, mockhub.Source{Type: "qa", Question: "q", Answer: "right"})
		var out strings.Builder
		for range 200 {
			if others {
				w.ask(sessionID, "other")
			}
			out.WriteByte(map[bool]byte{true: 'R', false: 'w'}[w.ask(sessionID, "q") == "right"])
		}
		return out.String()
	}
	one := pattern(1, false)
	if wrong := strings.Count(one, "w"); wrong < 35 || wrong > 65 {
		t.Errorf("%d of 200 answers are wrong", wrong)
	}
	if pattern(1, true) != one || pattern(2, false) == one {
		t.Errorf("the answers depend on something else than the question, its number and the seed")
	}
}

// TestCitationParts: a citation has all parts, or some.
func TestCitationParts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		quirks mockhub.Quirks
		shown  bool
		want   string // "id" and "names" that are there
	}{
		"all": {mockhub.Quirks{}, false, "id names"}, "id": {mockhub.Quirks{CitationParts: "id"}, false, "id"}, "names": {mockhub.Quirks{CitationParts: "names"}, false, "names"},
		"hidden": {mockhub.Quirks{CitationsOnlyShown: true}, false, ""}, "shown": {mockhub.Quirks{CitationsOnlyShown: true}, true, "id names"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := withSession(t, c.quirks)
			w.EditChatbot(chatbotID, func(b *mockhub.Chatbot) { b.ShowCitations = c.shown })
			w.AddSource(chatbotID, mockhub.Source{Type: "qa", Question: "q", Answer: "right"})
			w.ask(sessionID, "q")
			body := w.do("GET", "/session/"+sessionID+"/messages", "").body
			var got []string
			if strings.Contains(body, "data_source_uuid") {
				got = append(got, "id")
			}
			if strings.Contains(body, `\"file_name\"`) {
				got = append(got, "names")
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%v: %s", got, body)
			}
		})
	}
}
