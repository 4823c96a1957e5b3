package mockhub_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const createRoute = "POST /chatbot/create"

func TestFaultAnswers(t *testing.T) {
	t.Parallel()
	const own = `{"error":"injected fault: Bad Gateway"}`
	for name, tc := range map[string]struct {
		fault  mockhub.Fault
		status int
		body   string
		header map[string]string
		made   int
	}{
		"status":          {mockhub.Fault{Status: 502}, 502, own, map[string]string{"Content-Type": "application/json"}, 0},
		"after commit":    {mockhub.Fault{Status: 502, Process: true}, 502, own, nil, 1},
		"body":            {mockhub.Fault{Status: 409, Body: `{"a":1}`}, 409, `{"a":1}`, nil, 0},
		"body alone":      {mockhub.Fault{Body: `[]`, ContentType: "text/x"}, 200, `[]`, map[string]string{"Content-Type": "text/x"}, 0},
		"empty body":      {mockhub.Fault{Status: 200}, 200, "", nil, 0},
		"retry after":     {mockhub.Fault{RetryAfter: "7"}, 429, `{"error":"injected fault: Too Many Requests"}`, map[string]string{"Retry-After": "7"}, 0},
		"retry after 503": {mockhub.Fault{Status: 503, RetryAfter: "soon"}, 503, `{"error":"injected fault: Service Unavailable"}`, map[string]string{"Retry-After": "soon"}, 0},
		"redirect": {mockhub.Fault{Status: 307, Header: http.Header{"location": {"https://example.com/"}}}, 307, "",
			map[string]string{"Location": "https://example.com/"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, mockhub.Options{})
			tc.fault.Route = createRoute
			w.Inject(tc.fault)
			r := w.do("POST", "/chatbot/create", `{"name":"A"}`)
			r.is(t, tc.status, tc.body)
			for key, want := range tc.header {
				if got := r.header.Get(key); got != want {
					t.Errorf("%s: %q, want %q", key, got, want)
				}
			}
			if r.header.Get("Date") != "Fri, 26 Jul 2024 12:00:00 GMT" {
				t.Errorf("Date: %q", r.header.Get("Date"))
			}
			if n := len(w.Chatbots()); n != tc.made {
				t.Errorf("%d chatbots, want %d", n, tc.made)
			}
			if log := w.Requests(); len(log) != 1 || log[0].Status != tc.status || !log[0].Fault || log[0].Route != createRoute {
				t.Errorf("log: %+v", log)
			}
		})
	}
}

func TestFaultHTML(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.Inject(mockhub.Fault{HTML: true})
	w.Inject(mockhub.Fault{HTML: true, Status: 503, Process: true})
	for i, status := range []int{200, 503} {
		r := w.do("POST", "/chatbot/create", `{"name":"A"}`)
		if r.status != status || r.header.Get("Content-Type") != "text/html; charset=utf-8" || !strings.Contains(r.body, "<html>") {
			t.Errorf("answer %+v", r)
		}
		if n := len(w.Chatbots()); n != i {
			t.Errorf("%d chatbots, want %d", n, i)
		}
	}
}

func TestFaultMatching(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.Inject(mockhub.Fault{Route: "GET /chatbots", Skip: 1, Times: 2, Status: 501})
	w.Inject(mockhub.Fault{Route: "GET /chatbots", Status: 502})
	w.Inject(mockhub.Fault{Route: createRoute, Times: -1, Status: 503})
	w.Inject(mockhub.Fault{Skip: 1, Status: 504})
	if n := w.FaultsLeft(); n != 4 {
		t.Errorf("%d faults left, want 4", n)
	}
	// The first list is skipped by the first fault and taken by the second; the last one lets the first request that no
	// other fault takes pass.
	for i, want := range []int{502, 501, 501, 200, 504, 200} {
		if r := w.do("GET", "/chatbots", ""); r.status != want {
			t.Errorf("list %d: %d, want %d", i, r.status, want)
		}
	}
	if n := w.FaultsLeft(); n != 1 {
		t.Errorf("%d faults left, want the one without a limit", n)
	}
	for range 3 {
		if r := w.do("POST", "/chatbot/create", `{"name":"A"}`); r.status != 503 {
			t.Errorf("create: %d", r.status)
		}
	}
	if n := w.FaultsLeft(); n != 0 {
		t.Errorf("%d faults left, want 0", n)
	}
	w.ClearFaults()
	w.create(`{"name":"A"}`)
}

func TestFaultOnMistypedPath(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.Inject(mockhub.Fault{Route: "GET *", Status: 500})
	if r := w.do("GET", "/chatbots", ""); r.status != 200 {
		t.Errorf("list: %d", r.status)
	}
	if r := w.do("GET", "/nowhere", ""); r.status != 500 {
		t.Errorf("mistyped: %d", r.status)
	}
}

func TestFaultDrop(t *testing.T) {
	t.Parallel()
	for name, process := range map[string]bool{"before": false, "after": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, mockhub.Options{})
			reached := make(chan struct{}, 1)
			w.Inject(mockhub.Fault{Route: createRoute, Drop: true, Process: process, Reached: reached})
			_, err := w.send(w.request(t.Context(), "POST", "/chatbot/create", `{"name":"A"}`))
			if !errors.Is(err, syscall.ECONNRESET) && !errors.Is(err, io.EOF) {
				t.Errorf("error %v, want a reset connection", err)
			}
			<-reached
			if n := len(w.Chatbots()); (n == 1) != process {
				t.Errorf("%d chatbots", n)
			}
			if log := w.Requests(); len(log) != 1 || log[0].Status != 0 || string(log[0].Body) != `{"name":"A"}` {
				t.Errorf("log: %+v", log)
			}
		})
	}
}

// TestFaultDropOverTLS: HTTP/1 over TLS is cut below TLS, HTTP/2 by a reset of the stream.
func TestFaultDropOverTLS(t *testing.T) {
	t.Parallel()
	for name, http2 := range map[string]bool{"HTTP/1": false, "HTTP/2": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := mockhub.New(mockhub.Options{})
			s := httptest.NewUnstartedServer(h)
			s.EnableHTTP2 = http2
			s.StartTLS()
			t.Cleanup(s.Close)
			h.Inject(mockhub.Fault{Drop: true, Times: -1})
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/api/v1/chatbot/create", http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			res, err := s.Client().Do(req)
			if err == nil {
				t.Errorf("answered %s", res.Status)
				_ = res.Body.Close()
			}
		})
	}
}

func TestFaultTruncate(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		truncate int
		want     func(full string) string
	}{
		"10":      {10, func(full string) string { return full[:10] }},
		"header":  {-1, func(string) string { return "" }},
		"too far": {1 << 20, func(full string) string { return full[:len(full)-1] }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, mockhub.Options{})
			w.Inject(mockhub.Fault{Route: createRoute, Truncate: tc.truncate})
			r, err := w.send(w.request(t.Context(), "POST", "/chatbot/create", `{"name":"A"}`))
			if !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("error %v, want an unexpected end", err)
			}
			made := w.Chatbots()
			if len(made) != 1 {
				t.Fatalf("%d chatbots, want 1", len(made))
			}
			full := w.do("GET", "/chatbot/"+made[0].UUID, "").body
			if r.status != 200 || r.body != tc.want(full) {
				t.Errorf("got %d %q of %q", r.status, r.body, full)
			}
		})
	}
}

func TestFaultMutate(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{Name: "A"})
	upper := func(b []byte) []byte { return append(bytes.ReplaceAll(b, []byte(`"A"`), []byte("12345")), ' ') }
	w.Inject(mockhub.Fault{Route: "GET /chatbots", Mutate: upper, Header: http.Header{"X-A": {"b"}}, ContentType: "text/json"})
	w.Inject(mockhub.Fault{Route: "GET *", Mutate: func([]byte) []byte { t.Error("called for a page"); return nil }})
	r := w.do("GET", "/chatbots", "")
	if r.status != 200 || !strings.Contains(r.body, `"name":12345`) || r.header.Get("X-A") != "b" || r.header.Get("Content-Type") != "text/json" {
		t.Errorf("answer %+v", r)
	}
	w.do("GET", "/nowhere", "")
	if r := w.do("GET", "/chatbots", ""); !strings.Contains(r.body, `"name":"A"`) {
		t.Errorf("the mutation stayed: %s", r.body)
	}
}

// TestFaultHold: while one request waits, others are answered, and the log shows the one that waits.
func TestFaultHold(t *testing.T) {
	t.Parallel()
	for name, process := range map[string]bool{"before": false, "after": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, mockhub.Options{})
			gate, reached := make(chan struct{}), make(chan struct{}, 1)
			w.Inject(mockhub.Fault{Route: createRoute, Hold: gate, Reached: reached, Process: process})
			answered := make(chan reply, 1)
			go func() { answered <- w.do("POST", "/chatbot/create", `{"name":"held"}`) }()
			<-reached
			if n := len(w.do("GET", "/chatbots", "").list(t)); (n == 1) != process {
				t.Errorf("%d chatbots while held", n)
			}
			if log := w.Requests(); log[0].Route != createRoute || log[0].Status != 0 {
				t.Errorf("log while held: %+v", log)
			}
			close(gate)
			if r := <-answered; r.object(t)["name"] != "held" || len(w.Chatbots()) != 1 {
				t.Errorf("answer %+v", r)
			}
		})
	}
}

// TestFaultGivenUp: if a client leaves while a fault waits, the request has an effect only with Process.
func TestFaultGivenUp(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		fault mockhub.Fault
		made  int
	}{
		"hold":         {mockhub.Fault{Hold: make(chan struct{})}, 0},
		"hold, after":  {mockhub.Fault{Hold: make(chan struct{}), Process: true}, 1},
		"delay":        {mockhub.Fault{Delay: time.Hour}, 0},
		"delay, after": {mockhub.Fault{Delay: time.Hour, Process: true}, 1},
	} {
		for end, byClose := range map[string]bool{" client leaves": false, " hub closes": true} {
			t.Run(name+end, func(t *testing.T) {
				t.Parallel()
				h := mockhub.New(mockhub.Options{})
				s := httptest.NewServer(h)
				reached := make(chan struct{}, 1)
				fault := tc.fault
				fault.Reached = reached
				h.Inject(fault)
				w := &testHub{Hub: h, t: t, url: s.URL, client: &http.Client{Transport: &http.Transport{}}}
				ctx, leave := context.WithCancel(t.Context())
				defer leave()
				failed := make(chan error, 1)
				req := w.request(ctx, "POST", "/chatbot/create", `{"name":"A"}`)
				go func() {
					_, err := w.send(req)
					failed <- err
				}()
				<-reached
				if byClose {
					h.Close()
					h.Close() // a second Close has no effect
				} else {
					leave()
				}
				if err := <-failed; err == nil {
					t.Error("answered")
				}
				s.Close() // waits for the handler
				if n := len(h.Chatbots()); n != tc.made {
					t.Errorf("%d chatbots, want %d", n, tc.made)
				}
			})
		}
	}
}

func TestFaultDelay(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	const delay = 20 * time.Millisecond
	w.Inject(mockhub.Fault{Delay: delay})
	began := time.Now()
	w.create(`{"name":"A"}`)
	if took := time.Since(began); took < delay {
		t.Errorf("took %v", took)
	}
}

// TestFaultReachedDoesNotBlock: a channel without a receiver does not block the request.
func TestFaultReachedDoesNotBlock(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.Inject(mockhub.Fault{Reached: make(chan struct{})})
	w.create(`{"name":"A"}`)
}

func TestClosedHubEndsLatency(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{Latency: time.Hour})
	w.Close()
	if _, err := w.send(w.request(t.Context(), "GET", "/chatbots", "")); err == nil {
		t.Error("answered")
	}
}
