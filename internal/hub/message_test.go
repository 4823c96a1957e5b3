package hub

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

func TestCitations(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`"{}"`: "", `""`: "", `null`: "", `"null"`: "", `"[]"`: "", `"no JSON"`: "", `{}`: "", `7`: "",
		`"{\"3.10\":{\"title\":\"c\"},\"3.9\":{\"title\":\"b\"},\"3\":{\"title\":\"a\"},\"x\":{\"title\":\"e\"},\"10.1\":{\"title\":\"d\"}}"`: "3 a · 3.9 b · 3.10 c · 10.1 d · x e",
		`{"1.1":{"data_source_uuid":"` + string(someID) + `","text":"T","file_name":"F","type":"qa","title":"t"}}`:                            "1.1 t",
		`"{\"1\":null,\"2\":{\"data_source_uuid\":null,\"title\":7}}"`:                                                                        "2 7",
	} {
		list, err := rest.Decode[consistency.List[Message]]([]byte(`[{"uuid":"` + string(someID) + `","cite_data_json":` + raw + `}]`))
		if err != nil {
			t.Errorf("%s: %v", raw, err)
			continue
		}
		var got []string
		for _, c := range list[0].Citations() {
			got = append(got, c.Key+" "+string(c.Title))
		}
		if strings.Join(got, " · ") != want {
			t.Errorf("%s: %q, want %q", raw, got, want)
		}
	}
}

// TestMessageIsGone: a message is gone after its own deletion or that of its session, whatever the status for unknown ids.
func TestMessageIsGone(t *testing.T) {
	t.Parallel()
	for _, status := range []int{404, 400, 403, 422} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			s := serviceOverHTTP(t, mockhub.Quirks{UnknownStatus: status})
			id := ID(s.AddMessage(string(s.session), mockhub.Message{Query: hello}))
			if m, err := s.Client.Message(t.Context(), s.session, id, ""); err != nil || m.Query != hello {
				t.Errorf("%+v, %v", m, err)
			}
			if _, err := s.Client.Message(t.Context(), s.session, someID, ""); !IsGone(err) {
				t.Error(err)
			}
			s.RemoveSession(string(s.session))
			later := clientFor(t, s.rest.BaseURL.String())
			if _, err := later.Message(t.Context(), s.session, id, ""); !IsGone(err) {
				t.Error(err)
			}
			if _, err := later.Messages(t.Context(), s.session); !IsGone(err) {
				t.Error(err)
			}
		})
	}
}

func TestMessageIsNotGone(t *testing.T) {
	t.Parallel()
	for name, faults := range map[string][]mockhub.Fault{
		"404 of the list": {{Route: messagesRoute, Status: 404}}, "403 of the list": {{Route: messagesRoute, Status: 403}}, "500": {{Route: messagesRoute, Status: 500}},
		"HTML": {{Route: messagesRoute, HTML: true}}, "null": {{Route: messagesRoute, Body: "null"}}, "shrunk once": {{Route: messagesRoute, Body: "[]"}},
		"401 for the key":             {{Route: messagesRoute, Status: 401}},
		"404, and no session to read": {{Route: messagesRoute, Status: 404}, {Route: sessionRoute, Status: 500}},
		"missing, no session to read": {{Route: messagesRoute, Body: "[]", Times: 2}, {Route: sessionRoute, Status: 500}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serviceOverHTTP(t, mockhub.Quirks{})
			id := ID(s.AddMessage(string(s.session), mockhub.Message{}))
			for _, f := range faults {
				s.Inject(f)
			}
			if _, err := s.Client.Message(t.Context(), s.session, id, ""); IsGone(err) || (err == nil) != (name == "shrunk once") {
				t.Error(err)
			}
			if s.FaultsLeft() != 0 {
				t.Error("a fault was not used")
			}
		})
	}
}

// TestOneListOfMessages: all readers of messages of a session share a list.
func TestOneListOfMessages(t *testing.T) {
	t.Parallel()
	s := serviceOverHTTP(t, mockhub.Quirks{})
	var readers sync.WaitGroup
	for range 20 {
		id := ID(s.AddMessage(string(s.session), mockhub.Message{}))
		readers.Go(func() {
			if m, err := s.Client.Message(t.Context(), s.session, id, ""); err != nil || m.ID != id {
				t.Errorf("%+v, %v", m, err)
			}
		})
	}
	readers.Wait()
	if n := s.Count(""); n > 2 { // readers that begin while the first list is in flight share it or the next
		t.Errorf("%d requests", n)
	}
}

// threeSessions adds three sessions with ten messages each.
func threeSessions(s *testService) (sessions []ID, all map[ID]ID) {
	all = map[ID]ID{}
	for range 3 {
		session := ID(s.AddSession(s.chatbot, mockhub.Session{}))
		sessions = append(sessions, session)
		for range 10 {
			all[ID(s.AddMessage(string(session), mockhub.Message{}))] = session
		}
	}
	return sessions, all
}

// TestDeleteMessages: messages of all sessions are deleted together. Those that remain after a bulk request are deleted one by one.
func TestDeleteMessages(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		quirks        mockhub.Quirks
		before        func(*testService, []ID, map[ID]ID)
		bulk, singles int
	}{
		"plain":        {bulk: 1},
		"deleted":      {before: aMessageLess, bulk: 1, singles: 29},
		"partial":      {quirks: mockhub.Quirks{BulkDeletePartial: true}, before: aMessageLess, bulk: 1},
		"ignored":      {quirks: mockhub.Quirks{BulkDeleteIgnoresUnknown: true}, before: aMessageLess, bulk: 1},
		"again":        {quirks: mockhub.Quirks{SecondDeleteSucceeds: true}, before: aMessageLess, bulk: 1},
		"a session":    {before: aSessionLess, bulk: 1, singles: 20},
		"all sessions": {before: func(s *testService, sessions []ID, _ map[ID]ID) { each(sessions, s.RemoveSession) }, bulk: 1},
		"403, unknown": {quirks: mockhub.Quirks{UnknownStatus: 403}, before: aSessionLess, bulk: 1, singles: 20},
		"too many":     {quirks: mockhub.Quirks{MaxBulk: 10}, bulk: 1, singles: 30},
		"502, done": {before: func(s *testService, _ []ID, _ map[ID]ID) {
			s.Inject(mockhub.Fault{Route: bulkRoute, Process: true, Status: 502})
		}, bulk: 2},
		"500, done": {before: func(s *testService, _ []ID, _ map[ID]ID) {
			s.Inject(mockhub.Fault{Route: bulkRoute, Process: true, Status: 500})
		}, bulk: 1},
		"405": {before: func(s *testService, _ []ID, _ map[ID]ID) { s.Inject(mockhub.Fault{Route: bulkRoute, Status: 405}) }, bulk: 1, singles: 30},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { // in a bubble all deletes begin before the clock advances
				s := serviceInProcess(t, c.quirks)
				other := ID(s.AddMessage(string(s.session), mockhub.Message{}))
				sessions, all := threeSessions(s)
				if c.before != nil {
					c.before(s, sessions, all)
				}
				var wait sync.WaitGroup
				for id, session := range all {
					wait.Go(func() {
						if err := s.DeleteMessage(t.Context(), session, id); err != nil {
							t.Error(err)
						}
					})
				}
				wait.Wait()
				for _, session := range sessions {
					if left := s.Hub.Messages(string(session)); len(left) > 0 {
						t.Errorf("%d are left", len(left))
					}
				}
				if s.Count(bulkRoute) != c.bulk || s.Count(singleRoute) != c.singles {
					t.Errorf("%d bulk requests and %d single ones, want %d and %d", s.Count(bulkRoute), s.Count(singleRoute), c.bulk, c.singles)
				}
				if m, err := s.Client.Message(t.Context(), s.session, other, ""); err != nil || m.ID != other {
					t.Errorf("the message that was not deleted: %v", err)
				}
			})
		})
	}
}

func aMessageLess(s *testService, _ []ID, all map[ID]ID) {
	for id := range all {
		s.RemoveMessage(string(id))
		return
	}
}

func aSessionLess(s *testService, sessions []ID, _ map[ID]ID) { s.RemoveSession(string(sessions[1])) }

func each(ids []ID, f func(string) bool) {
	for _, id := range ids {
		f(string(id))
	}
}

// TestDeleteMessageFails: the refusal to delete an existing message is reported, and the others are deleted.
func TestDeleteMessageFails(t *testing.T) {
	t.Parallel()
	s := serviceOverHTTP(t, mockhub.Quirks{})
	id := ID(s.AddMessage(string(s.session), mockhub.Message{}))
	s.Inject(mockhub.Fault{Route: singleRoute, Status: 403, Body: `{"error":"locked"}`})
	if err := s.DeleteMessage(t.Context(), s.session, id); AsError(err) == nil || AsError(err).Message != "locked" {
		t.Error(err)
	}
	if err := s.DeleteMessage(t.Context(), s.session, id); err != nil {
		t.Error(err)
	}
	for range 2 {
		if err := s.DeleteMessage(t.Context(), s.session, id); err != nil {
			t.Errorf("deleted before: %v", err)
		}
	}
}

// TestReadAfterDelete: no list from before a delete is returned after it, in any of the sessions.
func TestReadAfterDelete(t *testing.T) {
	t.Parallel()
	s := serviceOverHTTP(t, mockhub.Quirks{})
	sessions, all := threeSessions(s)
	for _, session := range sessions {
		if m, err := s.Client.Messages(t.Context(), session); err != nil || len(m) != 10 {
			t.Fatalf("%d messages, %v", len(m), err)
		}
	}
	var wait sync.WaitGroup
	for id, session := range all {
		wait.Go(func() {
			if err := s.DeleteMessage(t.Context(), session, id); err != nil {
				t.Error(err)
			}
			if _, err := s.Client.Message(t.Context(), session, id, ""); !IsGone(err) {
				t.Errorf("the message still exists: %v", err)
			}
		})
	}
	wait.Wait()
}

func TestTranscript(t *testing.T) {
	t.Parallel()
	for missing, want := range map[string]func(string, error) bool{
		"": func(text string, err error) bool {
			return err == nil && strings.Contains(text, hello) && strings.Contains(text, mockhub.NoAnswer)
		},
		"404": func(_ string, err error) bool { return AsError(err) != nil && AsError(err).Status == 404 },
		"page": func(_ string, err error) bool {
			a, ok := errors.AsType[*AnswerError](err)
			return ok && a.HTML
		},
	} {
		s := serviceOverHTTP(t, mockhub.Quirks{TranscriptMissing: missing})
		s.AddMessage(string(s.session), mockhub.Message{Query: hello})
		if text, err := s.Transcript(t.Context(), s.session); !want(text, err) {
			t.Errorf("%s: %q, %v", missing, text, err)
		}
	}
	s := serviceOverHTTP(t, mockhub.Quirks{})
	if text, err := s.Transcript(t.Context(), s.session); err != nil || text != "" {
		t.Errorf("of an empty session: %q, %v", text, err)
	}
}

// TestTranscriptForms: a transcript is the same text whether it comes as it is or as a JSON string in quotes.
func TestTranscriptForms(t *testing.T) {
	t.Parallel()
	const query, response = "Who \"are\" you?\nTell me.", "I’m <b>Bob</b> 🤖"
	for _, form := range []string{"", "json", "text"} {
		s := serviceOverHTTP(t, mockhub.Quirks{TranscriptJSON: form})
		if text, err := s.Transcript(t.Context(), s.session); err != nil || text != "" {
			t.Errorf("%q, of an empty session: %q, %v", form, text, err)
		}
		s.AddMessage(string(s.session), mockhub.Message{Query: query, Response: response})
		if text, err := s.Transcript(t.Context(), s.session); err != nil || text != "User: "+query+"\nAssistant: "+response+"\n\n" {
			t.Errorf("%q: %q, %v", form, text, err)
		}
	}
}

// TestDecodeTranscript: only a body that is one JSON string as a whole is decoded.
func TestDecodeTranscript(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"": "", `""`: "", " \"a\\nb\"\r\n": "a\nb", "\ufeff\"a\"": "a", `"\u0041\ud83d\ude42"`: "A🙂", `"\ud83d"`: "\uFFFD",
		`"a" and "b"`: `"a" and "b"`, `"a`: `"a`, "User: \"a\"": "User: \"a\"", "{}": "{}", "null": "null", "7": "7", "Gr\xf6\xdfe": "Gr\uFFFDe",
	} {
		if got := decodeTranscript(body); got != want {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
}

// TestMessagesInOrder: the client keeps the service's order.
func TestMessagesInOrder(t *testing.T) {
	t.Parallel()
	s := serviceOverHTTP(t, mockhub.Quirks{})
	var want []string
	for range 5 {
		want = append(want, s.AddMessage(string(s.session), mockhub.Message{}))
	}
	messages, err := s.Client.Messages(t.Context(), s.session)
	var got []string
	for i := range messages {
		got = append(got, string(messages[i].ID))
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
}
