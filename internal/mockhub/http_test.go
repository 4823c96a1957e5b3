package mockhub_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestKey(t *testing.T) {
	t.Parallel()
	missing, bad := `{"msg":"Missing Authorization Header"}`, `{"msg":"Bad Authorization header. Expected 'Authorization: Bearer <key>'"}`
	wrong := `{"msg":"Invalid API key"}`
	for name, tc := range map[string]struct {
		values  []string
		refused int
		status  int
		body    string
	}{
		"missing":      {nil, 0, 401, missing},
		"missing, 422": {nil, 422, 401, missing},
		"no scheme":    {[]string{"secret"}, 0, 401, bad},
		"lower case":   {[]string{"bearer secret"}, 0, 401, bad},
		"twice":        {[]string{"Bearer secret", "Bearer secret"}, 0, 401, bad},
		"wrong":        {[]string{"Bearer Secret"}, 0, 401, wrong},
		"empty":        {[]string{"Bearer "}, 0, 401, bad},
		"wrong, 422":   {[]string{"Bearer Secret"}, 422, 422, wrong},
		"two spaces":   {[]string{"Bearer  secret"}, 0, 401, wrong},
		"right":        {[]string{"Bearer secret"}, 422, 200, "[]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, mockhub.Options{Key: "secret", Quirks: mockhub.Quirks{RefusedStatus: tc.refused}})
			req := w.request(t.Context(), "GET", "/chatbots", "")
			req.Header["Authorization"] = tc.values
			r, err := w.send(req)
			if err != nil {
				t.Fatal(err)
			}
			r.is(t, tc.status, tc.body)
			// The key is checked first: a caller without it gets no information about bodies and ids.
			req = w.request(t.Context(), "POST", "/chatbot/x/update?y=1", "{")
			req.Header["Authorization"] = tc.values
			if r, err = w.send(req); err != nil || (r.status == 422) != (tc.status == 200 || tc.refused == 422 && len(tc.values) > 0) {
				t.Errorf("a bad request: %v %v", r, err)
			}
		})
	}
}

func TestDefaultKey(t *testing.T) {
	t.Parallel()
	if got := mockhub.New(mockhub.Options{}).Key(); got != mockhub.DefaultKey || got == "" {
		t.Errorf("key %q", got)
	}
}

// TestPaths goes through what a mistyped path does: GET reaches the web app, the rest is 405 (api.md §1, §6).
func TestPaths(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
	for path, status := range map[string]int{
		"GET //": 200, "GET //widget/" + chatbotID: 200, "GET /": 200, "GET /chatbot": 200, "GET /chatbots/": 200,
		"GET //api//v1/chatbots": 200, "GET //api/v2/chatbots": 200, "GET /chatbot/" + chatbotID + "/update": 200,
		"GET /chatbot/" + chatbotID + "/delete": 200, "GET /Chatbots": 200, "GET /chatbot/" + chatbotID + "/": 200,
		"POST /chatbots": 405, "POST /chatbot": 405, "POST /chatbot/" + chatbotID + "/delete": 405,
		"DELETE /chatbot/" + chatbotID: 405, "DELETE /chatbot/" + chatbotID + "/update": 405, "PUT /chatbot/" + chatbotID: 405,
		"PATCH /chatbot/" + chatbotID + "/update": 405, "POST /chatbot/" + chatbotID + "/update/": 405,
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			method, rest, _ := strings.Cut(path, " ")
			req := w.request(t.Context(), method, rest, "")
			req.Header.Del("Authorization") // the web app needs no key
			r, err := w.send(req)
			if err != nil || r.status != status || r.header.Get("Content-Type") != "text/html; charset=utf-8" ||
				!strings.HasPrefix(r.body, "<!doctype html>") {
				t.Errorf("%v %+v", err, r)
			}
		})
	}
	t.Cleanup(func() {
		if len(w.Chatbots()) != 1 {
			t.Error("a mistyped path deleted the chatbot")
		}
	})
}

func TestIDsInPaths(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{Quirks: mockhub.Quirks{UnknownStatus: 400}})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
	for _, id := range []string{
		"x", strings.ToUpper(chatbotID), chatbotID[:31], chatbotID + "0", "01234567-89ab-cdef-0123-456789abcdef", "%30" + chatbotID[1:],
		"..%2F" + chatbotID, chatbotID[:31] + "g",
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			want := `[{"loc":["uuid"],"msg":"value is not a valid uuid of 32 hex digits","type":"type_error.uuid"}]`
			w.do("GET", "/chatbot/"+id, "").is(t, 422, want)
			w.do("GET", "/chatbot/"+id+"/agents", "").is(t, 422, want)
			w.do("POST", "/chatbot/"+id+"/update", `{"name":"x"}`).is(t, 422, want)
			w.do("DELETE", "/chatbot/"+id+"/delete", "").is(t, 422, want)
		})
	}
}

func TestForms(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
	contentType := `[{"loc":["content-type"],"msg":"Content-Type must be application/json","type":"value_error.content_type"}]`
	noBody := `[{"loc":["body"],"msg":"this endpoint takes no body","type":"value_error.extra"}]`
	const create = "POST /chatbot/create"
	for name, tc := range map[string]struct {
		call, contentType, body string
		status                  int
		has                     string
	}{
		"no content type":     {create, "", `{"name":"A"}`, 422, contentType},
		"text":                {create, "text/plain", `{"name":"A"}`, 422, contentType},
		"form":                {create, "application/x-www-form-urlencoded", `{"name":"A"}`, 422, contentType},
		"json-ish":            {create, "application/json-patch+json", `{"name":"A"}`, 422, contentType},
		"other charset":       {create, "application/json; charset=latin1", `{"name":"A"}`, 422, contentType},
		"unknown parameter":   {create, "application/json; v=1", `{"name":"A"}`, 422, contentType},
		"broken content type": {create, "application/json; charset", `{"name":"A"}`, 422, contentType},
		"utf-8":               {create, "application/json; charset=UTF-8", `{"name":"A"}`, 200, `"name":"A"`},
		"white space":         {create, "application/json", " {\"name\" : \"A\"}\n", 200, `"name":"A"`},
		"empty":               {create, "application/json", "", 422, "the body is not a JSON object"},
		"list":                {create, "application/json", "[]", 422, "the body is not a JSON object"},
		"null":                {create, "application/json", "null", 422, "the body is not a JSON object"},
		"open":                {create, "application/json", `{"name":"A"`, 422, "invalid JSON"},
		"open value":          {create, "application/json", `{"name":`, 422, "invalid JSON"},
		"trailing comma":      {create, "application/json", `{"name":"A",}`, 422, "invalid JSON"},
		"rest":                {create, "application/json", `{"name":"A"} {}`, 422, "text after the JSON object"},
		"not UTF-8":           {create, "application/json", "{\"name\":\"\xff\"}", 422, "the body is not UTF-8"},
		"too large":           {create, "application/json", `{"name":"` + strings.Repeat("x", 9<<20) + `"}`, 413, "too large"},
		"100 kB":              {create, "application/json", `{"name":"` + strings.Repeat("x", 100<<10) + `"}`, 200, "xxx"},
		"query":               {"POST /chatbot/create?b=1&a=2", "application/json", `{"name":"A"}`, 422, `[{"loc":["a"],"msg":"unknown query parameter","type":"value_error.extra"},{"loc":["b"]`},
		"query on GET":        {"GET /chatbots?page=1", "", "", 422, `"loc":["page"]`},
		"body on GET":         {"GET /chatbots", "application/json", "{}", 422, noBody},
		"body on DELETE":      {"DELETE /chatbot/" + chatbotID + "/delete", "application/json", "{}", 422, noBody},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			method, path, _ := strings.Cut(tc.call, " ")
			req := w.request(t.Context(), method, path, tc.body)
			req.Header.Del("Content-Type")
			if tc.contentType != "" {
				req.Header.Set("Content-Type", tc.contentType)
			}
			r, err := w.send(req)
			if err != nil || r.status != tc.status || !strings.Contains(r.body, tc.has) {
				t.Errorf("%v %d %.300s, want %d with %s in it", err, r.status, r.body, tc.status, tc.has)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.Clock().Advance(time.Hour)
	r := w.do("GET", "/chatbots", "")
	if r.header.Get("Content-Type") != "application/json" || r.header.Get("Date") != "Fri, 26 Jul 2024 13:00:00 GMT" {
		t.Errorf("headers: %v", r.header)
	}
}

func TestModels(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	models := w.do("GET", "/agent/models", "").object(t)["models"].([]any)
	costs := w.do("GET", "/agent/model-costs", "").object(t)["model_costs"].(map[string]any)
	if len(models) < 20 || len(models) != len(costs) {
		t.Errorf("models %v, costs %v", models, costs)
	}
	form := regexp.MustCompile(`^[a-z0-9.-]+-[1-9][0-9]*k$`)
	for _, m := range models {
		if cost, is := costs[m.(string)].(float64); !is || cost <= 0 || !form.MatchString(m.(string)) {
			t.Errorf("%v costs %v", m, costs[m.(string)])
		}
	}
	for _, m := range []string{"gpt-4o-mini-4k", "gpt-4o-8k", "gpt-4.1-16k", "claude-4.5-sonnet-128k", "gpt-5-8k"} {
		if !slices.Contains(models, any(m)) {
			t.Errorf("no %s in %v", m, models)
		}
	}
}

func TestRequestLog(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
	before := time.Now()
	req := w.request(t.Context(), "POST", "/chatbot/"+chatbotID+"/update?x=%20", `{"name":"B"}`)
	req.Header.Set("User-Agent", "spy/1")
	req.Header.Set("X-Other", "y")
	if _, err := w.send(req); err != nil {
		t.Fatal(err)
	}
	w.do("GET", "/chatbots", "")
	w.do("GET", "//favicon.ico", "")
	log := w.Requests()
	if len(log) != 3 || w.Count("") != 3 || w.Count("GET /chatbots") != 1 || w.Count("GET *") != 1 ||
		w.Count("POST /chatbot/{uuid}/update") != 1 || w.Count("POST /chatbot/create") != 0 {
		t.Fatalf("log: %+v", log)
	}
	r := log[0]
	if r.Method != "POST" || r.Route != "POST /chatbot/{uuid}/update" || r.Path != "/api/v1/chatbot/"+chatbotID+"/update" ||
		r.Query != "x=%20" || r.UserAgent != "spy/1" || r.Authorization != "Bearer "+w.Key() || r.Header.Get("X-Other") != "y" ||
		r.ContentType != "application/json" || string(r.Body) != `{"name":"B"}` || r.Status != 422 || r.Fault ||
		r.At.Before(before) || r.At.After(time.Now()) {
		t.Errorf("entry: %+v", r)
	}
	r.Body[0] = 'X'
	r.Header.Set("X-Other", "z")
	if again := w.Requests()[0]; again.Body[0] != '{' || again.Header.Get("X-Other") != "y" {
		t.Error("Requests does not return copies")
	}
	w.Forget()
	if w.Count("") != 0 || len(w.Requests()) != 0 {
		t.Error("Forget did not")
	}
}

func TestKeepRequests(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{KeepRequests: 2})
	for _, path := range []string{"//a", "//b", "//c"} {
		w.do("GET", path, "")
	}
	if log := w.Requests(); len(log) != 2 || log[0].Path != "/b" || log[1].Path != "/c" {
		t.Errorf("log: %+v", log)
	}
}

// TestUnknownRoutesPanic: a mistyped route in a test must not count as "none were sent".
func TestUnknownRoutesPanic(t *testing.T) {
	t.Parallel()
	h := mockhub.New(mockhub.Options{})
	for name, f := range map[string]func(){
		"Count":  func() { h.Count("GET /api/v1/chatbots") },
		"Inject": func() { h.Inject(mockhub.Fault{Route: "POST /chatbots"}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}

func TestLatencyIsSideBySide(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const n, latency = 20, 50 * time.Millisecond
		h := mockhub.New(mockhub.Options{Latency: latency})
		defer h.Close()
		began := time.Now()
		var all sync.WaitGroup
		for range n {
			all.Go(func() {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/chatbots", http.NoBody)
				r.Header.Set("Authorization", "Bearer "+h.Key())
				answer := httptest.NewRecorder()
				if h.ServeHTTP(answer, r); answer.Code != http.StatusOK {
					t.Errorf("status %d", answer.Code)
				}
			})
		}
		all.Wait()
		if took := time.Since(began); took != latency { // on the bubble's clock
			t.Errorf("%d requests took %v", n, took)
		}
	})
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{Quirks: mockhub.Quirks{ExtraFields: true, NumbersAsFloats: true}})
	const n = 16
	done := make(chan struct{}, n)
	for range n {
		go func() {
			defer func() { done <- struct{}{} }()
			id := w.create(`{"name":"A"}`)["uuid"].(string)
			w.EditChatbot(id, func(b *mockhub.Chatbot) { b.Name = "B" })
			w.do("GET", "/chatbots", "").list(t)
			w.do("POST", "/chatbot/"+id+"/update", `{"name":"C"}`)
			w.SetQuirks(func(q *mockhub.Quirks) { q.ListNewestFirst = !q.ListNewestFirst })
			w.do("DELETE", "/chatbot/"+id+"/delete", "")
			w.Requests()
			w.Clock().Advance(time.Second)
		}()
	}
	for range n {
		<-done
	}
	if len(w.Chatbots()) != 0 || w.Count("") != 4*n {
		t.Errorf("left %v after %d requests", w.Chatbots(), w.Count(""))
	}
}

func TestSaveAndLoad(t *testing.T) {
	t.Parallel()
	changes := 0
	w := serve(t, mockhub.Options{OnChange: func() { changes++ }})
	id := w.create(`{"name":"A <&> 🤖","rate_limit":[1,2],"show_citations":true}`)["uuid"].(string)
	gone := w.AddChatbot(mockhub.Chatbot{Name: "gone"})
	w.RemoveChatbot(gone)
	w.EditChatbot(id, func(b *mockhub.Chatbot) { b.RateLimitMessage = "" })
	w.do("GET", "/chatbots", "")
	w.do("POST", "/chatbot/create", "{}")
	w.do("POST", "/nowhere", "")
	if changes != 4 {
		t.Errorf("%d changes reported, want 4", changes)
	}
	saved, err := w.Save()
	if err != nil {
		t.Fatal(err)
	}
	second := serve(t, mockhub.Options{Quirks: mockhub.Quirks{ListLag: time.Minute}})
	second.AddChatbot(mockhub.Chatbot{Name: "replaced"})
	if err := second.Load(saved); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/chatbots", "/chatbot/" + id, "/chatbot/" + id + "/agents"} {
		second.do("GET", path, "").is(t, 200, strings.TrimSpace(w.do("GET", path, "").body))
	}
	again, err := second.Save()
	if err != nil || !bytes.Equal(again, saved) {
		t.Errorf("saved again: %v\n%s\nwant\n%s", err, again, saved)
	}
	for _, bad := range []string{
		"", "{}", `{"format":2}`, `{"format":1,"cats":[]}`, `{"format":1,"chatbots":[{"uuid":"x","value":{}}]}`,
		`{"format":1,"chatbots":7}`,
	} {
		if err := second.Load([]byte(bad)); err == nil {
			t.Errorf("loaded %q", bad)
		}
	}
	if len(second.Chatbots()) != 1 {
		t.Error("a failed load changed the state")
	}
}

func TestWallClock(t *testing.T) {
	t.Parallel()
	c := mockhub.NewClock()
	c.Advance(time.Hour)
	if d := time.Until(c.Now()); d < 59*time.Minute || d > time.Hour {
		t.Errorf("%v ahead of the wall, want 1h", d)
	}
	h := mockhub.New(mockhub.Options{})
	if d := time.Since(h.Clock().Now()); d < 0 || d > time.Minute {
		t.Errorf("the default clock is %v behind the wall", d)
	}
}

func TestBodyThatEndsEarly(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	req := w.request(t.Context(), "POST", "/chatbot/create", "")
	req.Body, req.ContentLength = io.NopCloser(strings.NewReader(`{"name":"A"}`)), 50
	req.Header.Set("Content-Type", "application/json")
	if _, err := w.send(req); err == nil {
		t.Error("a short body was sent")
	}
	if len(w.Chatbots()) != 0 {
		t.Error("a short body made a chatbot")
	}
}

var _ http.Handler = (*mockhub.Hub)(nil)

// TestKeptBodies: a log with a limit has the beginnings of bodies, so that it cannot fill the memory.
func TestKeptBodies(t *testing.T) {
	t.Parallel()
	long := `{"name":"` + strings.Repeat("a", 1<<20) + `"}`
	for keep, want := range map[int]int{0: len(long), 3: 4 << 10} {
		w := serve(t, mockhub.Options{KeepRequests: keep})
		w.do("POST", "/chatbot/create", long)
		if r := w.Requests()[0]; len(r.Body) != want || r.Size != int64(len(long)) || r.Truncated != (want < len(long)) {
			t.Errorf("limit %d: %d bytes of %d, truncated %v, want %d", keep, len(r.Body), r.Size, r.Truncated, want)
		}
	}
}
