package mockhub_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const (
	unknownID = "00000000000000000000000000000000" // a well-formed uuid of no object
	chatbotID = "0123456789abcdef0123456789abcdef"
)

var noon = time.Date(2024, 7, 26, 12, 0, 0, 0, time.UTC)

// testHub is the hub of one test with a real server and a frozen clock, which shows noon.
type testHub struct {
	*mockhub.Hub
	t      *testing.T
	url    string
	client *http.Client
}

func serve(t *testing.T, o mockhub.Options) *testHub {
	t.Helper()
	if o.Clock == nil {
		o.Clock = mockhub.NewFrozenClock(noon)
	}
	h := mockhub.New(o)
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	t.Cleanup(h.Close) // runs before s.Close, which waits for all requests
	// Without kept connections net/http never sends a request again by itself.
	tr := &http.Transport{DisableKeepAlives: true}
	return &testHub{Hub: h, t: t, url: s.URL, client: &http.Client{Transport: tr, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}}
}

// reply is a complete answer.
type reply struct {
	status int
	header http.Header
	body   string
}

func (w *testHub) request(ctx context.Context, method, path, body string) *http.Request {
	w.t.Helper()
	if !strings.HasPrefix(path, "//") {
		path = "/api/v1" + path
	} else {
		path = path[1:]
	}
	var r io.Reader
	if body != "" {
		r = strings.NewReader(body)
	}
	req, err := http.NewRequestWithContext(ctx, method, w.url+path, r)
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+w.Key())
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	return req
}

func (w *testHub) send(req *http.Request) (reply, error) {
	res, err := w.client.Do(req)
	if err != nil {
		return reply{}, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	return reply{res.StatusCode, res.Header, string(raw)}, err
}

// do sends a request with the key and, if there is a body, as JSON. A path with two leading slashes is not below /api/v1.
func (w *testHub) do(method, path, body string) reply {
	w.t.Helper()
	r, err := w.send(w.request(w.t.Context(), method, path, body))
	if err != nil {
		w.t.Fatalf("%s %s: %v", method, path, err)
	}
	return r
}

func (w *testHub) create(body string) map[string]any {
	w.t.Helper()
	return w.do("POST", "/chatbot/create", body).object(w.t)
}

func (r reply) object(t *testing.T) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal([]byte(r.body), &out); err != nil || r.status != http.StatusOK {
		t.Fatalf("want an object with 200, got %d %s", r.status, r.body)
	}
	return out
}

func (r reply) list(t *testing.T) []map[string]any {
	t.Helper()
	var out []map[string]any
	if err := json.Unmarshal([]byte(r.body), &out); err != nil || r.status != http.StatusOK {
		t.Fatalf("want a list with 200, got %d %s", r.status, r.body)
	}
	return out
}

// is fails unless the answer has the status and the body.
func (r reply) is(t *testing.T, status int, body string) {
	t.Helper()
	if r.status != status || strings.TrimSpace(r.body) != body {
		t.Errorf("got  %d %s\nwant %d %s", r.status, strings.TrimSpace(r.body), status, body)
	}
}

func names(list []map[string]any) string {
	var out []string
	for _, item := range list {
		out = append(out, item["name"].(string))
	}
	return strings.Join(out, " ")
}

// suffixIf returns the suffix of a subtest's name if on is true.
func suffixIf(on bool, suffix string) string {
	if on {
		return suffix
	}
	return ""
}
