package probe

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// TestCreatedAnyway: a chatbot that the service made although the answer to its create says otherwise, or nothing, is deleted. If the list of
// chatbots does not tell whether it was made, it is named.
func TestCreatedAnyway(t *testing.T) {
	t.Parallel()
	const create, list = "POST /chatbot/create", "GET /chatbots"
	for name, c := range map[string]struct {
		answer mockhub.Fault // to the create
		list   bool          // the list of chatbots fails after the create
		named  bool
	}{
		"a refusal":                          {answer: mockhub.Fault{Status: http.StatusForbidden}},
		"a page of a proxy":                  {answer: mockhub.Fault{Status: http.StatusForbidden, HTML: true}},
		"a failure":                          {answer: mockhub.Fault{Status: http.StatusBadGateway}},
		"another form":                       {answer: mockhub.Fault{Body: `{"success": true}`}},
		"a page of a proxy, and no list":     {answer: mockhub.Fault{Status: http.StatusForbidden, HTML: true}, list: true, named: true},
		"a failure, and no list":             {answer: mockhub.Fault{Status: http.StatusBadGateway}, list: true, named: true},
		"a broken connection, and no list":   {answer: mockhub.Fault{Drop: true}, list: true, named: true},
		"a refusal with 200, and no list":    {answer: mockhub.Fault{Body: `{"success": false}`}, list: true, named: true},
		"success without an id, and no list": {answer: mockhub.Fault{Body: `{"success": true}`}, list: true, named: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			c.answer.Route, c.answer.Process = create, true
			e.Inject(c.answer)
			if c.list {
				e.Inject(mockhub.Fault{Route: list, Skip: 1, Times: -1, Status: http.StatusInternalServerError})
			}
			out := probeWith(t, e, "-json")
			left := e.Chatbots()
			switch {
			case !c.named && (len(left) > 0 || out.code != subcommand.OK):
				t.Errorf("exit code %d, %d chatbots are left\n%s", out.code, len(left), out.stderr)
			case c.named && (len(left) != 1 || out.code != subcommand.Failed || !strings.Contains(out.stderr, "It is not known whether the chatbot \""+left[0].Name+"\" was created.")):
				t.Errorf("exit code %d, %d chatbots are left\n%s", out.code, len(left), out.stderr)
			}
		})
	}
}

// TestCreatedLate: a chatbot that the service makes after the connection broke, or that lists show late, is found and deleted.
func TestCreatedLate(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, func(q *mockhub.Quirks) { setQuirk(t, q, "ListLag=50ms") })
	e.Inject(mockhub.Fault{Route: "POST /chatbot/create", Process: true, Drop: true})
	out := probeWith(t, e, "-json")
	if left := e.Chatbots(); len(left) > 0 || out.code != subcommand.OK {
		t.Errorf("exit code %d, %d chatbots are left\n%s", out.code, len(left), out.stderr)
	}
}

// TestNamedBefore: the chatbot is named before it is made, so that it is known after the program was killed.
func TestNamedBefore(t *testing.T) {
	t.Parallel()
	ctx, interrupt := context.WithCancel(t.Context())
	e := acctest.Start(t)
	reached := make(chan struct{}, 1)
	e.Inject(mockhub.Fault{Route: "POST /chatbot/create", Process: true, Reached: reached})
	go func() { <-reached; interrupt() }()
	out := probeFrom(ctx, t, map[string]string{keyVariable: e.Key(), urlVariable: e.URL})
	first, _, _ := strings.Cut(out.stderr, "\n")
	if !strings.HasPrefix(first, `Creating the chatbot "terraform-provider probe `) || out.code != subcommand.Failed || len(e.Chatbots()) > 0 {
		t.Errorf("exit code %d\n%s", out.code, out.stderr)
	}
}

// changed returns a mock whose answers a function changes: status and body, by method and path.
func changed(t *testing.T, change func(r *http.Request, status int, body string) (int, string), set ...func(*mockhub.Quirks)) (*mockhub.Hub, map[string]string) {
	t.Helper()
	h := mockhub.New(mockhub.Options{})
	for _, one := range set {
		h.SetQuirks(one)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, r)
		status, body := change(r, answer.Code, answer.Body.String())
		for name, values := range answer.Header() {
			if name != "Content-Length" {
				w.Header()[name] = values
			}
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(func() { h.Close(); server.Close() })
	return h, map[string]string{keyVariable: h.Key(), urlVariable: server.URL}
}

// TestOtherSuccess: a success with 201 is one, as it is for the provider.
func TestOtherSuccess(t *testing.T) {
	t.Parallel()
	h, env := changed(t, func(_ *http.Request, status int, body string) (int, string) {
		if status == http.StatusOK && !strings.HasPrefix(body, "<") {
			status = http.StatusCreated
		}
		return status, body
	})
	out := probeFrom(t.Context(), t, env, "-json", "-ask")
	for _, f := range out.report.Facts {
		if f.Verdict != asAssumed {
			t.Errorf("%s: %s: %s", f.ID, f.Verdict, f.Seen)
		}
	}
	if left := h.Chatbots(); out.code != subcommand.OK || len(left) > 0 {
		t.Errorf("exit code %d, %d chatbots are left\n%s", out.code, len(left), out.stderr)
	}
}
