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

// inProcess answers requests by calling the service without a network, so that a test can use a fake clock.
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

// connected reports that a request has a connection, as net/http does.
func connected(r *http.Request) {
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
}

// aborts reports whether the service broke the connection.
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

// breaksOff returns a body that fails after what was sent.
func breaksOff(sent []byte) io.ReadCloser {
	return io.NopCloser(io.MultiReader(bytes.NewReader(sent), failing{}))
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// tripFunc is an http.RoundTripper that is a function.
type tripFunc func(*http.Request) (*http.Response, error)

func (f tripFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// testService is a service with a chatbot and a session that the client did not create.
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

// shortSettle shortens the waits for lists.
func shortSettle(cfg *Config) { cfg.Settle = 5 * time.Millisecond }

// serviceOverHTTP starts a service on a real network.
func serviceOverHTTP(t *testing.T, quirks mockhub.Quirks, set ...func(*Config)) *testService {
	t.Helper()
	return seeded(mock(t, quirks, append([]func(*Config){shortSettle}, set...)...))
}

// serviceInProcess returns a service without a network, for tests in a synctest bubble. The waits are the defaults.
func serviceInProcess(t *testing.T, quirks mockhub.Quirks) *testService {
	t.Helper()
	h := mockhub.New(mockhub.Options{Key: resttest.APIKey, Quirks: quirks})
	t.Cleanup(h.Close)
	c := clientFor(t, "https://hub.test")
	networkOf(c).next = inProcess{h}
	return seeded(h, c)
}

// ask sends a question to the session.
func (s *testService) ask(ctx context.Context, query string) (Message, error) {
	return s.Ask(ctx, s.session, query)
}

// addAnswer adds an answer to the chatbot.
func (s *testService) addAnswer(question, answer string) string {
	return s.AddSource(s.chatbot, mockhub.Source{Type: "qa", Question: question, Answer: answer})
}

// stored returns the messages of the session.
func (s *testService) stored() []mockhub.Message { return s.Hub.Messages(string(s.session)) }

// once fails the test unless exactly one question was sent, and one or none was answered.
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

// asked returns err as an AskError.
func asked(t *testing.T, err error) *AskError {
	t.Helper()
	e, ok := errors.AsType[*AskError](err)
	if !ok {
		t.Fatalf("%v is not an AskError", err)
	}
	return e
}

// sameIDs compares candidates with ids, in any order.
func sameIDs(got []ID, want ...string) bool {
	var have []string
	for _, id := range got {
		have = append(have, string(id))
	}
	slices.Sort(have)
	slices.Sort(want)
	return slices.Equal(have, want)
}
