package hub

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestSessionLife creates, reads, uses and deletes a session, for every form of answers.
func TestSessionLife(t *testing.T) {
	t.Parallel()
	for name, quirks := range map[string]mockhub.Quirks{
		"plain": {}, "echo": {SessionEcho: true}, "typed": {SessionEcho: true, SessionVariablesTyped: true}, "extra": {ExtraFields: true}, "again": {SecondDeleteSucceeds: true},
		"400": {UnknownStatus: 400}, "403": {UnknownStatus: 403}, "422": {UnknownStatus: 422}, "410": {DeletedStatus: 410}, "404, text": {ErrorForm: "text"},
	} {
		for _, known := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, chatbot known %t", name, known), func(t *testing.T) {
				t.Parallel()
				s := serviceOverHTTP(t, quirks)
				want := map[string]string{"name": "Zoë 🙂", "age": "7", "vip": "true", "empty": ""}
				made, err := s.CreateSession(t.Context(), ID(s.chatbot), want)
				if err != nil {
					t.Fatal(err)
				}
				if variables := made.InitialVariables; quirks.SessionEcho && !maps.Equal(variables, want) || !quirks.SessionEcho && variables != nil {
					t.Errorf("%v", variables)
				}
				chatbot := ID(s.chatbot)
				if !known {
					chatbot = ""
				}
				if got, err := s.Client.Session(t.Context(), chatbot, made.ID); err != nil || got.ID != made.ID || got.CreatedAt != made.CreatedAt {
					t.Errorf("%+v, %v", got, err)
				}
				if _, err := s.Ask(t.Context(), made.ID, hello); err != nil {
					t.Error(err)
				}
				for range 2 { // the second delete finds no session, which is a success
					if err := s.DeleteSession(t.Context(), chatbot, made.ID); err != nil {
						t.Error(err)
					}
				}
				if _, err := s.Client.Session(t.Context(), chatbot, made.ID); !IsGone(err) {
					t.Error(err)
				}
				if _, err := s.Client.Messages(t.Context(), made.ID); !IsGone(err) {
					t.Error(err)
				}
				if _, err := s.CreateSession(t.Context(), someID, nil); !IsGone(err) {
					t.Errorf("unknown chatbot: %v", err)
				}
			})
		}
	}
}

// TestSessionBodies: without variables the request has no body.
func TestSessionBodies(t *testing.T) {
	t.Parallel()
	for want, variables := range map[string]map[string]string{"": nil, `{"initial_variables":{"a":"b"}}`: {"a": "b"}} {
		s := serviceOverHTTP(t, mockhub.Quirks{})
		if _, err := s.CreateSession(t.Context(), ID(s.chatbot), variables); err != nil {
			t.Error(err)
		}
		if r := s.Requests(); len(r) != 1 || string(r[0].Body) != want {
			t.Errorf("%+v, want one request with %q", r, want)
		}
	}
}

// TestSessionIsNotGone: a failure of the service is not a deletion.
func TestSessionIsNotGone(t *testing.T) {
	t.Parallel()
	const one, all, bots = sessionRoute, "GET /chatbot/{uuid}/sessions", "GET /chatbots"
	for name, c := range map[string]struct {
		known  bool
		faults []mockhub.Fault
	}{
		"401":                  {true, []mockhub.Fault{{Route: one, Status: 401}}},
		"500":                  {true, []mockhub.Fault{{Route: one, Status: 500}}},
		"HTML":                 {true, []mockhub.Fault{{Route: one, HTML: true}}},
		"another session":      {true, []mockhub.Fault{{Route: one, Body: `{"uuid":"` + string(someID) + `"}`}}},
		"404 by a proxy":       {true, []mockhub.Fault{{Route: one, Status: 404, Body: "<html>", ContentType: "text/html"}}},
		"a 404 page":           {false, []mockhub.Fault{{Route: one, Status: 404, HTML: true}}},
		"a 403 page":           {false, []mockhub.Fault{{Route: one, Status: 403, HTML: true}}},
		"a 400 page":           {false, []mockhub.Fault{{Route: one, Status: 400, HTML: true}}},
		"a 403 page, listed":   {true, []mockhub.Fault{{Route: one, Status: 403, HTML: true}}},
		"403, the list has it": {true, []mockhub.Fault{{Route: one, Status: 403}}},
		"403, no list":         {true, []mockhub.Fault{{Route: one, Status: 403}, {Route: all, Status: 500}}},
		"403, a key refused":   {false, []mockhub.Fault{{Route: one, Status: 403}, {Route: bots, Status: 401}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serviceOverHTTP(t, mockhub.Quirks{})
			for _, f := range c.faults {
				s.Inject(f)
			}
			chatbot := ID("")
			if c.known {
				chatbot = ID(s.chatbot)
			}
			if _, err := s.Client.Session(t.Context(), chatbot, s.session); err == nil || IsGone(err) || s.FaultsLeft() != 0 {
				t.Errorf("%v, %d faults left", err, s.FaultsLeft())
			}
		})
	}
}

// TestSessions: the bounds are inclusive, whether the service applies them or not.
func TestSessions(t *testing.T) {
	t.Parallel()
	from := time.Date(2025, 7, 16, 7, 0, 0, 0, time.UTC)
	for _, ignores := range []bool{false, true} {
		s := serviceOverHTTP(t, mockhub.Quirks{SessionsIgnoreTimes: ignores})
		s.RemoveSession(string(s.session))
		ids := s.AddSessions(s.chatbot, 10, from, time.Second)
		for name, c := range map[string]struct {
			after, before time.Time
			want          []string
		}{
			"all":         {time.Time{}, time.Time{}, ids},
			"after":       {from.Add(3 * time.Second), time.Time{}, ids[3:]},
			"before":      {time.Time{}, from.Add(3 * time.Second), ids[:4]},
			"both":        {from.Add(3 * time.Second), from.Add(5 * time.Second), ids[3:6]},
			"between two": {from.Add(3*time.Second + time.Microsecond), from.Add(5*time.Second - time.Microsecond), ids[4:5]},
			"none":        {from.Add(time.Hour), time.Time{}, nil},
			"elsewhere":   {from.Add(3 * time.Second).In(time.FixedZone("", 2*60*60)), time.Time{}, ids[3:]},
		} {
			found, err := s.Client.Sessions(t.Context(), ID(s.chatbot), c.after, c.before)
			var got []string
			for i := range found {
				got = append(got, string(found[i].ID))
			}
			slices.Sort(got)
			want := slices.Sorted(slices.Values(c.want))
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%s, ignores %t: %d sessions, %v; want %d", name, ignores, len(got), err, len(want))
			}
			if _, err := s.Client.Sessions(t.Context(), someID, c.after, c.before); !IsGone(err) {
				t.Errorf("%s, unknown chatbot: %v", name, err)
			}
		}
	}
}

func TestVariables(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]variables{
		`{"a":"b","n":1.50,"t":true,"x":null,"o":{"p":[1]}}`: {"a": "b", "n": "1.50", "t": "true", "o": `{"p":[1]}`},
		`{}`: {}, `null`: nil, `[]`: nil,
	} {
		var got variables
		if err := json.Unmarshal([]byte(raw), &got); err != nil || !maps.Equal(got, want) || (got == nil) != (want == nil) {
			t.Errorf("%s: %v, %v", raw, got, err)
		}
	}
	for _, raw := range []string{`"text"`, `7`, `["tier"]`} {
		var got variables
		if err := json.Unmarshal([]byte(raw), &got); err == nil {
			t.Errorf("%s: %v", raw, got)
		}
	}
}
