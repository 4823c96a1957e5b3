package hub

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestChatbotLife: settings that were written are read again, for every form of answers.
func TestChatbotLife(t *testing.T) {
	t.Parallel()
	for name, quirks := range map[string]mockhub.Quirks{
		"plain":     {},
		"extra":     {ExtraFields: true},
		"singular":  {ShowCitationSingular: true},
		"forms":     {NumbersAsFloats: true, BooleansAsNumbers: true},
		"strings":   {NumbersAsStrings: true, TimeEnd: "+00:00"},
		"short":     {ChatbotAnswerShort: true},
		"resets":    {ChatbotUpdateResets: true},
		"422":       {UnknownStatus: 422},
		"403":       {UnknownStatus: 403},
		"400, text": {UnknownStatus: 400, ErrorForm: "text"},
		"404, text": {ErrorForm: "text"},
		"msg":       {ErrorForm: "msg"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, c := mock(t, quirks)
			bot, err := c.CreateChatbot(t.Context(), settings())
			if err != nil || bot.ID == "" {
				t.Fatalf("%+v, %v", bot, err)
			}
			want := ChatbotSettings{Name: "Größe \"<>&'\u2028 😀", Visibility: "hybrid", RateLimit: RateLimit{1, 360}, ShowCitations: true}
			if _, err := c.UpdateChatbot(t.Context(), bot.ID, want); err != nil {
				t.Fatal(err)
			}
			got, err := c.Chatbot(t.Context(), bot.ID)
			if err != nil {
				t.Fatal(err)
			}
			m := got.Meta
			if got.Name != want.Name || *m.Visibility != want.Visibility || *m.RateLimit != want.RateLimit || *m.RateLimitMessage != "" || !bool(*m.ShowCitations) {
				t.Errorf("%+v", got)
			}
			if bots, err := c.Chatbots(t.Context()); err != nil || len(bots) != 1 || bots[0].ID != bot.ID {
				t.Errorf("%v, %v", bots, err)
			}
			for range 2 { // the second delete finds no chatbot, which is a success
				if err := c.DeleteChatbot(t.Context(), bot.ID); err != nil {
					t.Error(err)
				}
			}
			if _, err := c.Chatbot(t.Context(), bot.ID); !IsGone(err) {
				t.Error(err)
			}
			if len(h.Chatbots()) != 0 {
				t.Error("the chatbot still exists")
			}
		})
	}
}

// TestChatbotIsNotGone: a failure of the service is not a deletion.
func TestChatbotIsNotGone(t *testing.T) {
	t.Parallel()
	const one, all = "GET /chatbot/{uuid}", "GET /chatbots"
	for name, faults := range map[string][]mockhub.Fault{
		"401":                    {{Route: one, Status: 401, Body: `{"msg":"no"}`}},
		"422 for the key":        {{Route: one, Status: 422, Body: `{"msg":"Not enough segments"}`}},
		"500":                    {{Route: one, Status: 500}},
		"429":                    {{Route: one, Status: 429, Times: -1}},
		"a page":                 {{Route: one, HTML: true}},
		"200 and an error":       {{Route: one, Status: 200, Body: `{"error":"not found"}`}},
		"404 by a proxy":         {{Route: one, Status: 404, Body: "<html>nginx", ContentType: "text/html"}},
		"cut 404":                {{Route: one, Status: 404, Truncate: 5}},
		"403, the list has it":   {{Route: one, Status: 403}},
		"403, the list is cut":   {{Route: one, Status: 403}, {Route: all, Truncate: 5, Times: -1}},
		"403, no list":           {{Route: one, Status: 403}, {Route: all, Status: 500}},
		"403, a page as list":    {{Route: one, Status: 403}, {Route: all, HTML: true}},
		"403, a null list":       {{Route: one, Status: 403}, {Route: all, Status: 200, Body: "null"}},
		"403, then a bad key":    {{Route: one, Status: 403}, {Route: all, Status: 401, Body: `{"msg":"no"}`}},
		"another chatbot":        {{Route: one, Status: 200, Body: `{"uuid":"` + strings.Repeat("0", 32) + `","name":"x"}`}},
		"no answer":              {{Route: one, Drop: true, Times: -1}},
		"half an answer, always": {{Route: one, Truncate: 5, Times: -1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, c := mock(t, mockhub.Quirks{})
			h.AddChatbot(mockhub.Chatbot{UUID: string(someID)})
			for _, f := range faults {
				h.Inject(f)
			}
			if _, err := c.Chatbot(t.Context(), someID); err == nil || IsGone(err) {
				t.Errorf("gone: %v", err)
			}
		})
	}
}

func TestChatbotAddresses(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{
		"https://app.gpt-trainer.com":      "https://app.gpt-trainer.com/widget/" + string(someID),
		"https://app.gpt-trainer.com:8443": "https://app.gpt-trainer.com:8443/widget/" + string(someID),
	} {
		c := clientFor(t, base)
		if got := c.WidgetURL(someID); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if got := c.IframeHTML(someID); !strings.Contains(got, fmt.Sprintf(`src="%s"`, want)) {
			t.Error(got)
		}
	}
	want := `<script>window.GPTTConfig = { uuid: "43474da7ae3b4b7191ee29c2de798257", domain: "app.gpt-trainer.com" }</script>` +
		`<script src="https://app.gpt-trainer.com/widget-asset.min.js" defer></script>`
	if got := clientFor(t, "https://app.gpt-trainer.com").EmbedHTML(someID); got != want {
		t.Error(got)
	}
}
