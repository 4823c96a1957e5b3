package mockhub_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestStreamFaults(t *testing.T) {
	t.Parallel()
	reset := func(err error) bool { return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, io.EOF) }
	early := func(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }
	whole := func(err error) bool { return err == nil }
	for name, tc := range map[string]struct {
		fault    mockhub.Fault
		ends     func(error) bool
		status   int
		body     string
		messages int
	}{
		"truncate":         {mockhub.Fault{Truncate: 7}, early, 200, mockhub.NoAnswer[:7], 1},
		"header":           {mockhub.Fault{Truncate: -1}, early, 200, "", 1},
		"too far":          {mockhub.Fault{Truncate: 1 << 20}, early, 200, mockhub.NoAnswer[:len(mockhub.NoAnswer)-1], 1},
		"drop":             {mockhub.Fault{Drop: true}, reset, 0, "", 0},
		"drop after":       {mockhub.Fault{Drop: true, Process: true}, reset, 0, "", 1},
		"drop, held":       {mockhub.Fault{Drop: true, Process: true, HoldAfter: 3}, reset, 0, "", 1},
		"status":           {mockhub.Fault{Status: 503}, whole, 503, `{"error":"injected fault: Service Unavailable"}` + "\n", 0},
		"status after":     {mockhub.Fault{Status: 200, Body: "other", ContentType: "text/plain", Process: true}, whole, 200, "other", 1},
		"process":          {mockhub.Fault{Process: true}, whole, 200, mockhub.NoAnswer, 1},
		"header and type":  {mockhub.Fault{Header: http.Header{"X-A": {"b"}}, ContentType: "text/event-stream"}, whole, 200, mockhub.NoAnswer, 1},
		"no mutation":      {mockhub.Fault{Mutate: func([]byte) []byte { return []byte("mutated") }}, whole, 200, mockhub.NoAnswer, 1},
		"process and trim": {mockhub.Fault{Process: true, Truncate: 5}, early, 200, mockhub.NoAnswer[:5], 1},
	} {
		for _, first := range []bool{false, true} {
			t.Run(name+suffixIf(first, " first"), func(t *testing.T) {
				t.Parallel()
				w := withSession(t, mockhub.Quirks{MessageStoredFirst: first})
				fault := tc.fault
				fault.Route = streamRoute
				w.Inject(fault)
				r, err := w.send(w.request(t.Context(), "POST", streamPath, `{"query":"q"}`))
				if !tc.ends(err) || r.status != tc.status || r.body != tc.body {
					t.Errorf("%v: %+v", err, r)
				}
				if tc.fault.Header != nil && (r.header.Get("X-A") != "b" || r.header.Get("Content-Type") != "text/event-stream") {
					t.Errorf("header %v", r.header)
				}
				stored := w.Messages(sessionID)
				if len(stored) != tc.messages || w.Answers() != tc.messages {
					t.Fatalf("%d answers, stored %+v", w.Answers(), stored)
				}
				if tc.messages == 1 && (stored[0].Response != mockhub.NoAnswer || stored[0].Pending || stored[0].FinishReason != "stop") {
					t.Errorf("stored %+v", stored[0])
				}
			})
		}
	}
}

// TestFaultHoldAfter: the stream stops in its middle, and continues later. Other requests are served meanwhile.
func TestFaultHoldAfter(t *testing.T) {
	t.Parallel()
	for _, after := range []int{1, 9, len(mockhub.NoAnswer), 1 << 20} {
		w := withSession(t, mockhub.Quirks{})
		gate, reached := make(chan struct{}), make(chan struct{}, 1)
		w.Inject(mockhub.Fault{Route: streamRoute, Hold: gate, HoldAfter: after, Reached: reached})
		res, err := w.client.Do(w.request(t.Context(), "POST", streamPath, `{"query":"q"}`))
		if err != nil {
			t.Fatal(err)
		}
		begin := make([]byte, min(after, len(mockhub.NoAnswer)))
		if _, err := io.ReadFull(res.Body, begin); err != nil || string(begin) != mockhub.NoAnswer[:len(begin)] {
			t.Errorf("%v: %q", err, begin)
		}
		<-reached
		if got := w.listedMessage()["response"]; got != mockhub.NoAnswer {
			t.Errorf("stored %q", got)
		}
		w.EndSession(sessionID)
		if r := w.do("POST", streamPath, `{"query":"q"}`); r.status != 409 {
			t.Errorf("another message: %d", r.status)
		}
		close(gate)
		rest, err := io.ReadAll(res.Body)
		if err != nil || string(begin)+string(rest) != mockhub.NoAnswer {
			t.Errorf("%v: %q and then %q", err, begin, rest)
		}
		_ = res.Body.Close()
	}
}

// TestFaultHoldAfterElsewhere: an answer that is not streamed does not wait.
func TestFaultHoldAfterElsewhere(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.Inject(mockhub.Fault{Hold: make(chan struct{}), HoldAfter: 1})
	w.create(`{"name":"A"}`)
}

// TestStreamGivenUp: if the client leaves or the hub closes, the complete answer is stored.
func TestStreamGivenUp(t *testing.T) {
	t.Parallel()
	for end, byClose := range map[string]bool{"client leaves": false, "hub closes": true} {
		for _, first := range []bool{false, true} {
			t.Run(end+suffixIf(first, " first"), func(t *testing.T) {
				t.Parallel()
				h := mockhub.New(mockhub.Options{Quirks: mockhub.Quirks{MessageStoredFirst: first}})
				h.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
				h.AddSession(chatbotID, mockhub.Session{UUID: sessionID})
				s := httptest.NewServer(h)
				t.Cleanup(s.Close)
				w := &testHub{Hub: h, t: t, url: s.URL, client: &http.Client{Transport: &http.Transport{}}}
				reached := make(chan struct{}, 1)
				h.Inject(mockhub.Fault{Hold: make(chan struct{}), HoldAfter: 5, Reached: reached})
				ctx, leave := context.WithCancel(t.Context())
				defer leave()
				failed := make(chan error, 1)
				req := w.request(ctx, "POST", streamPath, `{"query":"q"}`)
				go func() {
					_, err := w.send(req)
					failed <- err
				}()
				<-reached
				if byClose {
					h.Close()
				} else {
					leave()
				}
				if err := <-failed; err == nil {
					t.Error("answered to the end")
				}
				s.Close() // waits for the handler
				if got := h.Messages(sessionID); len(got) != 1 || got[0].Response != mockhub.NoAnswer || got[0].Pending {
					t.Errorf("stored %+v", got)
				}
			})
		}
	}
}
