package hub

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"slices"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// The routes of messages.
const (
	streamRoute   = "POST /session/{uuid}/message/stream"
	messagesRoute = "GET /session/{uuid}/messages"
	sessionRoute  = "GET /session/{uuid}"
	bulkRoute     = "POST /messages/delete"
	singleRoute   = "POST /message/{uuid}/delete"
)

const hello = "Hello, who are you?"

// inProcess answers requests by calling the service without a network, so that a test can run on a clock of its own.
type inProcess struct{ http.Handler }

func (i inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	connected(r)
	if r.Body == nil {
		r = r.Clone(r.Context())
		r.Body = http.NoBody // as a server sees it
	}
	w := httptest.NewRecorder()
	if !i.aborts(w, r) {
		return w.Result(), nil
	}
	if !w.Flushed {
		return nil, io.ErrUnexpectedEOF
	}
	resp := w.Result()
	resp.Body = breaksOff(w.Body.Bytes())
	return resp, nil
}

// connected says that a request has left, as the network does.
func connected(r *http.Request) {
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
}

// aborts says whether the service broke the connection.
func (i inProcess) aborts(w http.ResponseWriter, r *http.Request) (aborted bool) {
	defer func() {
		switch p := recover(); p {
		case nil:
		case http.ErrAbortHandler:
			aborted = true
		default:
			panic(p)
		}
	}()
	i.ServeHTTP(w, r)
	return false
}

// breaksOff is a body of which the end is missing.
func breaksOff(sent []byte) io.ReadCloser {
	return io.NopCloser(io.MultiReader(bytes.NewReader(sent), failing{}))
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// tripFunc is an http.RoundTripper that is a function.
type tripFunc func(*http.Request) (*http.Response, error)

func (f tripFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// testService is a service with a chatbot and a session that is not this process's own.
type testService struct {
	*mockhub.Hub
	*Client
	chatbot string
	session ID
}

func seeded(h *mockhub.Hub, c *Client) *testService {
	bot := h.AddChatbot(mockhub.Chatbot{})
	return &testService{Hub: h, Client: c, chatbot: bot, session: ID(h.AddSession(bot, mockhub.Session{}))}
}

// shortSettle makes waits for lists suit a test.
func shortSettle(cfg *Config) { cfg.Settle = 5 * time.Millisecond }

// serviceOverHTTP starts a service behind a real connection.
func serviceOverHTTP(t *testing.T, quirks mockhub.Quirks, set ...func(*Config)) *testService {
	t.Helper()
	return seeded(mock(t, quirks, append([]func(*Config){shortSettle}, set...)...))
}

// serviceInProcess is a service inside the process for a test on a clock that jumps over waits, with the waits that users have.
func serviceInProcess(t *testing.T, quirks mockhub.Quirks) *testService {
	t.Helper()
	h := mockhub.New(mockhub.Options{Key: resttest.APIKey, Quirks: quirks})
	t.Cleanup(h.Close)
	c := clientFor(t, "https://hub.test")
	networkOf(c).next = inProcess{h}
	return seeded(h, c)
}

// ask asks in the session.
func (s *testService) ask(ctx context.Context, query string) (Message, error) {
	return s.Ask(ctx, s.session, query)
}

// addAnswer gives the chatbot an answer.
func (s *testService) addAnswer(question, answer string) string {
	return s.AddSource(s.chatbot, mockhub.Source{Type: "qa", Question: question, Answer: answer})
}

// stored are the session's messages.
func (s *testService) stored() []mockhub.Message { return s.Hub.Messages(string(s.session)) }

// once fails the test unless just one question was sent, and answered if answered says so.
func (s *testService) once(t *testing.T, answered bool) {
	t.Helper()
	want := 0
	if answered {
		want = 1
	}
	if sent, answers := s.Count(streamRoute), s.Answers(); sent != 1 || answers != want {
		t.Errorf("sent %d times and answered %d times, want once and %d", sent, answers, want)
	}
}

// asked gives the AskError of a failure that must be one.
func asked(t *testing.T, err error) *AskError {
	t.Helper()
	e, ok := errors.AsType[*AskError](err)
	if !ok {
		t.Fatalf("%v is no AskError", err)
	}
	return e
}

// sameIDs compares candidates with what the service has, in any order.
func sameIDs(got []ID, want ...string) bool {
	var have []string
	for _, id := range got {
		have = append(have, string(id))
	}
	slices.Sort(have)
	slices.Sort(want)
	return slices.Equal(have, want)
}
