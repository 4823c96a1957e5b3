package mockhub_test

import (
	"errors"
	"io"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// failing is the result of an answer that fails: what is sent, and what is stored.
type failing struct {
	text     string
	broken   bool
	response string // "lost": nothing is stored
	failed   bool   // with an error_message and without a finish_reason
	cited    bool
}

// failures are those of Quirks.AnswerFails for the answer "ab🤖cdé", whose half is "ab" as the middle is in a character.
func failures() map[string]failing {
	const whole, half = "ab🤖cdé", "ab"
	return map[string]failing{
		"":              {whole, false, whole, false, true},
		"error_message": {half, false, half, true, false},
		"text":          {"Sorry, something went wrong while I was answering. Please try again later.", false, "text", false, false},
		"empty":         {"", false, "", false, false},
		"empty_error":   {"", false, "", true, false},
		"broken":        {half, true, half, true, false},
		"broken_stored": {half, true, whole, false, true},
		"broken_lost":   {half, true, "lost", false, false},
	}
}

func TestAnswerFails(t *testing.T) {
	t.Parallel()
	for kind, want := range failures() {
		for _, first := range []bool{false, true} {
			for _, marked := range []bool{false, true} {
				t.Run(kind+suffixIf(first, " first")+suffixIf(marked, " marked"), func(t *testing.T) {
					t.Parallel()
					w := withSession(t, mockhub.Quirks{MessageStoredFirst: first, AnswerFails: kind})
					query := "Who?"
					if marked && kind != "" {
						w.SetQuirks(func(q *mockhub.Quirks) { q.AnswerFails = "text" })
						query = "fail-" + kind + ": who"
					}
					w.AddSource(chatbotID, mockhub.Source{Type: "qa", Question: "Who", Answer: "ab🤖cdé"})
					r, err := w.send(w.request(t.Context(), "POST", "/session/"+sessionID+"/message/stream", `{"query":"`+query+`"}`))
					if r.status != 200 || r.body != want.text || errors.Is(err, io.ErrUnexpectedEOF) != want.broken || (err != nil) != want.broken {
						t.Errorf("streamed %d %q %v", r.status, r.body, err)
					}
					w.stored(query, want)
				})
			}
		}
	}
}

// stored compares the only message of the session with what must be stored.
func (w *testHub) stored(query string, want failing) {
	w.t.Helper()
	messages := w.Messages(sessionID)
	if w.Answers() != 1 || (want.response == "lost") != (len(messages) == 0) {
		w.t.Fatalf("%d answers, stored %+v", w.Answers(), messages)
	}
	if want.response == "lost" {
		return
	}
	if want.response == "text" {
		want.response = want.text
	}
	m := messages[0]
	if m.Query != query || m.Response != want.response || (m.ErrorMessage != "") != want.failed || (m.FinishReason == "") != want.failed ||
		(len(m.Citations) == 1) != want.cited || m.Pending || !want.failed && m.FinishReason != "stop" {
		w.t.Errorf("stored %+v\nwant   %+v", m, want)
	}
	if failed := w.listedMessage()["error_message"] != ""; failed != want.failed {
		w.t.Errorf("listed %v", w.listedMessage())
	}
}

// TestAnswerFailsInOnePiece: an answer that is not streamed fails in the same ways.
func TestAnswerFailsInOnePiece(t *testing.T) {
	t.Parallel()
	for kind, want := range failures() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			w := withSession(t, mockhub.Quirks{AnswerFails: kind, MessageStoredFirst: true})
			w.AddSource(chatbotID, mockhub.Source{Type: "qa", Question: "Who", Answer: "ab🤖cdé"})
			r, err := w.send(w.request(t.Context(), "POST", "/session/"+sessionID+"/message/non-stream", `{"query":"Who?"}`))
			full := `{"response":"` + want.text + `"}` + "\n"
			if want.broken {
				full = full[:len(full)/2]
			}
			if r.status != 200 || r.body != full || (err != nil) != want.broken {
				t.Errorf("answered %d %q %v, want %q", r.status, r.body, err, full)
			}
			w.stored("Who?", want)
		})
	}
}

// TestAnswerMarkers: only a known marker at the beginning of a question has an effect.
func TestAnswerMarkers(t *testing.T) {
	t.Parallel()
	w := withSession(t, mockhub.Quirks{})
	for query, want := range map[string]string{
		"fail-empty:": "", "fail-empty: x": "", "x fail-empty: x": mockhub.NoAnswer, "fail-nothing: x": mockhub.NoAnswer,
		"fail-empty": mockhub.NoAnswer, "fail-: x": mockhub.NoAnswer,
	} {
		if got := w.ask(sessionID, query); got != want {
			t.Errorf("%q: %q, want %q", query, got, want)
		}
	}
	w.SetQuirks(func(q *mockhub.Quirks) { q.TrimsText = true })
	if got := w.ask(sessionID, " fail-empty: x"); got != "" {
		t.Errorf("trimmed: %q", got)
	}
}
