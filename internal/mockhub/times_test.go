package mockhub_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestNormalizesText(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{Quirks: mockhub.Quirks{NormalizesText: true}})
	made := w.create(`{"name":"\ufeff A\r\nB ","rate_limit_message":"a\rb\r\n\ufeff"}`)
	meta, _ := made["meta"].(map[string]any)
	if made["name"] != " A\nB " || meta["rate_limit_message"] != "a\rb\n\ufeff" {
		t.Errorf("stored %q and %q", made["name"], meta["rate_limit_message"])
	}
}

func TestDecomposesText(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{Quirks: mockhub.Quirks{DecomposesText: true}})
	if made := w.create(`{"name":"\u00e9"}`); made["name"] != "e\u0301" {
		t.Errorf("stored %q", made["name"])
	}
}

func TestNumbersAsFloat32(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{NumbersAsFloat32: true})
	id := w.AddAgent(chatbotID, mockhub.Agent{Temperature: 0.7, Bias: new(0.5), Stickness: new(1.0)})
	body := w.do("GET", "/chatbot/"+chatbotID+"/agents", "").body
	for _, s := range []string{`"temperature":0.699999988079071`, `"bias":0.5`, `"stickness":1`} {
		if !strings.Contains(body, s) {
			t.Errorf("no %s in %s", s, body)
		}
	}
	if a := w.agent(id); a.Temperature != 0.7 {
		t.Errorf("stored %v", a.Temperature)
	}
}

// TestModificationTimes: which objects a write changes, and which time its answer has.
func TestModificationTimes(t *testing.T) {
	t.Parallel()
	const before, after = "2024-07-26T12:00:00Z", "2024-07-26T12:01:00Z"
	for _, touch := range []bool{false, true} {
		w := bot(t, mockhub.Quirks{ChildrenTouch: touch, UpdateAnswersOldTime: true})
		agent := w.AddAgent(chatbotID, mockhub.Agent{})
		function := w.AddFunction(agent, mockhub.Function{})
		ids := map[string]string{
			"/function/" + function: `{"name":"f"}`, "/agent/" + agent: `{"name":"A"}`, "/chatbot/" + chatbotID: `{"name":"B"}`,
			"/data-source/" + w.AddSource(chatbotID, mockhub.Source{}): `{"title":"T"}`, "/source-tag/" + w.AddTag(chatbotID, mockhub.SourceTag{}): `{"name":"T"}`,
		}
		w.Clock().Advance(time.Minute)
		w.do("POST", "/function/"+function+"/update", ids["/function/"+function]).object(t)
		delete(ids, "/function/"+function)
		want := before
		if touch {
			want = after
		}
		for _, got := range []string{w.agent(agent).ModifiedAt.Format(time.RFC3339), w.bot(chatbotID)} {
			if got != want {
				t.Errorf("touch %t: modified at %s, want %s", touch, got, want)
			}
		}
		if touch {
			continue // the times from before the next updates have changed
		}
		for path, body := range ids {
			if got := w.do("POST", path+"/update", body).object(t)["modified_at"]; got != before {
				t.Errorf("%s: the answer has %v, want %s", path, got, before)
			}
		}
		if got := w.agent(agent).ModifiedAt.Format(time.RFC3339); got != after {
			t.Errorf("modified at %s, want %s", got, after)
		}
	}
}

// bot returns the modification time of a chatbot.
func (w *testHub) bot(uuid string) string {
	b, _ := w.Chatbot(uuid)
	return b.ModifiedAt.Format(time.RFC3339)
}
