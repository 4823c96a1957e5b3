package mockhub_test

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestNoAnswer(t *testing.T) {
	t.Parallel()
	widths := map[int]bool{}
	for _, r := range mockhub.NoAnswer {
		widths[utf8.RuneLen(r)] = true
	}
	if strings.Count(mockhub.NoAnswer, "\n") != 1 || len(widths) != 4 || strings.TrimSpace(mockhub.NoAnswer) != mockhub.NoAnswer {
		t.Errorf("%q: want two lines with characters of one to four bytes", mockhub.NoAnswer)
	}
}

func TestQuestionsThatMatch(t *testing.T) {
	t.Parallel()
	w := withSession(t, mockhub.Quirks{})
	for question, answer := range map[string]string{"When are you open?": "9 to 5", "Wie groß ist ÄRGER": "sehr", "营业时间": "早上九点"} {
		w.AddSource(chatbotID, mockhub.Source{Type: "qa", Question: question, Answer: answer})
	}
	for query, want := range map[string]string{
		"When are you open?": "9 to 5", "when ARE you open": "9 to 5", "\n When are you open ?!.… \t": "9 to 5", "When are you open。": "9 to 5",
		"WIE GROß ist ärger!": "sehr", "营业时间？": "早上九点", "营业时间！": "早上九点",
		"When are  you open?": mockhub.NoAnswer, "When are you open, please?": mockhub.NoAnswer, "?When are you open": mockhub.NoAnswer,
		"When": mockhub.NoAnswer, "?": mockhub.NoAnswer,
	} {
		if got := w.ask(sessionID, query); got != want {
			t.Errorf("%q: %q, want %q", query, got, want)
		}
	}
}

// TestSourcesThatAnswer: answers use only trained sources of an enabled user-facing agent.
func TestSourcesThatAnswer(t *testing.T) {
	t.Parallel()
	w := withSession(t, mockhub.Quirks{TrainingTime: time.Minute})
	general := w.DefaultAgent(chatbotID)
	asked := 0
	knows := func(what, want string) {
		t.Helper()
		asked++
		if want == "" {
			want = mockhub.NoAnswer
		}
		if got := w.ask(sessionID, "q"); got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	knows("nothing there", "")
	w.AddSource(w.AddChatbot(mockhub.Chatbot{}), mockhub.Source{Type: "qa", Question: "q", Answer: "of another chatbot"})
	w.AddSource(chatbotID, mockhub.Source{Type: "upload", Question: "q", Answer: "of another type"})
	knows("nothing that counts", "")
	id := w.makeSource(qaPath, `{"question":"q?","answer":"first"}`)
	knows("in training", "")
	w.Clock().Advance(time.Minute)
	knows("trained", "first")
	w.SetSourceStatus(id, "error:token")
	knows("failed", "")
	w.SetSourceStatus(id, "success")
	younger := w.AddSource(chatbotID, mockhub.Source{Type: "qa", Question: "q", Answer: "second"})
	knows("two", "first")
	w.updateAgent(general, `{"use_all_sources":false,"data_source_uuids":["`+younger+`"]}`)
	knows("listed", "second")
	w.updateAgent(general, `{"data_source_uuids":[]}`)
	knows("none listed", "")
	w.AddAgent(chatbotID, mockhub.Agent{Type: "background", Enabled: true, UseAllSources: true})
	other := w.AddAgent(chatbotID, mockhub.Agent{UseAllSources: true})
	knows("in the background, or disabled", "")
	w.updateAgent(other, `{"enabled":true}`)
	knows("by another agent", "first")
	w.RemoveAgent(general)
	w.RemoveSource(id)
	knows("the oldest removed", "second")
	w.RemoveAgent(other)
	knows("no agent", "")
	if w.Answers() != asked || len(w.Messages(sessionID)) != asked {
		t.Errorf("%d answers, %d messages, want %d", w.Answers(), len(w.Messages(sessionID)), asked)
	}
}

func TestFinishLength(t *testing.T) {
	t.Parallel()
	w := withSession(t, mockhub.Quirks{FinishLength: true})
	for answer, want := range map[string]string{
		strings.Repeat("x", 100): "", strings.Repeat("x", 101): strings.Repeat("x", 100),
		strings.Repeat("x", 97) + "🤖!": strings.Repeat("x", 97), strings.Repeat("x", 96) + "🤖": "", strings.Repeat("é", 60): strings.Repeat("é", 50),
	} {
		source := w.AddSource(chatbotID, mockhub.Source{Type: "qa", Question: "q", Answer: answer})
		reason := "length"
		if want == "" {
			want, reason = answer, "stop"
		}
		got := w.ask(sessionID, "q")
		all := w.Messages(sessionID)
		m := all[len(all)-1]
		if got != want || m.Response != want || m.FinishReason != reason || len(m.Citations) != 1 || m.Citations[0].Text != answer {
			t.Errorf("streamed %q, stored %+v, want %s %q", got, m, reason, want)
		}
		w.RemoveSource(source)
	}
}

// TestMessageStoredFirst: the message is listed while its answer is sent, and complete before the client receives the end.
func TestMessageStoredFirst(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		quirks mockhub.Quirks
		fault  mockhub.Fault
	}{
		"whole":       {},
		"cut":         {fault: mockhub.Fault{Truncate: 9}},
		"broken":      {quirks: mockhub.Quirks{AnswerFails: "broken_stored"}},
		"cut, broken": {mockhub.Quirks{AnswerFails: "broken_stored"}, mockhub.Fault{Truncate: 9}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changes := make(chan struct{}, 9)
			tc.quirks.MessageStoredFirst = true
			w := serve(t, mockhub.Options{Quirks: tc.quirks, OnChange: func() { changes <- struct{}{} }})
			w.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
			w.AddSession(chatbotID, mockhub.Session{UUID: sessionID})
			gate, reached := make(chan struct{}), make(chan struct{}, 1)
			tc.fault.Hold, tc.fault.HoldAfter, tc.fault.Reached = gate, 3, reached
			w.Inject(tc.fault)
			before := len(changes)
			done := make(chan error, 1)
			req := w.request(t.Context(), "POST", "/session/"+sessionID+"/message/stream", `{"query":"q"}`)
			go func() {
				_, err := w.send(req)
				done <- err
			}()
			<-reached
			early := w.listedMessage()
			if early["query"] != "q" || early["response"] != "" || early["finish_reason"] != nil || early["cite_data_json"] != "{}" {
				t.Errorf("while it is streamed: %v", early)
			}
			w.Clock().Advance(time.Minute)
			close(gate)
			if err := <-done; (err != nil) != (name != "whole") {
				t.Errorf("error %v", err)
			}
			late := w.listedMessage()
			if late["uuid"] != early["uuid"] || late["response"] != mockhub.NoAnswer || late["finish_reason"] != "stop" ||
				late["created_at"] != "2024-07-26T12:00:00Z" || late["modified_at"] != "2024-07-26T12:01:00Z" {
				t.Errorf("afterwards: %v", late)
			}
			if n := len(changes) - before; n != 2 {
				t.Errorf("%d changes reported, want 2", n)
			}
		})
	}
}

// TestAskedWhileDeleted: an object that is deleted while its answer is sent stays deleted.
func TestAskedWhileDeleted(t *testing.T) {
	t.Parallel()
	for _, first := range []bool{false, true} {
		for name, remove := range map[string]func(*testHub){
			"message": func(w *testHub) { w.RemoveMessage(w.Messages(sessionID)[0].UUID) },
			"session": func(w *testHub) { w.RemoveSession(sessionID) },
			"chatbot": func(w *testHub) { w.RemoveChatbot(chatbotID) },
		} {
			t.Run(name+suffixIf(first, " first"), func(t *testing.T) {
				t.Parallel()
				w := withSession(t, mockhub.Quirks{MessageStoredFirst: first})
				gate, reached := make(chan struct{}), make(chan struct{}, 1)
				w.Inject(mockhub.Fault{Hold: gate, HoldAfter: 1, Reached: reached})
				answered := make(chan reply, 1)
				go func() { answered <- w.do("POST", "/session/"+sessionID+"/message/stream", `{"query":"q"}`) }()
				<-reached
				remove(w)
				close(gate)
				if r := <-answered; r.body != mockhub.NoAnswer {
					t.Errorf("answered %q", r.body)
				}
				if got := w.Messages(sessionID); !reflect.DeepEqual(got, []mockhub.Message(nil)) {
					t.Errorf("left %+v", got)
				}
			})
		}
	}
}
