package rest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

func TestParseError(t *testing.T) {
	t.Parallel()
	c := clientFor(t, "https://hub.test")
	for name, tc := range map[string]struct {
		body   string
		want   string
		fields []FieldError
		json   bool
	}{
		"error":             {`{"error":"not found"}`, "not found", nil, true},
		"msg":               {`{"msg":"bad key"}`, "bad key", nil, true},
		"message":           {`{"message":"no"}`, "no", nil, true},
		"error comes first": {`{"message":"b","msg":"a","error":"first"}`, "first", nil, true},
		"empty error":       {`{"error":"","msg":"words"}`, "words", nil, true},
		"null error":        {`{"error":null,"message":"words"}`, "words", nil, true},
		"a flag":            {`{"error":true,"message":"plan limit reached"}`, "plan limit reached", nil, true},
		"a code":            {`{"error":403,"message":"plan limit reached"}`, "plan limit reached", nil, true},
		"nested":            {`{"error":{"code":7,"message":"inner words"}}`, "inner words", nil, true},
		"nested twice":      {`{"error":{"error":{"message":"deep"}}}`, `{"message":"deep"}`, nil, true},
		"validation": {`[{"loc":["rate_limit",0],"msg":"too big","type":"x"},{"loc":["name"],"msg":"field required"}]`,
			"rate_limit.0: too big; name: field required", []FieldError{{[]string{"rate_limit", "0"}, "too big"}, {[]string{"name"}, "field required"}}, true},
		"validation in detail": {`{"detail":[{"loc":["body","name"],"msg":"field required"}]}`, "name: field required", []FieldError{{[]string{"name"}, "field required"}}, true},
		"a field called body":  {`[{"loc":["body"],"msg":"not a dict"}]`, "body: not a dict", []FieldError{{[]string{"body"}, "not a dict"}}, true},
		"bulk":                 {`[{"uuid":"a1","error":"in use"},{"uuid":"b2","error":"unknown"}]`, "a1: in use; b2: unknown", nil, true},
		"list of msg":          {`[{"msg":"one"},{"error":"two"}]`, "one; two", nil, true},
		"list of texts":        {`{"error":["one","two"]}`, `["one","two"]`, nil, true},
		"unknown object":       {`{"reason":"x"}`, `{"reason":"x"}`, nil, true},
		"unknown list":         {`[{"reason":"x"}]`, `[{"reason":"x"}]`, nil, true},
		"existing object":      {`{"uuid":"43474da7ae3b4b7191ee29c2de798257","title":"T"}`, `{"uuid":"43474da7ae3b4b7191ee29c2de798257","title":"T"}`, nil, true},
		"text":                 {"  file type not allowed\n", "file type not allowed", nil, false},
		"html":                 {"<!doctype html><p>" + resttest.APIKey, "a web page and not an answer of the API", nil, false},
		"html with a mark":     {"\ufeff\n <html>", "a web page and not an answer of the API", nil, false},
		"broken":               {`{"error":"half`, `{"error":"half`, nil, false},
		"json text":            {`"just words"`, `"just words"`, nil, false},
		"empty":                {"", "", nil, false},
		"empty object":         {"{}", "", nil, true},
		"empty list":           {"[]", "", nil, true},
		"null":                 {"null", "null", nil, false},
		"not UTF-8":            {"Gr\xf6\xdfe", "Gr\uFFFDe", nil, false},
		"terminal tricks":      {"a\x1b[31mb\x00c\r\nd", `a\u001b[31mb\u0000c  d`, nil, false},
		"right to left":        {"a\u202eb\u2066c", `a\u202eb\u2066c`, nil, false},
		"zero width":           {"a\u200bb\u2060c\ufeffd", `a\u200bb\u2060c\ufeffd`, nil, false},
	} {
		e := parseError(Get("/x"), 422, []byte(tc.body), func(s string) string { return c.Sanitize(s) })
		if e.Message != tc.want || !reflect.DeepEqual(e.Fields, tc.fields) || e.JSON != tc.json || e.HTML != strings.HasPrefix(tc.want, "a web page") {
			t.Errorf("%s: %q %q JSON %v; want %q %q JSON %v", name, e.Message, e.Fields, e.JSON, tc.want, tc.fields, tc.json)
		}
	}
}

func TestErrorIsShortAndClean(t *testing.T) {
	t.Parallel()
	c := clientFor(t, "https://hub.test")
	for pad := maxText - len(resttest.APIKey) - 5; pad < maxText+5; pad++ { // the text is cut within the key
		e := parseError(Get("/x"), 500, []byte(strings.Repeat("x", pad)+resttest.APIKey+strings.Repeat("y", 100000)), func(s string) string { return c.Sanitize(s) })
		if strings.Contains(e.Message, resttest.APIKey[:4]) || len(e.Message) > maxText+len("…") {
			t.Fatalf("after %d bytes: %q", pad, e.Message)
		}
	}
	items := strings.Repeat(`{"loc":["`+resttest.APIKey+strings.Repeat("z", 2000)+`"],"msg":"m"},`, 500)
	e := parseError(Get("/x"), 422, []byte("["+strings.TrimSuffix(items, ",")+"]"), func(s string) string { return c.Sanitize(s) })
	if len(e.Fields) != maxFields || strings.Contains(fmt.Sprint(e.Fields), resttest.APIKey) || len(fmt.Sprint(e.Fields)) > maxFields*(maxText+50) {
		t.Errorf("%d fields, %d bytes", len(e.Fields), len(fmt.Sprint(e.Fields)))
	}
}

// FuzzParseError: the text of an error is short and valid, and never has the API key (goals.md S5).
func FuzzParseError(f *testing.F) {
	for _, s := range []string{`{"error":"x"}`, `[{"loc":["a",0],"msg":"m"}]`, `{"detail":[{"loc":[[],{}],"msg":"m"}]}`, "<p>", `[{"uuid":"a","error":"b"}]`, "\xff\x1b", `{"error":{"msg":[]}}`} {
		f.Add([]byte(s), 0)
		f.Add([]byte(s), len(s)/2)
	}
	c := clientFor(f, "https://hub.test")
	f.Fuzz(func(t *testing.T, body []byte, at int) {
		if at >= 0 && at <= len(body) {
			body = []byte(string(body[:at]) + resttest.APIKey + string(body[at:]))
		}
		e := parseError(Create("/x"), 422, body, func(s string) string { return c.Sanitize(s) })
		texts := []string{e.Message}
		for _, field := range e.Fields {
			texts = append(append(texts, field.Msg), field.Loc...)
		}
		for _, s := range texts {
			if strings.Contains(s, resttest.APIKey) || len(s) > maxText+len("…") || !utf8.ValidString(s) {
				t.Fatalf("%q", s)
			}
		}
		if len(e.Fields) > maxFields || e.Error() == "" {
			t.Fatalf("%d fields", len(e.Fields))
		}
		isRefusal(body)
	})
}

func TestErrorPredicates(t *testing.T) {
	t.Parallel()
	canceled := &TransportError{Sent: true, Err: &sanitizedError{text: "x", err: context.Canceled}}
	for _, tc := range []struct {
		err                                error
		unauthorized, throttled, ambiguous bool
	}{
		{err: nil},
		{err: errors.New("x")},
		{err: &Error{Status: 400}},
		{err: &Error{Status: 401, JSON: true}, unauthorized: true},
		{err: &Error{Status: 403}},
		{err: &Error{Status: 404}},
		{err: &Error{Status: 404, JSON: true}},
		{err: &Error{Status: 410, JSON: true}},
		{err: &Error{Status: 422, JSON: true}},
		{err: &Error{Status: 422, JSON: true, msg: true}, unauthorized: true},
		{err: &Error{Status: 429}, throttled: true},
		{err: &Error{Status: 500}, ambiguous: true},
		{err: &Error{Status: 504}, ambiguous: true},
		{err: &Error{Status: 200}},
		{err: &AnswerError{}, ambiguous: true},
		{err: &TransportError{Err: errRedirect}},
		{err: canceled, ambiguous: true},
	} {
		for _, err := range []error{tc.err, fmt.Errorf("wrapped: %w", tc.err)} {
			if tc.err == nil {
				err = nil
			}
			if IsUnauthorized(err) != tc.unauthorized || IsThrottled(err) != tc.throttled || IsAmbiguous(err) != tc.ambiguous {
				t.Errorf("%#v: unauthorized %v throttled %v ambiguous %v", err, IsUnauthorized(err), IsThrottled(err), IsAmbiguous(err))
			}
		}
	}
	if !errors.Is(canceled, context.Canceled) || AsError(canceled) != nil {
		t.Error("the cause is lost")
	}
}

func TestErrorWords(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"GET /chatbot/{uuid}: the service answered 404 Not Found: gone":                                       &Error{Method: http.MethodGet, Path: "/chatbot/{uuid}", Status: 404, Message: "gone"},
		"GET /chatbots: the service answered 500 Internal Server Error: no explanation":                       &Error{Method: http.MethodGet, Path: "/chatbots", Status: 500},
		"GET /chatbots: bot protection or a proxy in front of the service answered 403 Forbidden: a web page": &Error{Method: http.MethodGet, Path: "/chatbots", Status: 403, HTML: true, Message: "a web page"},
		"GET /chatbots: the service answered 502 Bad Gateway: a web page":                                     &Error{Method: http.MethodGet, Path: "/chatbots", Status: 502, HTML: true, Message: "a web page"},
		"GET /chatbots: the answer cannot be used: it is empty":                                               &AnswerError{Method: http.MethodGet, Path: "/chatbots", Reason: "it is empty"},
		"GET /chatbots: no answer: x":                                                                         &TransportError{Method: http.MethodGet, Path: "/chatbots", Err: errors.New("x")},
	} {
		if err.Error() != want {
			t.Errorf("%q, want %q", err, want)
		}
	}
}

// TestStatusText: a status without a name is a number alone.
func TestStatusText(t *testing.T) {
	t.Parallel()
	e := &Error{Method: "GET", Path: "/chatbots", Status: 520, Message: "a web page"}
	if got, want := e.Error(), "GET /chatbots: the service answered 520: a web page"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
