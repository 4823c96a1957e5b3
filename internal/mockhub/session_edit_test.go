package mockhub_test

import (
	"fmt"
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestSessionsOutOfBand(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	given := mockhub.Session{InitialVariables: map[string]any{"a": "b"}}
	id := w.AddSession(chatbotID, given)
	given.InitialVariables["a"] = "x"
	want := mockhub.Session{UUID: id, ChatbotUUID: chatbotID, InitialVariables: map[string]any{"a": "b"}, IPAddress: "192.0.2.1", CreatedAt: noon, ModifiedAt: noon}
	got := w.session(id)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("added %+v\nwant  %+v", got, want)
	}
	got.InitialVariables["a"] = "x"
	w.Clock().Advance(time.Minute)
	var kept *mockhub.Session
	if !w.EditSession(id, func(s *mockhub.Session) {
		kept, s.UUID, s.ChatbotUUID, s.IPAddress = s, unknownID, unknownID, "192.0.2.9"
	}) {
		t.Error("EditSession did not")
	}
	kept.InitialVariables["a"] = "x"
	want.IPAddress, want.ModifiedAt = "192.0.2.9", noon.Add(time.Minute)
	if got := w.Sessions(chatbotID); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("edited %+v\nwant   %+v", got, want)
	}
	if !w.RemoveSession(id) || w.RemoveSession(id) || w.EditSession(id, func(*mockhub.Session) { t.Error("called") }) {
		t.Error("RemoveSession: want true once, and nothing to edit after it")
	}
	for name, f := range map[string]func(){
		"no chatbot":          func() { w.AddSession(unknownID, mockhub.Session{}) },
		"no chatbot for many": func() { w.AddSessions(unknownID, 1, noon, 0) },
		"bad uuid":            func() { w.AddSession(chatbotID, mockhub.Session{UUID: "x"}) },
		"taken":               func() { w.AddSession(chatbotID, mockhub.Session{UUID: id}) },
	} {
		if !panics(f) {
			t.Errorf("%s: no panic", name)
		}
	}
}

func panics(f func()) (is bool) {
	defer func() { is = recover() != nil }()
	f()
	return false
}

func TestThousandSessions(t *testing.T) {
	t.Parallel()
	changes := 0
	w := serve(t, mockhub.Options{OnChange: func() { changes++ }})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
	ids := w.AddSessions(chatbotID, 1000, noon.Add(-time.Hour), 2*time.Second)
	got := w.do("GET", sessionsPath, "").list(t)
	if !reflect.DeepEqual(uuids(got), ids) || got[999]["created_at"] != "2024-07-26T11:33:18Z" || changes != 2 {
		t.Errorf("%d sessions after %d changes", len(got), changes)
	}
}

// TestChatbotTakesSessions: deleting a chatbot deletes its sessions and messages, and no others.
func TestChatbotTakesSessions(t *testing.T) {
	t.Parallel()
	for _, remove := range []func(*testHub){
		func(w *testHub) { w.do("DELETE", "/chatbot/"+chatbotID+"/delete", "").object(w.t) },
		func(w *testHub) { w.RemoveChatbot(chatbotID) },
		func(w *testHub) { w.do("POST", "/session/"+sessionID+"/delete", "").object(w.t) },
		func(w *testHub) { w.RemoveSession(sessionID) },
	} {
		w := withSession(t, mockhub.Quirks{})
		message := w.AddMessage(sessionID, mockhub.Message{})
		other := w.AddSession(w.AddChatbot(mockhub.Chatbot{}), mockhub.Session{})
		stays := w.AddMessage(other, mockhub.Message{})
		remove(w)
		_, gone := w.Message(message)
		if _, kept := w.Message(stays); gone || !kept || len(w.Sessions(chatbotID)) != 0 {
			t.Errorf("message there: %t, that of another chatbot: %t, sessions %v", gone, kept, w.Sessions(chatbotID))
		}
		if r := w.do("GET", "/session/"+sessionID, ""); r.status != http.StatusNotFound {
			t.Errorf("session: %d", r.status)
		}
	}
}

// TestSessionListsLag: lists of sessions and messages are behind, single sessions are not.
func TestSessionListsLag(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{ListLag: 30 * time.Second, ListNewestFirst: true})
	first := w.makeSource(sessionPath, "")
	w.ask(first, "one")
	if n, m := len(w.do("GET", sessionsPath, "").list(t)), len(w.do("GET", "/session/"+first+"/messages", "").list(t)); n+m != 0 {
		t.Errorf("at once %d sessions and %d messages", n, m)
	}
	w.do("GET", "/session/"+first, "").object(t)
	second := w.makeSource(sessionPath, "")
	w.ask(first, "two")
	w.Clock().Advance(30 * time.Second)
	if got := uuids(w.do("GET", sessionsPath, "").list(t)); !reflect.DeepEqual(got, []string{second, first}) {
		t.Errorf("sessions %v", got)
	}
	got := w.do("GET", "/session/"+first+"/messages", "").list(t)
	if len(got) != 2 || got[0]["query"] != "two" || got[1]["query"] != "one" {
		t.Errorf("messages %v", got)
	}
	w.RemoveSession(first)
	if n := len(w.do("GET", sessionsPath, "").list(t)); n != 2 {
		t.Errorf("after the delete: %d", n)
	}
}

func TestSaveAndLoadSessions(t *testing.T) {
	t.Parallel()
	w := withSession(t, mockhub.Quirks{})
	w.AddSession(chatbotID, mockhub.Session{InitialVariables: map[string]any{"a": "<&>", "b": 1.5, "c": false}, Ended: true})
	w.AddSource(chatbotID, mockhub.Source{Type: "qa", Question: "q", Answer: "a"})
	w.ask(sessionID, "q")
	w.AddMessage(sessionID, mockhub.Message{Pending: true})
	saved, err := w.Save()
	if err != nil {
		t.Fatal(err)
	}
	second := serve(t, mockhub.Options{})
	if err := second.Load(saved); err != nil {
		t.Fatal(err)
	}
	if got, want := second.Sessions(chatbotID), w.Sessions(chatbotID); !reflect.DeepEqual(got, want) {
		t.Errorf("sessions %+v\nwant %+v", got, want)
	}
	if got, want := second.Messages(sessionID), w.Messages(sessionID); len(got) != 2 || !reflect.DeepEqual(got, want) {
		t.Errorf("messages %+v\nwant %+v", got, want)
	}
	// A saved state without sessions.
	old := fmt.Sprintf(`{"format":1,"chatbots":[{"uuid":%q,"value":{"UUID":%[1]q,"Name":"old"}}],"agents":[],"functions":[],"sources":[],"tags":[]}`, chatbotID)
	if err := second.Load([]byte(old)); err != nil {
		t.Fatal(err)
	}
	w.do("GET", sessionsPath, "").list(t)
	if got := second.Sessions(chatbotID); len(got) != 0 {
		t.Errorf("an old state has %v", got)
	}
	second.ask(second.makeSource(sessionPath, ""), "q")
}
