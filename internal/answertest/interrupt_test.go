package answertest_test

import (
	"context"
	"net/http"
	"net/http/httptrace"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// silent is a transport that gives no answer to some requests.
type silent struct {
	http.RoundTripper
	to func(path string) bool
}

func (s silent) RoundTrip(req *http.Request) (*http.Response, error) {
	if s.to(req.URL.Path) {
		if trace := httptrace.ContextClientTrace(req.Context()); trace != nil && trace.GotConn != nil {
			trace.GotConn(httptrace.GotConnInfo{}) // so that it is not known whether the service has processed the request
		}
		<-req.Context().Done()
		return nil, context.Cause(req.Context())
	}
	return s.RoundTripper.RoundTrip(req)
}

// TestInterruptEnds: after an interruption an apply returns within 10 seconds, whatever the service does not answer, and the errors name
// every session that is left, or say that one can be. It runs on the clock of a synctest bubble.
func TestInterruptEnds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		to    func(path string) bool
		named bool // otherwise the id of the session is not known
	}{
		"questions": {func(path string) bool { return strings.HasSuffix(path, "/stream") }, true},
		"questions, lists and deletes": {func(path string) bool {
			return strings.Contains(path, "/session/") && !strings.Contains(path, "/chatbot/")
		}, true},
		"deletes":         {func(path string) bool { return strings.HasSuffix(path, "/delete") }, true},
		"all of sessions": {func(path string) bool { return strings.Contains(path, "/session") }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			var diags []*tfprotov6.Diagnostic
			var took time.Duration
			synctest.Test(t, func(t *testing.T) {
				s := e.Server(t, e.WithoutNetwork, func(cfg *hub.Config) {
					inner := cfg.Network
					cfg.Network = func(rt http.RoundTripper) http.RoundTripper { return silent{inner(rt), c.to} }
				})
				config := e.values(s.Schema.ResourceSchemas["aichatbothub_answer_test"].ValueType(), map[string]string{"a": "When do you open?", "b": "When do you open?", "c": "Where?"}, 0)
				applied := make(chan time.Time, 1)
				go func() {
					diags = s.Create("aichatbothub_answer_test", config, func() {})
					applied <- time.Now()
				}()
				time.Sleep(time.Second) // of the bubble: all requests wait now
				begin := time.Now()
				if _, err := s.StopProvider(t.Context(), &tfprotov6.StopProviderRequest{}); err != nil {
					t.Error(err)
				}
				took = (<-applied).Sub(begin)
				time.Sleep(time.Minute) // what the apply no longer waits for ends
			})
			text := ""
			for _, d := range diags {
				text += d.Detail + "\n"
			}
			if took > 10*time.Second || !strings.Contains(text, "interrupted") {
				t.Errorf("it took %s\n%s", took, text)
			}
			for _, s := range e.Sessions(e.chatbot) {
				if !strings.Contains(text, s.UUID) {
					t.Errorf("the session %s is left and not named\n%s", s.UUID, text)
				}
			}
			if !c.named && !strings.Contains(text, "A session without messages may have been created") {
				t.Errorf("a session can be left\n%s", text)
			}
		})
	}
}
