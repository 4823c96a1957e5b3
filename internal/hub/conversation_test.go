package hub

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestAsk: a question is answered for every form of answers, with one question and one list in a session that the client created.
func TestAsk(t *testing.T) {
	t.Parallel()
	for name, quirks := range map[string]mockhub.Quirks{
		"plain": {}, "short": {MessageShort: true}, "error null": {MessageErrorNull: true}, "stored first": {MessageStoredFirst: true}, "trims": {TrimsText: true},
		"no citations: null": {CiteDataEmpty: "null"}, "no citations: empty": {CiteDataEmpty: "empty"}, "no citations: absent": {CiteDataEmpty: "absent"},
		"newest first": {ListNewestFirst: true}, "extra fields": {ExtraFields: true}, "echo": {SessionEcho: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serviceOverHTTP(t, quirks)
			source := s.addAnswer("When do you open?", "At nine 🕘\nand on Sundays at ten.")
			own, err := s.CreateSession(t.Context(), ID(s.chatbot), nil)
			if err != nil {
				t.Fatal(err)
			}
			s.session = own.ID
			s.Forget()
			m, err := s.ask(t.Context(), "  when do you open?\n")
			if err != nil || *m.Response != "At nine 🕘\nand on Sundays at ten." || *m.FinishReason != "stop" || m.failure() != "" {
				t.Fatalf("%+v, %v", m, err)
			}
			if cited := m.Citations(); len(cited) != 1 || string(cited[0].SourceID) != source || cited[0].Key != "1.1" {
				t.Errorf("%+v", cited)
			}
			if n, lists := s.Count(""), s.Count(messagesRoute); n != 2 || lists != 1 {
				t.Errorf("%d requests, %d lists; want the question and one list", n, lists)
			}
			m, err = s.ask(t.Context(), hello)
			if err != nil || *m.Response != mockhub.NoAnswer || len(m.Citations()) != 0 {
				t.Errorf("%+v, %v", m, err)
			}
			if n, answers := s.Count(""), s.Answers(); n != 4 || answers != 2 {
				t.Errorf("%d requests and %d answers, want two of each question", n, answers)
			}
		})
	}
}

// TestAskBytes: an answer is returned unchanged.
func TestAskBytes(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"a tag": "<b>Bold</b>, or < 3", "a page": "<!DOCTYPE html><html></html>", "JSON": `{"error": "no"}`, "a refusal in JSON": `{"success": false}`, "a list": "[]", "null": "null",
		"64 kB": strings.Repeat("Grüße 👩‍👩‍👧‍👦🏳️‍🌈 – 日本語\r\n\n", 1100), "controls": "a\x00b\x1bc", "blanks": "  \n answer \t\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, first := range []bool{false, true} {
				s := serviceOverHTTP(t, mockhub.Quirks{MessageStoredFirst: first})
				s.addAnswer(hello, answer)
				if m, err := s.ask(t.Context(), hello); err != nil || *m.Response != answer {
					t.Errorf("%d bytes became %d: %v", len(answer), len(value(m.Response)), err)
				}
				s.once(t, true)
			}
		})
	}
}

// TestAskFails: the error for each way in which the service fails.
func TestAskFails(t *testing.T) {
	t.Parallel()
	half := mockhub.NoAnswer[:len(mockhub.NoAnswer)/4]
	for kind, c := range map[string]struct {
		reason, received string
		kept             bool
	}{
		"error_message": {"the service failed while it answered: the model stopped answering", half, true},
		"empty":         {"the answer is empty", "", true},
		"empty_error":   {"the model stopped answering", "", true},
		"broken":        {"the model stopped answering", half, true},
		"broken_lost":   {"broke off; the session has no message with the question", half, false},
		"broken_stored": {}, // only the response was lost
		"text":          {}, // a failure in the text of an answer cannot be distinguished from an answer
	} {
		for _, first := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, stored first %t", kind, first), func(t *testing.T) {
				t.Parallel()
				s := serviceOverHTTP(t, mockhub.Quirks{AnswerFails: kind, MessageStoredFirst: first})
				m, err := s.ask(t.Context(), hello)
				s.once(t, true)
				if c.reason == "" {
					if stored := s.stored(); err != nil || *m.Response != stored[0].Response || *m.FinishReason != "stop" {
						t.Errorf("%+v, %v", m, err)
					}
					return
				}
				e := asked(t, err)
				if !strings.Contains(e.Reason, c.reason) || !strings.HasPrefix(e.Received, c.received) || (c.received == "") != (e.Received == "") || len(e.Candidates) != 0 {
					t.Errorf("%+v", e)
				}
				if c.kept != (e.ID != "") || c.kept && (string(e.ID) != s.stored()[0].UUID || m.ID != e.ID) {
					t.Errorf("message %q, the service has %v", e.ID, s.stored())
				}
			})
		}
	}
}

// TestAskCut breaks the stream at every byte of a short answer. No second question is sent, and the result is the message or what was received.
func TestAskCut(t *testing.T) {
	t.Parallel()
	const answer = "Nö 👩‍🌾\nça va"
	for _, query := range []string{"Why?", "fail-broken_lost:Why?"} {
		for n := range len(answer) {
			t.Run(fmt.Sprintf("%s %d", query, n), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					s := serviceInProcess(t, mockhub.Quirks{MessageStoredFirst: n%2 == 0})
					s.addAnswer("Why?", answer)
					cut := n
					if n == 0 {
						cut = -1
					}
					s.Inject(mockhub.Fault{Route: streamRoute, Truncate: cut})
					m, err := s.ask(t.Context(), query)
					s.once(t, true)
					if query == "Why?" {
						if err != nil || *m.Response != answer {
							t.Errorf("%+v, %v", m, err)
						}
						return
					}
					e := asked(t, err)
					if !strings.HasPrefix(answer, e.Received) || len(e.Received) > n || e.ID != "" || !strings.Contains(e.Reason, "broke off") {
						t.Errorf("%+v", e)
					}
				})
			})
		}
	}
}

// TestAskStatus: after an error status that is not from the application, the question may have been accepted. The message is searched, and
// the question is sent again only if it was certainly not accepted.
func TestAskStatus(t *testing.T) {
	t.Parallel()
	const page = "<html>Bad gateway"
	for name, f := range map[string]mockhub.Fault{
		"500": {Status: 500}, "500, a page": {Status: 500, Body: page, ContentType: "text/html"}, "502": {Status: 502}, "503": {Status: 503}, "504": {Status: 504},
		"503 with a pause": {Status: 503, RetryAfter: "1"}, "HTML": {HTML: true}, "reset": {Drop: true},
	} {
		for _, done := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, done %t", name, done), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					s := serviceInProcess(t, mockhub.Quirks{})
					f := f // one of two subtests
					f.Route, f.Process = streamRoute, done
					s.Inject(f)
					m, err := s.ask(t.Context(), hello)
					s.once(t, done)
					if done {
						if err != nil || *m.Response != mockhub.NoAnswer {
							t.Errorf("%+v, %v", m, err)
						}
						return
					}
					if e := asked(t, err); e.ID != "" || e.Received != "" || !strings.Contains(e.Reason, "the session has no message with the question") {
						t.Errorf("%+v", e)
					}
				})
			})
		}
	}
}
