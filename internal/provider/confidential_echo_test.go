package provider_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// echo is a network that repeats what requests that write have sent, while it is on.
type echo struct {
	repeat func(req *http.Request, body string) (*http.Response, error)
	on     atomic.Bool
	next   http.RoundTripper
}

// option is a provider.Option.
func (e *echo) option(cfg *hub.Config) {
	cfg.MaxRetries, cfg.Settle = 0, time.Millisecond
	cfg.Network = func(next http.RoundTripper) http.RoundTripper {
		e.next = next
		return e
	}
}

// RoundTrip implements http.RoundTripper.
func (e *echo) RoundTrip(req *http.Request) (*http.Response, error) {
	if !e.on.Load() || req.Method == http.MethodGet {
		return e.next.RoundTrip(req)
	}
	var body []byte
	if req.Body != nil {
		body, _ = io.ReadAll(req.Body)
		_ = req.Body.Close()
	}
	return e.repeat(req, string(body))
}

// echoes returns answers that repeat a request, by a description.
func echoes() map[string]*echo {
	all := map[string]*echo{"no answer": {repeat: func(req *http.Request, body string) (*http.Response, error) {
		return nil, &url.Error{Op: "Post", URL: req.URL.String() + "?" + body, Err: errors.New("connection lost after " + body)}
	}}}
	for form, c := range map[string]struct {
		statuses    []int
		contentType string
		text        func(body string) string
	}{
		"raw":     {[]int{200, 400, 500}, "text/plain", func(body string) string { return "cannot use " + body }},
		"cut":     {[]int{422}, "text/plain", func(body string) string { return "cannot use " + body[:len(body)*2/3] }},
		"JSON":    {[]int{200, 400, 403, 404, 409, 422, 500}, "application/json", func(body string) string { return `{"error": ` + quoted(body) + `}` }},
		"as text": {[]int{422}, "application/json", func(body string) string { return `{"error": ` + quoted(plainTexts(body)) + `}` }},
		"field": {[]int{422}, "application/json", func(body string) string {
			return `[{"loc": ["body", ` + quoted(plainTexts(body)) + `], "msg": ` + quoted(body) + `, "type": "x"}]`
		}},
		"known field": {[]int{422}, "application/json", func(body string) string {
			return `[{"loc": ["name"], "msg": ` + quoted(plainTexts(body)) + `, "type": "x"}]`
		}},
		"itself": {[]int{200, 409}, "application/json", func(body string) string { return body }},
		"page":   {[]int{200, 403}, "text/html", func(body string) string { return "<p>" + body }},
		"wrong type": {[]int{200}, "application/json", func(body string) string {
			return `{"uuid": ` + quoted(plainTexts(body)) + `, "enabled": ` + quoted(body) + `}`
		}},
	} {
		for _, status := range c.statuses {
			all[fmt.Sprint(form, " ", status)] = &echo{repeat: func(req *http.Request, body string) (*http.Response, error) {
				return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {c.contentType}}, Body: io.NopCloser(strings.NewReader(c.text(body))), Request: req, ProtoMajor: 1, ProtoMinor: 1}, nil
			}}
		}
	}
	return all
}

func quoted(text string) string {
	raw, _ := json.Marshal(text)
	return string(raw)
}

// plainTexts returns all texts of a JSON body one after the other, as a service would quote them. Another body is returned as it is.
func plainTexts(body string) string {
	var v any
	if json.Unmarshal([]byte(body), &v) != nil {
		return body
	}
	var all []string
	var add func(v any)
	add = func(v any) {
		switch v := v.(type) {
		case string:
			all = append(all, v)
		case []any:
			for _, e := range v {
				add(e)
			}
		case map[string]any:
			for _, e := range v {
				add(e)
			}
		}
	}
	add(v)
	return strings.Join(all, " is not allowed, ")
}

// silent fails the test if an operation succeeded, or if its errors repeat a canary.
func (s *stage) silent(operation, form string, err error) {
	s.Helper()
	if err == nil && !strings.Contains(form, "200") {
		s.Errorf("%s succeeded with the answer %s", operation, form)
	}
	if err != nil && strings.Contains(err.Error(), "c4nary") {
		s.Errorf("%s with the answer %s:\n%v", operation, form, err)
	}
}

// changed returns a configuration with other texts, or nil if every change replaces the object.
func changed(n acctest.Noun, config map[string]any) map[string]any {
	if n.Update == nil {
		return nil
	}
	next := maps.Clone(config)
	maps.Copy(next, n.Update)
	for name, v := range config {
		if text, ok := v.(string); ok && strings.Contains(text, "\n") {
			next[name] = text + "\nMore: " + canary
		}
	}
	return next
}
