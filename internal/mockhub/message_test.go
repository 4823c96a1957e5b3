package mockhub_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// withSession returns a hub with the chatbot chatbotID and its session sessionID.
func withSession(t *testing.T, quirks mockhub.Quirks) *testHub {
	t.Helper()
	w := bot(t, quirks)
	w.AddSession(chatbotID, mockhub.Session{UUID: sessionID})
	return w
}

// ask sends a question that must be answered completely, and returns the streamed text.
func (w *testHub) ask(session, query string) string {
	w.t.Helper()
	body, _ := json.Marshal(map[string]string{"query": query})
	r := w.do("POST", "/session/"+session+"/message/stream", string(body))
	if r.status != 200 {
		w.t.Fatalf("%s: %d %s", query, r.status, r.body)
	}
	return r.body
}

// listedMessage returns the only message of the session as the list shows it.
func (w *testHub) listedMessage() map[string]any {
	w.t.Helper()
	list := w.do("GET", "/session/"+sessionID+"/messages", "").list(w.t)
	if len(list) != 1 {
		w.t.Fatalf("%d messages, want 1: %v", len(list), list)
	}
	return list[0]
}

func TestMessageLife(t *testing.T) {
	t.Parallel()
	w := withSession(t, mockhub.Quirks{})
	source := w.AddSource(chatbotID, mockhub.Source{Type: "qa", Question: "Who <are> you?", Answer: "I'm \"<b>\" & 🤖\n", Title: "T"})
	w.Clock().Advance(time.Minute)
	if got := w.ask(sessionID, " who <are> you "); got != "I'm \"<b>\" & 🤖\n" {
		t.Errorf("answer %q", got)
	}
	w.Clock().Advance(time.Minute)
	w.do("POST", "/session/"+sessionID+"/message/non-stream", `{"query":"Why?"}`).is(t, 200, `{"response":"`+strings.ReplaceAll(mockhub.NoAnswer, "\n", `\n`)+`"}`)
	stored := w.Messages(sessionID)
	if len(stored) != 2 {
		t.Fatalf("stored %+v", stored)
	}
	one, two := stored[0], stored[1]
	const rest = `"background_pending_tasks":0,`
	const more = `"detected_frustrations":null,"error_message":"","feedback_json":null,"finish_reason":"stop","labels":[],`
	meta := func(m mockhub.Message) string {
		return fmt.Sprintf(`"meta_json":"{\"completion_tokens\":%d,\"function_calls\":[],\"prompt_tokens\":%d,\"total_tokens\":%d}",`,
			(len(m.Response)+3)/4, (len(m.Query)+3)/4, (len(m.Response)+3)/4+(len(m.Query)+3)/4)
	}
	w.do("GET", "/session/"+sessionID+"/messages", "").is(t, 200, `[{`+rest+`"cite_data_json":"{\"1.1\":{\"data_source_uuid\":\"`+source+
		`\",\"file_name\":\"\",\"text\":\"I'm \\\"<b>\\\" & 🤖\\n\",\"title\":\"T\",\"type\":\"qa\"}}","created_at":"2024-07-26T12:01:00Z",`+
		more+meta(one)+`"modified_at":"2024-07-26T12:01:00Z","query":" who <are> you ","response":"I'm \"<b>\" & 🤖\n","session_documents":[],"uuid":"`+one.UUID+`"},`+
		`{`+rest+`"cite_data_json":"{}","created_at":"2024-07-26T12:02:00Z",`+more+meta(two)+`"modified_at":"2024-07-26T12:02:00Z","query":"Why?","response":"`+
		strings.ReplaceAll(mockhub.NoAnswer, "\n", `\n`)+`","session_documents":[],"uuid":"`+two.UUID+`"}]`)
	if s := w.session(sessionID); !s.ModifiedAt.Equal(noon.Add(2*time.Minute)) || !s.CreatedAt.Equal(noon) {
		t.Errorf("session %+v", s)
	}
	r := w.do("GET", "/session/"+sessionID+"/messages/plain-text", "")
	if r.header.Get("Content-Type") != "text/plain; charset=utf-8" ||
		r.body != "User:  who <are> you \nAssistant: I'm \"<b>\" & 🤖\n\n\nUser: Why?\nAssistant: "+mockhub.NoAnswer+"\n\n" {
		t.Errorf("transcript %q %v", r.body, r.header)
	}
	if w.Answers() != 2 {
		t.Errorf("%d answers", w.Answers())
	}
	w.do("POST", "/message/"+one.UUID+"/delete", "").is(t, 200, `{"success":true}`)
	w.do("POST", "/message/"+one.UUID+"/delete", "").is(t, 404, `{"error":"message not found"}`)
	if got := w.listedMessage(); got["uuid"] != two.UUID || w.Answers() != 2 {
		t.Errorf("left %v after %d answers", got, w.Answers())
	}
}

func TestMessageBodies(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"stream", "non-stream"} {
		w := withSession(t, mockhub.Quirks{})
		before, _ := w.Save()
		path := "/session/" + sessionID + "/message/" + how
		w.refused(path, "", []refusal{
			{``, `"query"`, needed}, {`"query":null`, `"query"`, noNull}, {`"query":""`, `"query"`, tooShort}, {`"query":["x"]`, `"query"`, noText},
			{`"query":"x","stream":true`, `"stream"`, noKey}, {`"query":"x","uuid":"` + unknownID + `"`, `"uuid"`, noKey},
		}...)
		if r := w.do("POST", path, ""); r.status != 422 {
			t.Errorf("no body: %d", r.status)
		}
		w.SetQuirks(func(q *mockhub.Quirks) { q.TrimsText = true })
		w.refused(path, "", refusal{`"query":" \n"`, `"query"`, tooShort})
		if after, _ := w.Save(); !bytes.Equal(after, before) || w.Answers() != 0 {
			t.Errorf("refused requests left %d answers and\n%s", w.Answers(), after)
		}
		w.do("POST", path, `{"query":" x\n"}`)
		if got := w.listedMessage()["query"]; got != "x" {
			t.Errorf("stored %q", got)
		}
	}
}

func TestMessageForms(t *testing.T) {
	t.Parallel()
	short := "cite_data_json created_at finish_reason meta_json modified_at query response uuid"
	full := "background_pending_tasks cite_data_json created_at detected_frustrations error_message feedback_json finish_reason labels " +
		"meta_json modified_at query response session_documents uuid"
	const absent = "absent"
	for name, tc := range map[string]struct {
		quirks      mockhub.Quirks
		keys        string
		noError     any
		cite        any
		withoutCite bool
	}{
		"default": {mockhub.Quirks{}, full, "", "{}", false},
		"short":   {mockhub.Quirks{MessageShort: true}, short, absent, "{}", false},
		"null":    {mockhub.Quirks{MessageErrorNull: true}, full, nil, "{}", false},
		"both":    {mockhub.Quirks{MessageErrorNull: true, MessageShort: true}, "", nil, "{}", false},
		"cite 1":  {mockhub.Quirks{CiteDataEmpty: "null"}, full, "", nil, false},
		"cite 2":  {mockhub.Quirks{CiteDataEmpty: "empty"}, full, "", "", false},
		"cite 3":  {mockhub.Quirks{CiteDataEmpty: "absent", MessageShort: true}, strings.TrimPrefix(short, "cite_data_json "), absent, absent, false},
		"extra":   {mockhub.Quirks{ExtraFields: true}, "", "", "{}", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := withSession(t, tc.quirks)
			value := func(m map[string]any, key string) any {
				if v, is := m[key]; is {
					return v
				}
				return absent
			}
			id := w.AddMessage(sessionID, mockhub.Message{})
			got := w.listedMessage()
			if v := value(got, "error_message"); v != tc.noError {
				t.Errorf("error_message %v, want %v", v, tc.noError)
			}
			if v := value(got, "cite_data_json"); v != tc.cite {
				t.Errorf("cite_data_json %v, want %v", v, tc.cite)
			}
			if got := keys(got); tc.keys != "" && got != tc.keys {
				t.Errorf("keys %s\nwant %s", got, tc.keys)
			}
			if _, is := got["moonphase"]; is != tc.quirks.ExtraFields {
				t.Errorf("extra field: %v", got)
			}
			w.EditMessage(id, func(m *mockhub.Message) {
				m.ErrorMessage, m.FinishReason = "e", ""
				m.Citations = []mockhub.Citation{{Key: "3.4", Type: "upload", FileName: "f"}, {Key: "5.6"}}
			})
			got = w.listedMessage()
			var cited map[string]map[string]string
			if err := json.Unmarshal([]byte(got["cite_data_json"].(string)), &cited); err != nil || len(cited) != 2 || len(cited["5.6"]) != 5 ||
				cited["3.4"]["file_name"] != "f" || got["error_message"] != "e" || got["finish_reason"] != "" {
				t.Errorf("%v: %v", err, got)
			}
			w.EditMessage(id, func(m *mockhub.Message) { m.Pending = true })
			if got := w.listedMessage(); value(got, "finish_reason") != nil {
				t.Errorf("pending: %v", got)
			}
		})
	}
}

func TestTranscriptJSON(t *testing.T) {
	t.Parallel()
	const want = `"User: a\n\"b\"\nAssistant: <c> 🤖\n\n"`
	for form, contentType := range map[string]string{"json": "application/json", "text": "text/plain; charset=utf-8"} {
		w := withSession(t, mockhub.Quirks{TranscriptJSON: form})
		w.AddMessage(sessionID, mockhub.Message{Query: "a\n\"b\"", Response: "<c> 🤖"})
		r := w.do("GET", "/session/"+sessionID+"/messages/plain-text", "")
		if r.status != 200 || strings.TrimSpace(r.body) != want || r.header.Get("Content-Type") != contentType {
			t.Errorf("%s: %+v", form, r)
		}
	}
}

// TestMessageTypes: a message has exactly the keys that the vendor's client requires, with their types (api.md §3).
func TestMessageTypes(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]mockhub.Message{
		"default": {},
		"filled": {
			Labels: []string{"refund"}, FeedbackJSON: `{"rating":1}`, DetectedFrustrations: "slow", BackgroundPendingTasks: 2, CalledFunctions: []string{"find_order"},
			SessionDocuments: []string{strings.Repeat("d", 32)}, Citations: []mockhub.Citation{{Key: "1.1"}},
		},
		"failed": {ErrorMessage: "e"},
	} {
		w := withSession(t, mockhub.Quirks{})
		w.AddMessage(sessionID, m)
		got := w.listedMessage()
		if len(got) != 14 {
			t.Errorf("%s: %d keys, want 14: %v", name, len(got), got)
		}
		for key := range strings.FieldsSeq("uuid created_at modified_at query response finish_reason cite_data_json meta_json error_message") {
			if _, is := got[key].(string); !is {
				t.Errorf("%s: %s is %T, want a string", name, key, got[key])
			}
		}
		if _, is := got["background_pending_tasks"].(float64); !is {
			t.Errorf("%s: background_pending_tasks %v", name, got["background_pending_tasks"])
		}
		for _, key := range []string{"detected_frustrations", "feedback_json"} {
			if _, is := got[key].(string); !is && got[key] != nil {
				t.Errorf("%s: %s %v", name, key, got[key])
			}
		}
		for _, key := range []string{"labels", "session_documents"} {
			if _, is := got[key].([]any); !is {
				t.Errorf("%s: %s %v", name, key, got[key])
			}
		}
	}
}

// TestMessageDetails: what a message has beside its answer, in both forms of its lists.
func TestMessageDetails(t *testing.T) {
	t.Parallel()
	document := strings.Repeat("d", 32)
	for texts, want := range map[bool][2]string{
		false: {`[{"name":"refund"}]`, `[{"uuid":"` + document + `"}]`}, true: {`["refund"]`, `["` + document + `"]`},
	} {
		w := withSession(t, mockhub.Quirks{MessageListsAsTexts: texts})
		id := w.AddMessage(sessionID, mockhub.Message{
			Query: "1234", Response: "12345678", Labels: []string{"refund"}, FeedbackJSON: `{"rating":1}`, DetectedFrustrations: "slow", BackgroundPendingTasks: 2,
			CalledFunctions: []string{"find_order"}, SessionDocuments: []string{document},
		})
		got := w.listedMessage()
		lists := [2]string{}
		for i, key := range []string{"labels", "session_documents"} {
			raw, _ := json.Marshal(got[key])
			lists[i] = string(raw)
		}
		if lists != want || got["feedback_json"] != `{"rating":1}` || got["detected_frustrations"] != "slow" || got["background_pending_tasks"] != 2.0 ||
			got["meta_json"] != `{"completion_tokens":2,"function_calls":[{"name":"find_order"}],"prompt_tokens":1,"total_tokens":3}` {
			t.Errorf("texts %t: %v", texts, got)
		}
		w.EditMessage(id, func(m *mockhub.Message) { m.MetaJSON = "odd" })
		if got := w.listedMessage()["meta_json"]; got != "odd" {
			t.Errorf("meta_json %v", got)
		}
	}
}

func TestTranscriptMissing(t *testing.T) {
	t.Parallel()
	w := withSession(t, mockhub.Quirks{TranscriptMissing: "page"})
	path := "/session/" + sessionID + "/messages/plain-text"
	if r := w.do("GET", path, ""); r.status != 200 || !strings.HasPrefix(r.body, "<!doctype html>") {
		t.Errorf("page: %+v", r)
	}
	w.SetQuirks(func(q *mockhub.Quirks) { q.TranscriptMissing = "404" })
	w.do("GET", path, "").is(t, 404, `{"error":"not found"}`)
	w.SetQuirks(func(q *mockhub.Quirks) { *q = mockhub.Quirks{ListNewestFirst: true, ListLag: time.Minute} })
	w.do("GET", path, "").is(t, 200, "")
	w.AddMessage(sessionID, mockhub.Message{Query: "a", Response: "b"})
	w.AddMessage(sessionID, mockhub.Message{Query: "c", ErrorMessage: "e"})
	w.do("GET", path, "").is(t, 200, "User: a\nAssistant: b\n\nUser: c\nAssistant:")
}

func TestBulkDeleteOfMessages(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		quirks mockhub.Quirks
		order  []int // of messages 0, 1, 2; 3 was there, 4 never was
		status int
		left   []int
	}{
		"all":      {mockhub.Quirks{}, []int{2, 0, 1}, 200, nil},
		"atomic":   {mockhub.Quirks{}, []int{0, 4}, 422, []int{0, 1, 2}},
		"deleted":  {mockhub.Quirks{}, []int{0, 3}, 422, []int{0, 1, 2}},
		"2nd goes": {mockhub.Quirks{SecondDeleteSucceeds: true}, []int{0, 3}, 200, []int{1, 2}},
		"partial":  {mockhub.Quirks{BulkDeletePartial: true}, []int{4, 0}, 422, []int{1, 2}},
		"leaves":   {mockhub.Quirks{BulkDeleteLeaves: 1}, []int{1, 0}, 200, []int{0, 2}},
		"too many": {mockhub.Quirks{MaxBulk: 2}, []int{0, 1, 2}, 422, []int{0, 1, 2}},
		"none":     {mockhub.Quirks{}, []int{}, 422, []int{0, 1, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := withSession(t, tc.quirks)
			var ids []string
			for range 4 {
				ids = append(ids, w.AddMessage(sessionID, mockhub.Message{}))
			}
			w.RemoveMessage(ids[3])
			ids = append(ids, unknownID)
			chosen, left := []string{}, []string{}
			for _, i := range tc.order {
				chosen = append(chosen, ids[i])
			}
			for _, i := range tc.left {
				left = append(left, ids[i])
			}
			body, _ := json.Marshal(map[string]any{"uuids": chosen})
			r := w.do("POST", "/messages/delete", string(body))
			if r.status != tc.status {
				t.Errorf("%d %s, want %d", r.status, r.body, tc.status)
			}
			if name == "atomic" {
				r.is(t, 422, `[{"error":"message not found","uuid":"`+unknownID+`"}]`)
			}
			if got := uuids(w.do("GET", "/session/"+sessionID+"/messages", "").list(t)); !reflect.DeepEqual(got, left) {
				t.Errorf("left %v, want %v", got, left)
			}
		})
	}
}

func TestMessagesOutOfBand(t *testing.T) {
	t.Parallel()
	w := withSession(t, mockhub.Quirks{})
	w.Clock().Advance(time.Minute)
	given := mockhub.Message{Citations: []mockhub.Citation{{Key: "1"}}}
	id := w.AddMessage(sessionID, given)
	given.Citations[0].Key = "x"
	at := noon.Add(time.Minute)
	want := mockhub.Message{UUID: id, SessionUUID: sessionID, Query: "Is anybody there?", Response: mockhub.NoAnswer, FinishReason: "stop",
		Citations: []mockhub.Citation{{Key: "1"}}, CreatedAt: at, ModifiedAt: at}
	got, is := w.Message(id)
	if !is || !reflect.DeepEqual(got, want) || !w.session(sessionID).ModifiedAt.Equal(at) || w.Answers() != 0 {
		t.Errorf("added %+v\nwant  %+v\nin %+v", got, want, w.session(sessionID))
	}
	got.Citations[0].Key = "x"
	w.Clock().Advance(time.Minute)
	var kept *mockhub.Message
	if !w.EditMessage(id, func(m *mockhub.Message) { kept, m.UUID, m.SessionUUID, m.Response = m, unknownID, unknownID, "r" }) {
		t.Error("EditMessage did not")
	}
	kept.Citations[0].Key = "x"
	want.Response, want.ModifiedAt = "r", noon.Add(2*time.Minute)
	if got := w.Messages(sessionID); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("edited %+v\nwant   %+v", got, want)
	}
	if !w.RemoveMessage(id) || w.RemoveMessage(id) || w.EditMessage(id, func(*mockhub.Message) { t.Error("called") }) {
		t.Error("RemoveMessage: want true once, and nothing to edit after it")
	}
	failed, _ := w.Message(w.AddMessage(sessionID, mockhub.Message{ErrorMessage: "e"}))
	if failed.Response != "" || failed.FinishReason != "" {
		t.Errorf("with an error: %+v", failed)
	}
	if !panics(func() { w.AddMessage(unknownID, mockhub.Message{}) }) || !panics(func() { w.AddMessage(sessionID, mockhub.Message{UUID: id}) }) {
		t.Error("no panic")
	}
}
