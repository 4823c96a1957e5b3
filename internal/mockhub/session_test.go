package mockhub_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const (
	sessionPath  = "/chatbot/" + chatbotID + "/session/create"
	sessionsPath = "/chatbot/" + chatbotID + "/sessions"
	sessionID    = "fedcba9876543210fedcba9876543210" // the session of withSession
)

// session returns a session as it is stored.
func (w *testHub) session(uuid string) mockhub.Session {
	w.t.Helper()
	s, is := w.Session(uuid)
	if !is {
		w.t.Fatalf("there is no session %s", uuid)
	}
	return s
}

// uuids returns the uuids of a list, in its order.
func uuids(list []map[string]any) []string {
	out := []string{}
	for _, item := range list {
		out = append(out, item["uuid"].(string))
	}
	return out
}

func TestSessionLife(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	made := w.do("POST", sessionPath, `{"initial_variables":{"a":" <x> ","b":1.5,"c":true,"":""}}`)
	id := made.object(t)["uuid"].(string)
	shown := `{"created_at":"2024-07-26T12:00:00Z","modified_at":"2024-07-26T12:00:00Z","uuid":"` + id + `"}`
	made.is(t, 200, shown)
	w.do("GET", "/session/"+id, "").is(t, 200, shown)
	w.do("GET", sessionsPath, "").is(t, 200, "["+shown+"]")
	want := mockhub.Session{
		UUID: id, ChatbotUUID: chatbotID, IPAddress: "192.0.2.1", CreatedAt: noon, ModifiedAt: noon,
		InitialVariables: map[string]any{"a": " <x> ", "b": 1.5, "c": true, "": ""},
	}
	if got := w.session(id); !reflect.DeepEqual(got, want) || !reflect.DeepEqual(w.Sessions(chatbotID), []mockhub.Session{want}) {
		t.Errorf("stored %+v\nwant   %+v", got, want)
	}
	w.Clock().Advance(time.Hour)
	if got := w.do("GET", "/session/"+id, "").body; strings.TrimSpace(got) != shown {
		t.Errorf("a read changed the session to %s", got)
	}
	w.do("POST", "/session/"+id+"/delete", "").is(t, 200, `{"success":true}`)
	w.do("POST", "/session/"+id+"/delete", "").is(t, 404, `{"error":"session not found"}`)
	w.do("GET", "/session/"+id, "").is(t, 404, `{"error":"session not found"}`)
	w.do("GET", sessionsPath, "").is(t, 200, "[]")
}

func TestSessionBodies(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	for _, body := range []string{"", "{}", `{"initial_variables":{}}`} {
		id := w.makeSource(sessionPath, body)
		if got := w.session(id).InitialVariables; len(got) != 0 {
			t.Errorf("%q: %v", body, got)
		}
	}
	req := w.request(t.Context(), "POST", sessionPath, "")
	req.Header.Set("Content-Type", "application/json")
	if r, err := w.send(req); err != nil || r.status != 200 {
		t.Errorf("JSON that is not there: %v %+v", err, r)
	}
	before, _ := w.Save()
	const v, flat = `"initial_variables"`, "str, float or bool expected"
	w.refused(sessionPath, "", []refusal{
		{v + `:null`, v, noNull}, {v + `:[]`, v, noDict}, {v + `:"x"`, v, noDict}, {v + `:{"a":1,"a":2}`, v, noDict},
		{v + `:{"a":null}`, v + `,"a"`, noNull}, {v + `:{"a":{}}`, v + `,"a"`, flat}, {v + `:{"a":["b"]}`, v + `,"a"`, flat},
		{`"meta":{}`, `"meta"`, noKey}, {`"a":"b"`, `"a"`, noKey},
	}...)
	for _, body := range []string{" ", "[]", "null", "{"} {
		if r := w.do("POST", sessionPath, body); r.status != 422 {
			t.Errorf("%q: %d %s", body, r.status, r.body)
		}
	}
	req = w.request(t.Context(), "POST", sessionPath, "{}")
	req.Header.Del("Content-Type")
	if r, err := w.send(req); err != nil || r.status != 422 {
		t.Errorf("without a content type: %v %+v", err, r)
	}
	if after, _ := w.Save(); !bytes.Equal(after, before) {
		t.Errorf("refused requests left\n%s", after)
	}
}

func TestSessionTimes(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	ids := w.AddSessions(chatbotID, 5, noon, time.Minute)
	w.AddSession(w.AddChatbot(mockhub.Chatbot{}), mockhub.Session{})
	for query, want := range map[string][]string{
		"": ids,
		"?start_timestamp=2024-07-26T12:01:00.000Z":                                        ids[1:],
		"?start_timestamp=2024-07-26T12:01:00.001Z":                                        ids[2:],
		"?end_timestamp=2024-07-26T12:01:00.000Z":                                          ids[:2],
		"?end_timestamp=2024-07-26T12:00:59.999Z":                                          ids[:1],
		"?start_timestamp=2024-07-26T12:02:00.000Z&end_timestamp=2024-07-26T12:02:00.000Z": ids[2:3],
		"?start_timestamp=2024-07-26T12:03:00.000Z&end_timestamp=2024-07-26T12:02:00.000Z": {},
	} {
		if got := uuids(w.do("GET", sessionsPath+query, "").list(t)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	refuse := func() {
		for _, bad := range []string{
			"", "2024-07-26T12:01:00Z", "2024-07-26T12:01:00.00Z", "2024-07-26T12:01:00,000Z", "2024-07-26%2012:01:00.000Z",
			"2024-07-26T12:01:00.000%2B00:00", "2024-13-26T12:01:00.000Z", "1721995200", "2024-07-26T12:01:00.000Z&start_timestamp=2024-07-26T12:01:00.000Z",
		} {
			w.do("GET", sessionsPath+"?start_timestamp="+bad, "").is(t, 422,
				`[{"loc":["start_timestamp"],"msg":"invalid datetime format","type":"value_error.datetime"}]`)
		}
		if r := w.do("GET", sessionsPath+"?end_timestamp=x&start_timestamp=x", ""); r.status != 422 || strings.Count(r.body, "loc") != 2 {
			t.Errorf("both: %d %s", r.status, r.body)
		}
		if r := w.do("GET", sessionsPath+"?limit=1", ""); r.status != 422 {
			t.Errorf("another parameter: %d %s", r.status, r.body)
		}
	}
	refuse()
	w.SetQuirks(func(q *mockhub.Quirks) { q.SessionsIgnoreTimes = true })
	refuse()
	if got := w.do("GET", sessionsPath+"?start_timestamp=2024-07-26T12:01:00.000Z&end_timestamp=2024-07-26T12:01:00.000Z", "").list(t); len(got) != 5 {
		t.Errorf("ignored times left %d", len(got))
	}
}

func TestSessionEcho(t *testing.T) {
	t.Parallel()
	given := `{"initial_variables":{"a":"12","b":"true","c":"1e2","d":"<x>","e":"null","f":" 7","g":"01","h":5,"i":"-0.50","uuid":"u"}}`
	plain := `{"a":"12","b":"true","c":"1e2","d":"<x>","e":"null","f":" 7","g":"01","h":5,"i":"-0.50","uuid":"u"}`
	typed := `{"a":12,"b":true,"c":1e2,"d":"<x>","e":"null","f":" 7","g":"01","h":5,"i":-0.50,"uuid":"u"}`
	for want, quirks := range map[string]mockhub.Quirks{
		plain: {SessionEcho: true, NumbersAsFloats: true, BooleansAsNumbers: true},
		typed: {SessionEcho: true, SessionVariablesTyped: true},
	} {
		w := bot(t, quirks)
		made := w.do("POST", sessionPath, given)
		id := made.object(t)["uuid"].(string)
		head := `{"created_at":"2024-07-26T12:00:00Z","initial_variables":` + want + `,"ip_address":"192.0.2.1",`
		made.is(t, 200, head+`"modified_at":"2024-07-26T12:00:00Z","uuid":"`+id+`"}`)
		read := head + `"meta":{},"modified_at":"2024-07-26T12:00:00Z","uuid":"` + id + `"}`
		w.do("GET", "/session/"+id, "").is(t, 200, read)
		w.do("GET", sessionsPath, "").is(t, 200, "["+read+"]")
		bare := w.makeSource(sessionPath, "")
		if got := w.do("GET", "/session/"+bare, ""); !strings.Contains(got.body, `"initial_variables":{},`) {
			t.Errorf("without variables: %s", got.body)
		}
		w.SetQuirks(func(q *mockhub.Quirks) { q.ExtraFields = true })
		got := w.do("GET", "/session/"+id, "")
		if !strings.Contains(got.body, want) || strings.Count(got.body, "moonphase") != 2 {
			t.Errorf("with extra fields: %s", got.body)
		}
	}
	w := bot(t, mockhub.Quirks{TrimsText: true, SessionVariablesTyped: true})
	made := w.do("POST", sessionPath, `{"initial_variables":{"a":" x "}}`)
	if got := w.session(made.object(t)["uuid"].(string)).InitialVariables["a"]; got != "x" || strings.Contains(made.body, "initial") {
		t.Errorf("stored %q, answered %s", got, made.body)
	}
}

// TestUnknownSession: all routes below a session answer in the same way if it does not exist.
func TestUnknownSession(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		quirks         mockhub.Quirks
		never, deleted int
		second         int
	}{
		"default": {mockhub.Quirks{}, 404, 404, 404},
		"403":     {mockhub.Quirks{UnknownStatus: 403}, 403, 403, 403},
		"422":     {mockhub.Quirks{UnknownStatus: 422, DeletedStatus: 400}, 422, 400, 400},
		"deleted": {mockhub.Quirks{DeletedStatus: 403, SecondDeleteSucceeds: true}, 404, 403, 200},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := withSession(t, tc.quirks)
			m := w.AddMessage(sessionID, mockhub.Message{})
			w.RemoveMessage(m)
			w.RemoveSession(sessionID)
			for _, call := range [][2]string{
				{"GET", ""}, {"GET", "/messages"}, {"GET", "/messages/plain-text"}, {"POST", "/message/stream"}, {"POST", "/message/non-stream"},
			} {
				body := map[string]string{"GET": "", "POST": `{"query":"q"}`}[call[0]]
				for uuid, want := range map[string]int{unknownID: tc.never, sessionID: tc.deleted} {
					r := w.do(call[0], "/session/"+uuid+call[1], body)
					if r.status != want || !strings.Contains(r.body, "session not found") {
						t.Errorf("%v: %d %s, want %d", call, r.status, r.body, want)
					}
				}
			}
			for path, want := range map[string]int{
				"/session/" + unknownID: tc.never, "/session/" + sessionID: tc.second, "/message/" + unknownID: tc.never, "/message/" + m: tc.second,
			} {
				if r := w.do("POST", path+"/delete", ""); r.status != want {
					t.Errorf("delete %s: %d %s, want %d", path, r.status, r.body, want)
				}
			}
			for path, method := range map[string]string{"/session/create": "POST", "/sessions": "GET"} {
				if r := w.do(method, "/chatbot/"+unknownID+path, ""); r.status != tc.never || !strings.Contains(r.body, "chatbot not found") {
					t.Errorf("%s: %d %s", path, r.status, r.body)
				}
			}
			if w.Answers() != 0 || len(w.Sessions(chatbotID)) != 0 {
				t.Errorf("%d answers, %d sessions", w.Answers(), len(w.Sessions(chatbotID)))
			}
		})
	}
}

func TestEndedSession(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]int{0: 409, 404: 404, 400: 400, 403: 403} {
		w := withSession(t, mockhub.Quirks{EndedStatus: status})
		w.Clock().Advance(time.Minute)
		if !w.EndSession(sessionID) || w.EndSession(unknownID) {
			t.Error("EndSession: want true for the session, and false for none")
		}
		for _, how := range []string{"stream", "non-stream"} {
			w.do("POST", "/session/"+sessionID+"/message/"+how, `{"query":"q"}`).is(t, want, `{"error":"session has ended"}`)
			if r := w.do("POST", "/session/"+sessionID+"/message/"+how, `{}`); r.status != 422 {
				t.Errorf("a bad body: %d", r.status)
			}
		}
		w.SetQuirks(func(q *mockhub.Quirks) { q.ErrorForm = "text" })
		w.do("POST", "/session/"+sessionID+"/message/stream", `{"query":"q"}`).is(t, want, "session has ended")
		shown := w.do("GET", "/session/"+sessionID, "").object(t)
		if list := w.do("GET", sessionsPath, "").list(t); len(list) != 1 || shown["modified_at"] != "2024-07-26T12:01:00Z" || len(shown) != 3 {
			t.Errorf("ended: %v %v", shown, list)
		}
		if n := len(w.Messages(sessionID)); n != 0 || w.Answers() != 0 {
			t.Errorf("%d messages, %d answers", n, w.Answers())
		}
	}
}
