package rest

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// hijack calls f with the connection of a request.
func hijack(w http.ResponseWriter, f func(io.Writer)) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	f(conn)
	_ = conn.Close()
}

// endless is a reader of n spaces, or of endless spaces if n is negative. They are valid white space in JSON.
type endless struct{ n int64 }

func (e *endless) Read(p []byte) (int, error) {
	if e.n == 0 {
		return 0, io.EOF
	}
	if e.n > 0 {
		p = p[:min(int64(len(p)), e.n)]
		e.n -= int64(len(p))
	}
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func (*endless) Close() error { return nil }

// TestTooLargeAnswers: an answer that is too large is an error after one request. An error status is kept, however long the body is.
func TestTooLargeAnswers(t *testing.T) {
	t.Parallel()
	flood := func(w io.Writer) {
		b := []byte(strings.Repeat(" ", 1<<16))
		for {
			if _, err := w.Write(b); err != nil {
				return
			}
		}
	}
	for name, h := range map[string]http.HandlerFunc{
		"announced": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(maxAnswer+1))
		},
		"announced beyond measure": func(w http.ResponseWriter, _ *http.Request) {
			hijack(w, func(w io.Writer) {
				_, _ = io.WriteString(w, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9223372036854775807\r\n\r\n[")
			})
		},
		"chunked": func(w http.ResponseWriter, _ *http.Request) { flood(w) },
		"until closed": func(w http.ResponseWriter, _ *http.Request) {
			hijack(w, func(w io.Writer) { _, _ = io.WriteString(w, "HTTP/1.1 200 OK\r\n\r\n"); flood(w) })
		},
		"gzip bomb": func(w http.ResponseWriter, r *http.Request) {
			if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
				t.Error("the request does not accept compression")
			}
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			flood(z)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var requests atomic.Int32
			address := resttest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
				requests.Add(1)
				if _, refuse := r.Header["X-Refuse"]; !refuse {
					w.Header().Set("Content-Type", "application/json")
				}
				h(w, r)
			})
			var a *AnswerError
			if err := read(t.Context(), clientFor(t, address)); !errors.As(err, &a) || !strings.Contains(err.Error(), "larger than 32 MiB") {
				t.Error(err)
			}
			if n := requests.Load(); n != 1 {
				t.Errorf("%d requests", n)
			}
		})
	}
	t.Run("refusal", func(t *testing.T) {
		t.Parallel()
		address := resttest.Serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden); flood(w) })
		if e := AsError(read(t.Context(), clientFor(t, address))); e == nil || e.Status != http.StatusForbidden || len(e.Error()) > 1000 {
			t.Error(e)
		}
	})
}

// TestLargestAnswer: exactly 32 MiB are read.
func TestLargestAnswer(t *testing.T) {
	t.Parallel()
	for _, known := range []int64{-1, maxAnswer} {
		c := offline(t, func(*http.Request) (*http.Response, error) {
			resp := resttest.Reply(http.StatusOK, "")
			resp.Body, resp.ContentLength = struct {
				io.Reader
				io.Closer
			}{io.MultiReader(strings.NewReader("[]"), &endless{n: maxAnswer - 2}), &endless{}}, known
			return resp, nil
		})
		if err := read(t.Context(), c); err != nil {
			t.Error(err)
		}
	}
}

// TestTooLargeAnswerNeedsLittleMemory is not parallel, because it measures the allocations of the process (goals.md S4: 64 MB).
func TestTooLargeAnswerNeedsLittleMemory(t *testing.T) {
	c := offline(t, func(*http.Request) (*http.Response, error) {
		resp := resttest.Reply(http.StatusOK, "")
		resp.Body, resp.ContentLength = &endless{n: -1}, -1
		return resp, nil
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := read(t.Context(), c)
	runtime.ReadMemStats(&after)
	if !strings.Contains(fmt.Sprint(err), "larger than 32 MiB") {
		t.Error(err)
	}
	if got := after.TotalAlloc - before.TotalAlloc; got > 36<<20 {
		t.Errorf("%d MiB allocated for an answer that is refused", got>>20)
	}
}

// TestBrokenAnswers: an incomplete success is a failed attempt. An incomplete error is evaluated as an error.
func TestBrokenAnswers(t *testing.T) {
	t.Parallel()
	const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	for name, tc := range map[string]struct {
		wire     string
		words    string
		requests int32
	}{
		"closed before the head": {"", "no answer: the connection was closed", 3},
		"half a head":            {"HTTP/1.1 200 OK\r\nContent-Le", "no answer: the answer is not HTTP", 3},
		"half a body":            {head + "Content-Length: 100\r\n\r\n[{", "GET /chatbots: the answer broke off", 3},
		"half a chunk":           {head + "Transfer-Encoding: chunked\r\n\r\n64\r\n[{", "broke off", 3},
		"no last chunk":          {head + "Transfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n", "broke off", 3},
		"bad chunk":              {head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n", "broke off", 3},
		"half a gzip":            {head + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00", "broke off", 3},
		"not gzip":               {head + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n[]", "broke off", 3},
		"not HTTP":               {"SSH-2.0-OpenSSH_9.9 " + resttest.APIKey + "\r\n", "the answer is not HTTP", 3},
		"bad header":             {"HTTP/1.1 200 OK\r\nSet-Cookie " + resttest.APIKey + "\r\n\r\n", "the answer is not HTTP", 3},
		"bad length":             {"HTTP/1.1 200 OK\r\nContent-Length: x" + resttest.APIKey + "\r\n\r\n", "the answer is not HTTP", 3},
		"closed refusal":         {"HTTP/1.1 404 Not Found\r\nContent-Length: 100\r\n\r\n{\"error\"", `404 Not Found: {"error"`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var requests atomic.Int32
			address := resttest.Serve(t, func(w http.ResponseWriter, _ *http.Request) {
				requests.Add(1)
				hijack(w, func(conn io.Writer) { _, _ = io.WriteString(conn, tc.wire) })
			})
			err := read(t.Context(), clientFor(t, address))
			if err == nil || !strings.Contains(err.Error(), tc.words) || strings.Contains(err.Error(), resttest.APIKey) {
				t.Errorf("%v, want %q", err, tc.words)
			}
			if n := requests.Load(); n != tc.requests {
				t.Errorf("%d requests, want %d", n, tc.requests)
			}
			if err := createBot(t.Context(), clientFor(t, address)); IsAmbiguous(err) != (tc.requests > 1) {
				t.Errorf("a create is ambiguous: %v (%v)", IsAmbiguous(err), err)
			}
		})
	}
}

// TestContent: a success that is not JSON is an error that describes the answer.
func TestContent(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		kind, body, words string
		html              bool
	}{
		"json":               {"application/json", `[]`, "", false},
		"json with charset":  {"Application/JSON; charset=utf-8", `[]`, "", false},
		"problem+json":       {"application/problem+json", `[]`, "", false},
		"odd parameters":     {"application/json; charset", `[]`, "", false},
		"no type":            {"-", `[]`, "", false},
		"html":               {"text/html; charset=utf-8", `[]`, "web page", true},
		"html as json":       {"application/json", "\n <!doctype html>", "web page", true},
		"html without type":  {"-", "<html>", "web page", true},
		"empty html":         {"text/html", "", "web page", true},
		"empty":              {"application/json", " \n", "it is empty", false},
		"text":               {"text/plain", `[]`, `its content type is "text/plain"`, false},
		"the key as a type":  {"text/" + resttest.APIKey, `[]`, "instead of JSON", false},
		"a binary":           {"application/octet-stream", "\x00\x01", `its content type is "application/octet-stream"`, false},
		"broken":             {"application/json", `[{"uuid":`, "not have the form that the API documents", false},
		"an error under 200": {"application/json", `{"error":"the plan has no more chatbots"}`, "200 OK: the plan has no more chatbots", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := offline(t, func(*http.Request) (*http.Response, error) {
				resp := resttest.Reply(http.StatusOK, tc.body, "Content-Type", tc.kind)
				if tc.kind == "-" {
					resp.Header.Del("Content-Type")
				}
				return resp, nil
			})
			err := read(t.Context(), c)
			if tc.words == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			var a *AnswerError
			if err == nil || !strings.Contains(err.Error(), tc.words) || strings.Contains(err.Error(), resttest.APIKey) || errors.As(err, &a) && a.HTML != tc.html {
				t.Errorf("%v (%+v), want %q", err, a, tc.words)
			}
		})
	}
}

// TestDeleteAnswers: a delete succeeds unless an answer with status 200 reports a failure.
func TestDeleteAnswers(t *testing.T) {
	t.Parallel()
	for body, words := range map[string]string{
		`{"success":true}`:                       "",
		`{"success":1}`:                          "",
		`{}`:                                     "",
		`{"uuid":"x","error":"training failed"}`: "", // the object, whose own field is named error
		`{"success":true,"error":null}`:          "",
		`{"success":true,"error":""}`:            "",
		`{"success":false}`:                      "success",
		`{"success":0,"message":"still used"}`:   "still used",
		`{"error":"unknown chatbot"}`:            "unknown chatbot",
		`{"error":{"message":"unknown"}}`:        "unknown",
		`[]`:                                     "not have the form that the API documents",
		`"ok"`:                                   "not have the form that the API documents",
	} {
		c := offline(t, func(*http.Request) (*http.Response, error) { return resttest.Reply(http.StatusOK, body), nil })
		err := deleteBot(t.Context(), c)
		if (err == nil) != (words == "") || !strings.Contains(fmt.Sprint(err), words) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestNothingIsDialledTwiceForNothing(t *testing.T) {
	t.Parallel()
	tr := newNetwork(false)
	if tr.Proxy == nil || tr.DisableKeepAlives || !tr.Protocols.HTTP2() || tr.TLSHandshakeTimeout > time.Minute {
		t.Error("with retries: proxies, kept connections and HTTP/2")
	}
	once := newNetwork(true)
	if once.Proxy == nil || !once.DisableKeepAlives || once.Protocols.HTTP2() {
		t.Error("without retries: proxies, but nothing that repeats a request")
	}
}
