package mockhub_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestUnknownUUID(t *testing.T) {
	t.Parallel()
	list := `[{"loc":["uuid"],"msg":"chatbot not found","type":"value_error"}]`
	for name, tc := range map[string]struct {
		quirks        mockhub.Quirks
		status        int
		body          string
		deletedStatus int
		deletedBody   string
		second        int
	}{
		"default":  {mockhub.Quirks{}, 404, `{"error":"chatbot not found"}`, 404, `{"error":"chatbot not found"}`, 404},
		"400":      {mockhub.Quirks{UnknownStatus: 400}, 400, `{"error":"chatbot not found"}`, 400, `{"error":"chatbot not found"}`, 400},
		"410":      {mockhub.Quirks{UnknownStatus: 410}, 410, `{"error":"chatbot not found"}`, 410, `{"error":"chatbot not found"}`, 410},
		"403 msg":  {mockhub.Quirks{UnknownStatus: 403, ErrorForm: "msg"}, 403, `{"msg":"chatbot not found"}`, 403, `{"msg":"chatbot not found"}`, 403},
		"422":      {mockhub.Quirks{UnknownStatus: 422}, 422, list, 422, list, 422},
		"message":  {mockhub.Quirks{ErrorForm: "message"}, 404, `{"message":"chatbot not found"}`, 404, `{"message":"chatbot not found"}`, 404},
		"text":     {mockhub.Quirks{ErrorForm: "text"}, 404, `chatbot not found`, 404, `chatbot not found`, 404},
		"deleted":  {mockhub.Quirks{DeletedStatus: 403}, 404, `{"error":"chatbot not found"}`, 403, `{"error":"chatbot not found"}`, 403},
		"2nd goes": {mockhub.Quirks{SecondDeleteSucceeds: true}, 404, `{"error":"chatbot not found"}`, 404, `{"error":"chatbot not found"}`, 200},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, mockhub.Options{Quirks: tc.quirks})
			w.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
			w.do("DELETE", "/chatbot/"+chatbotID+"/delete", "").is(t, 200, `{"success":true}`)
			for _, call := range [][3]string{
				{"GET", "", ""}, {"GET", "/agents", ""}, {"POST", "/update", `{"name":"x"}`},
			} {
				w.do(call[0], "/chatbot/"+unknownID+call[1], call[2]).is(t, tc.status, tc.body)
				w.do(call[0], "/chatbot/"+chatbotID+call[1], call[2]).is(t, tc.deletedStatus, tc.deletedBody)
			}
			w.do("DELETE", "/chatbot/"+unknownID+"/delete", "").is(t, tc.status, tc.body)
			if got := w.do("DELETE", "/chatbot/"+chatbotID+"/delete", ""); got.status != tc.second {
				t.Errorf("second delete: %d, want %d", got.status, tc.second)
			}
		})
	}
}

func TestSpellings(t *testing.T) {
	t.Parallel()
	made := `{"name":" A ","rate_limit_message":"\tb\n"}`
	for name, tc := range map[string]struct {
		quirks     mockhub.Quirks
		has, hasNo []string
	}{
		"default": {mockhub.Quirks{}, []string{`"show_citations":false`, `"rate_limit":[20,240]`, `"name":" A "`, `"\tb\n"`},
			[]string{"show_citation\"", "moonphase"}},
		"singular":      {mockhub.Quirks{ShowCitationSingular: true}, []string{`"show_citation":false`}, []string{"show_citations"}},
		"floats":        {mockhub.Quirks{NumbersAsFloats: true}, []string{`"rate_limit":[20.0,240.0]`}, nil},
		"strings":       {mockhub.Quirks{NumbersAsStrings: true}, []string{`"rate_limit":["20","240"]`, `"show_citations":false`}, nil},
		"booleans":      {mockhub.Quirks{BooleansAsNumbers: true}, []string{`"show_citations":0,`}, nil},
		"both":          {mockhub.Quirks{BooleansAsNumbers: true, NumbersAsFloats: true}, []string{`"show_citations":0.0,`}, nil},
		"trims":         {mockhub.Quirks{TrimsText: true}, []string{`"name":"A"`, `"rate_limit_message":"b"`}, nil},
		"extra":         {mockhub.Quirks{ExtraFields: true}, []string{`"moonphase":{`, `"moonphase":[`}, nil},
		"fractions":     {mockhub.Quirks{TimeEnd: ".123456Z"}, []string{`"created_at":"2024-07-26T12:00:00.123456Z"`, `"modified_at":"2024-07-26T12:00:00.123456Z"`}, nil},
		"extra, floats": {mockhub.Quirks{ExtraFields: true, NumbersAsFloats: true}, []string{`"moonphase":{`, `"moonphase":[`}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, mockhub.Options{})
			w.SetQuirks(func(q *mockhub.Quirks) { *q = tc.quirks })
			first := w.do("POST", "/chatbot/create", made)
			id := first.object(t)["uuid"].(string)
			answers := []reply{
				first, w.do("GET", "/chatbot/"+id, ""), w.do("GET", "/chatbots", ""),
				w.do("POST", "/chatbot/"+id+"/update", made),
			}
			for _, a := range answers {
				for _, s := range tc.has {
					if !strings.Contains(a.body, s) {
						t.Errorf("no %s in %s", s, a.body)
					}
				}
				for _, s := range tc.hasNo {
					if strings.Contains(a.body, s) {
						t.Errorf("%s in %s", s, a.body)
					}
				}
			}
			w.do("DELETE", "/chatbot/"+id+"/delete", "").is(t, 200, `{"success":true}`)
		})
	}
}

func TestTrimmedNameMustNotBeBlank(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{Quirks: mockhub.Quirks{TrimsText: true}})
	w.do("POST", "/chatbot/create", `{"name":" \t"}`).is(t, 422,
		`[{"loc":["name"],"msg":"ensure this value has at least 1 characters","type":"value_error.any_str.min_length"}]`)
}

func TestChatbotAnswerShort(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{Quirks: mockhub.Quirks{ChatbotAnswerShort: true, ExtraFields: true}})
	made := w.create(`{"name":"A"}`)
	path := "/chatbot/" + made["uuid"].(string)
	for what, short := range map[string]map[string]any{
		"create": made, "update": w.do("POST", path+"/update", `{"name":"B"}`).object(t),
	} {
		if _, is := short["meta"]; is || short["name"] == nil {
			t.Errorf("answer to %s: %v", what, short)
		}
	}
	if full := w.do("GET", path, "").object(t); full["meta"] == nil {
		t.Errorf("answer to fetch: %v", full)
	}
	if list := w.do("GET", "/chatbots", "").list(t); list[0]["meta"] == nil {
		t.Errorf("answer to list: %v", list)
	}
}

func TestMaxChatbots(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{Quirks: mockhub.Quirks{MaxChatbots: 1}})
	id := w.create(`{"name":"A"}`)["uuid"].(string)
	w.do("POST", "/chatbot/create", `{"name":"B"}`).is(t, 403, `{"error":"the plan's limit of chatbots is reached"}`)
	w.RemoveChatbot(id)
	w.create(`{"name":"B"}`)
}

func TestListOrder(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	for _, name := range []string{"c", "a", "b"} {
		w.AddChatbot(mockhub.Chatbot{Name: name})
	}
	if got := names(w.do("GET", "/chatbots", "").list(t)); got != "c a b" {
		t.Errorf("order: %s", got)
	}
	w.SetQuirks(func(q *mockhub.Quirks) { q.ListNewestFirst = true })
	if got := names(w.do("GET", "/chatbots", "").list(t)); got != "b a c" {
		t.Errorf("order: %s", got)
	}
	if got := w.Chatbots(); got[0].Name != "c" {
		t.Errorf("Chatbots() begins with %s, want the oldest", got[0].Name)
	}
}

func TestListLag(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{Quirks: mockhub.Quirks{ListLag: 30 * time.Second}})
	list := func() string { return names(w.do("GET", "/chatbots", "").list(t)) }
	id := w.create(`{"name":"A"}`)["uuid"].(string)
	if got := list(); got != "" {
		t.Errorf("at once: %q", got)
	}
	if got := w.do("GET", "/chatbot/"+id, "").object(t); got["name"] != "A" {
		t.Errorf("a single object must not be behind: %v", got)
	}
	w.Clock().Advance(30 * time.Second)
	w.do("POST", "/chatbot/"+id+"/update", `{"name":"B"}`)
	if got := list(); got != "A" {
		t.Errorf("30 s after the create: %q", got)
	}
	w.Clock().Advance(30 * time.Second)
	w.do("DELETE", "/chatbot/"+id+"/delete", "")
	if got := list(); got != "B" {
		t.Errorf("30 s after the update: %q", got)
	}
	w.Clock().Advance(30 * time.Second)
	if got := list(); got != "" {
		t.Errorf("30 s after the delete: %q", got)
	}
}

func TestRequestsPerMinute(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{Quirks: mockhub.Quirks{RequestsPerMinute: 2}})
	statuses := func(n int) (out []int, last reply) {
		for range n {
			last = w.do("GET", "/chatbots", "")
			out = append(out, last.status)
		}
		return out, last
	}
	w.do("GET", "/chatbots", "")
	w.Clock().Advance(20*time.Second + time.Millisecond)
	got, last := statuses(2)
	if got[0] != 200 || got[1] != 429 || last.header.Get("Retry-After") != "40" {
		t.Errorf("%v, Retry-After %q", got, last.header.Get("Retry-After"))
	}
	last.is(t, 429, `{"error":"too many requests"}`)
	w.Clock().Advance(40 * time.Second)
	if got, _ := statuses(3); got[0] != 200 || got[1] != 200 || got[2] != 429 {
		t.Errorf("next window: %v", got)
	}
	w.SetQuirks(func(q *mockhub.Quirks) { q.RequestsPerMinute = 0 })
	if got, _ := statuses(1); got[0] != 200 {
		t.Errorf("without a limit: %v", got)
	}
}

// TestListLagOverOldVersions: versions that no list can show are discarded, and the others are kept.
func TestListLagOverOldVersions(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{Quirks: mockhub.Quirks{ListLag: time.Hour}}) // capped at 10 minutes
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID, Name: "0"})
	for _, name := range []string{"1", "2", "3", "4", "5"} {
		w.Clock().Advance(4 * time.Minute)
		w.do("POST", "/chatbot/"+chatbotID+"/update", `{"name":"`+name+`","show_citations":false}`).object(t)
	}
	if got := names(w.do("GET", "/chatbots", "").list(t)); got != "2" {
		t.Errorf("as of 10 minutes ago: %q, want 2", got)
	}
}

func TestAnswerHeaders(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		quirks       mockhub.Quirks
		date, limits bool
	}{
		"default": {mockhub.Quirks{}, true, false},
		"no date": {mockhub.Quirks{DateMissing: true}, false, false},
		"limits":  {mockhub.Quirks{RateLimitHeaders: true}, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := serve(t, mockhub.Options{Quirks: tc.quirks}).do("GET", "/chatbots", "").header
			if (h.Get("Date") != "") != tc.date || (h.Get("X-RateLimit-Limit") != "") != tc.limits || (h.Get("X-RateLimit-Remaining") != "") != tc.limits {
				t.Errorf("headers: %v", h)
			}
		})
	}
}
