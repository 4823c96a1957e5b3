package hub

import (
	"net/http"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestContents: the lists of several callers are shared, a panic is a list that failed, and a chatbot that does not exist is an error.
func TestContents(t *testing.T) {
	t.Parallel()
	h, c := mock(t, mockhub.Quirks{})
	chatbot := ID(h.AddChatbot(mockhub.Chatbot{}))
	for range 7 {
		h.AddSource(string(chatbot), mockhub.Source{})
	}
	h.AddSessions(string(chatbot), 4, time.Now().Add(-100*time.Minute), 30*time.Minute) // the last two are in the last hour
	if _, err := c.Sources(t.Context(), chatbot); err != nil {
		t.Fatal(err)
	}
	got, err := c.Contents(t.Context(), chatbot, time.Hour, time.Minute)
	if err != nil || got.Agents == nil || *got.Agents != 1 || got.Sources == nil || *got.Sources != 7 || got.Sessions == nil || *got.Sessions != 2 {
		t.Errorf("%+v, %v", got, err)
	}
	if n := h.Count("GET /chatbot/{uuid}/data-sources"); n != 1 {
		t.Errorf("%d lists of sources, want 1", n)
	}
	if got, err := c.Contents(t.Context(), someID, time.Hour, time.Minute); !IsGone(err) || got != (Contents{}) {
		t.Errorf("no chatbot: %+v, %v", got, err)
	}

	panics := offline(t, func(*http.Request) (*http.Response, error) { panic("boom") })
	if got, err := panics.Contents(t.Context(), chatbot, time.Hour, time.Minute); err != nil || got != (Contents{}) {
		t.Errorf("a panic: %+v, %v", got, err)
	}
}
