package mockhub_test

import (
	"io"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const (
	streamRoute = "POST /session/{uuid}/message/stream"
	streamPath  = "/session/" + sessionID + "/message/stream"
)

func TestStreamForm(t *testing.T) {
	t.Parallel()
	w := withSession(t, mockhub.Quirks{})
	for _, query := range []string{"q", "fail-empty: q"} {
		req := w.request(t.Context(), "POST", streamPath, `{"query":"`+query+`"}`)
		res, err := w.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil || res.StatusCode != 200 || res.Header.Get("Content-Type") != "text/plain; charset=utf-8" || res.ContentLength != -1 ||
			len(res.TransferEncoding) != 1 || res.TransferEncoding[0] != "chunked" || res.Header.Get("Date") != "Fri, 26 Jul 2024 12:00:00 GMT" {
			t.Errorf("%v: %+v", err, res)
		}
		if (len(raw) == 0) != (query != "q") {
			t.Errorf("%s: %q", query, raw)
		}
	}
	if log := w.Requests(); len(log) != 2 || log[0].Status != 200 || log[0].Route != streamRoute || w.Count(streamRoute) != 2 {
		t.Errorf("log %+v", log)
	}
}

// writes records what a handler writes between flushes.
type writes struct {
	*httptest.ResponseRecorder
	pieces []string
}

func (w *writes) Flush() {
	w.pieces = append(w.pieces, w.Body.String())
	w.Body.Reset()
}

// streamed returns the pieces in which an answer is sent.
func streamed(t *testing.T, answer string) []string {
	t.Helper()
	h := mockhub.New(mockhub.Options{})
	h.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
	h.AddSession(chatbotID, mockhub.Session{UUID: sessionID})
	h.AddSource(chatbotID, mockhub.Source{Type: "qa", Question: "q", Answer: answer})
	req := httptest.NewRequestWithContext(t.Context(), "POST", "/api/v1"+streamPath, strings.NewReader(`{"query":"q"}`))
	req.Header.Set("Authorization", "Bearer "+h.Key())
	req.Header.Set("Content-Type", "application/json")
	w := &writes{ResponseRecorder: httptest.NewRecorder()}
	h.ServeHTTP(w, req)
	if w.pieces[0] != "" {
		t.Errorf("the header comes with %q", w.pieces[0])
	}
	return w.pieces[1:]
}

// TestPieces: an answer comes in small pieces, the same each time, and a cut at a character of several bytes is a cut in it.
func TestPieces(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		answer             string
		atLeast, most      int
		splitsAtLeast, max int
	}{
		"no answer":  {mockhub.NoAnswer, 10, 20, 1, 60},
		"emoji":      {strings.Repeat("🤖", 20), 10, 20, 8, 40},
		"Chinese":    {strings.Repeat("营", 20), 8, 20, 8, 40},
		"Latin":      {strings.Repeat("é", 9), 5, 5, 4, 9},
		"one byte":   {"x", 1, 1, 0, 1},
		"one emoji":  {"🤖", 2, 3, 1, 4},
		"ASCII":      {"aabbbccccc", 4, 4, 0, 5},
		"64 kB":      {strings.Repeat("ä營🤖x", 1<<16/10), 30, 100, 30, 1 << 15},
		"far beyond": {strings.Repeat("ä營🤖x", 1<<20/10), 50, 120, 40, 1 << 19},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, splits, largest := streamed(t, tc.answer), 0, 0
			for i, piece := range got {
				if first := piece[0]; i > 0 && first >= utf8.RuneSelf && utf8.RuneStart(first) {
					t.Errorf("piece %d, %.9q, begins with a whole character", i, piece)
				}
				largest = max(largest, len(piece))
				if !utf8.ValidString(piece) {
					splits++
				}
			}
			if strings.Join(got, "") != tc.answer {
				t.Error("the pieces are not the answer")
			}
			if n := len(got); n < tc.atLeast || n > tc.most || splits < tc.splitsAtLeast || largest > tc.max {
				t.Errorf("%d pieces, %d of them with split characters, the largest has %d bytes", n, splits, largest)
			}
			if again := streamed(t, tc.answer); strings.Join(again, "|") != strings.Join(got, "|") {
				t.Errorf("another time %q, before %q", again, got)
			}
		})
	}
}

func TestStreamPause(t *testing.T) {
	t.Parallel()
	const pause = 2 * time.Millisecond
	w := withSession(t, mockhub.Quirks{StreamPause: pause})
	w.AddSource(chatbotID, mockhub.Source{Type: "qa", Question: "q", Answer: strings.Repeat("x", 18)})
	began := time.Now()
	if got := w.ask(sessionID, "q"); len(got) != 18 {
		t.Errorf("%q", got)
	}
	if took := time.Since(began); took < 5*pause {
		t.Errorf("5 pieces took %v", took)
	}
	w.SetQuirks(func(q *mockhub.Quirks) { q.StreamPause = time.Hour })
	w.Close()
	if _, err := w.send(w.request(t.Context(), "POST", streamPath, `{"query":"q"}`)); err == nil {
		t.Error("the hub is closed, yet it answered to the end")
	}
}

// TestStreamsAtOnce: streams run side by side, also in one session.
func TestStreamsAtOnce(t *testing.T) {
	t.Parallel()
	w := withSession(t, mockhub.Quirks{MessageStoredFirst: true})
	const n = 20
	reached, gate := make(chan struct{}, n), make(chan struct{})
	w.Inject(mockhub.Fault{Route: streamRoute, Times: n, Hold: gate, HoldAfter: 4, Reached: reached})
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			if got := w.do("POST", streamPath, `{"query":"q"}`); got.body != mockhub.NoAnswer {
				t.Errorf("%q", got.body)
			}
		})
	}
	for range n {
		<-reached
	}
	close(gate)
	all.Wait()
	for _, m := range w.Messages(sessionID) {
		if m.Pending || m.Response != mockhub.NoAnswer {
			t.Errorf("stored %+v", m)
		}
	}
	if w.Answers() != n || len(w.Messages(sessionID)) != n {
		t.Errorf("%d answers", w.Answers())
	}
}

// TestStreamOverHTTP2: a stream that breaks is reset, so that a client does not take it for complete.
func TestStreamOverHTTP2(t *testing.T) {
	t.Parallel()
	h := mockhub.New(mockhub.Options{})
	h.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
	h.AddSession(chatbotID, mockhub.Session{UUID: sessionID})
	s := httptest.NewUnstartedServer(h)
	s.EnableHTTP2 = true
	s.StartTLS()
	t.Cleanup(s.Close)
	w := &testHub{Hub: h, t: t, url: s.URL, client: s.Client()}
	h.Inject(mockhub.Fault{Skip: 1, Truncate: 5})
	if got := w.ask(sessionID, "q"); got != mockhub.NoAnswer {
		t.Errorf("whole: %q", got)
	}
	if r, err := w.send(w.request(t.Context(), "POST", streamPath, `{"query":"q"}`)); err == nil {
		t.Errorf("cut: %+v", r)
	}
}
