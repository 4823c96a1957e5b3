package hub

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Error is an answer of the service that refuses. It keeps the service's own words (api.md §6).
type Error struct {
	Method string // of the request
	Path   string // template, without ids
	Status int    // HTTP status; 200 when a refusal came under it
	// Message is what the service said, cut to a readable length; empty when it said nothing.
	Message string
	// Fields are the problems of a 422 that name a field of the body.
	Fields []FieldError
	// JSON says that the body was JSON, that is, that the application answered and not something in front of it.
	JSON bool
	// RetryAfter is how long the service asked to wait; 0 when it did not say.
	RetryAfter time.Duration
	// body is that of a conflict, which carries the object that exists.
	body []byte
	// msg says that the words came as {"msg": …}, the form in which keys are refused.
	msg bool
}

// FieldError is one entry of a 422: which field of the body, by name and index, and what is wrong with it.
type FieldError struct {
	Loc []string // e.g. ["rate_limit", "0"]
	Msg string
}

// Error implements error.
func (e *Error) Error() string {
	words := e.Message
	if words == "" {
		words = "no explanation"
	}
	return fmt.Sprintf("%s %s: the service answered %d %s: %s", e.Method, e.Path, e.Status, http.StatusText(e.Status), words)
}

// AnswerError is an answer with a success status that cannot be used: a web page, broken or incomplete JSON, or too much of it.
// For a create it is unknown whether the service made the object.
type AnswerError struct {
	Method string
	Path   string // template, without ids
	// HTML says that a web page came back, which is what a wrong base URL looks like (api.md §1).
	HTML   bool
	Reason string
}

// Error implements error.
func (e *AnswerError) Error() string {
	return fmt.Sprintf("%s %s: the answer cannot be used: %s", e.Method, e.Path, e.Reason)
}

// TransportError is a request that got no answer at all, or none that may be followed (a redirect to elsewhere).
type TransportError struct {
	Method string
	Path   string // template, without ids
	// Sent says that the latest try may have been processed, so that for a create it is unknown whether the object was made.
	Sent bool
	// Received is what had come of an answer that is text before it broke off.
	Received string
	Err      error
}

// Error implements error.
func (e *TransportError) Error() string {
	return fmt.Sprintf("%s %s: no answer: %s", e.Method, e.Path, e.Err)
}

// Unwrap gives the cause, such as context.Canceled or a net.Error.
func (e *TransportError) Unwrap() error { return e.Err }

// AsError gives the service's refusal inside err, or nil.
func AsError(err error) *Error {
	e, _ := errors.AsType[*Error](err)
	return e
}

// IsUnauthorized says whether the key was refused: 401, or 422 in the form that a malformed key gets (api.md §6).
func IsUnauthorized(err error) bool {
	e := AsError(err)
	return e != nil && (e.Status == http.StatusUnauthorized || e.Status == http.StatusUnprocessableEntity && e.msg)
}

// IsThrottled says whether the service asked for fewer requests.
func IsThrottled(err error) bool {
	e := AsError(err)
	return e != nil && e.Status == http.StatusTooManyRequests
}

// mayBeGone says whether err could mean that the object does not exist. The status for an unknown uuid is not documented
// (api.md §6), so anything but a 404 by the application itself needs a second opinion.
func mayBeGone(err error) (maybe, certain bool) {
	e := AsError(err)
	if e == nil || IsUnauthorized(err) {
		return false, false
	}
	switch e.Status {
	case http.StatusNotFound, http.StatusGone:
		return true, e.JSON
	case http.StatusBadRequest, http.StatusForbidden, http.StatusUnprocessableEntity:
		return true, false
	}
	return false, false
}

// IsAmbiguous says whether a create that failed with err may have made its object all the same.
func IsAmbiguous(err error) bool {
	if _, ok := errors.AsType[*AnswerError](err); ok {
		return true
	}
	if t, ok := errors.AsType[*TransportError](err); ok {
		return t.Sent
	}
	e := AsError(err)
	return e != nil && e.Status >= 500
}

// maxFields is how many problems of a 422 are kept.
const maxFields = 100

// parseError reads every body form of api.md §6. words makes the service's words, which may echo the request, fit to be shown.
func parseError(r route, status int, body []byte, words func(string) string) *Error {
	e := &Error{Method: r.method, Path: r.template, Status: status}
	if status == http.StatusConflict {
		e.body = body
	}
	trimmed := strings.TrimSpace(string(body))
	e.JSON = json.Valid(body) && (strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "["))
	switch {
	case status == http.StatusConflict && e.JSON && strings.Contains(trimmed, `"uuid"`):
		e.Message = "there is one already" // the body is that one (api.md §6), and no words
	case e.JSON && trimmed[0] == '{':
		e.fromObject(body, false)
	case e.JSON:
		e.fromList(body)
	case looksLikeHTML(trimmed):
		e.Message = "a web page instead of an answer of the API"
	default:
		e.Message = trimmed
	}
	e.Message = words(e.Message)
	for _, f := range e.Fields {
		for i := range f.Loc {
			f.Loc[i] = words(f.Loc[i])
		}
	}
	for i := range e.Fields {
		e.Fields[i].Msg = words(e.Fields[i].Msg)
	}
	return e
}

// fromObject reads {"error": …}, {"msg": …}, {"message": …} and {"detail": [loc, msg]}, and one such object inside another. A flag
// or a code under those names ({"error": true}) is not words; without any, the whole body is.
func (e *Error) fromObject(body []byte, inner bool) {
	var o map[string]json.RawMessage
	if json.Unmarshal(body, &o) != nil {
		return
	}
	for _, key := range []string{"error", "msg", "message", "detail"} {
		raw := o[key]
		switch {
		case len(raw) == 0:
		case raw[0] == '[':
			e.fromList(raw)
		case raw[0] == '{' && !inner:
			e.fromObject(raw, true)
		case raw[0] == '"' || raw[0] == '{':
			e.Message = unquote(raw)
		}
		if e.Message != "" {
			e.msg = key == "msg" && !inner
			return
		}
	}
	if len(o) > 0 {
		e.Message = string(body)
	}
}

// fromList reads the list of a body validation ({"loc", "msg"}) or of a bulk call ({"uuid", "error"}).
func (e *Error) fromList(body []byte) {
	var items []struct {
		Loc   []any  `json:"loc"`
		Msg   string `json:"msg"`
		UUID  string `json:"uuid"`
		Error string `json:"error"`
	}
	if json.Unmarshal(body, &items) != nil {
		e.Message = string(body)
		return
	}
	var words []string
	for _, item := range items {
		switch {
		case len(item.Loc) > 0 && len(e.Fields) == maxFields:
		case len(item.Loc) > 0:
			loc := locNames(item.Loc)
			e.Fields = append(e.Fields, FieldError{Loc: loc, Msg: item.Msg})
			words = append(words, strings.Join(loc, ".")+": "+item.Msg)
		case item.UUID != "":
			words = append(words, item.UUID+": "+item.Error)
		case item.Msg != "" || item.Error != "":
			words = append(words, item.Msg+item.Error)
		}
	}
	if e.Message = strings.Join(words, "; "); e.Message == "" && len(items) > 0 {
		e.Message = string(body)
	}
}

// locNames turns a loc such as ["body", "rate_limit", 0] into names; the "body" that some versions put first is dropped.
func locNames(loc []any) []string {
	var names []string
	for i, l := range loc {
		if i == 0 && l == "body" && len(loc) > 1 {
			continue
		}
		names = append(names, fmt.Sprint(l))
	}
	return names
}

// looksLikeHTML says whether a body is a web page, whatever its content type claims.
func looksLikeHTML(body string) bool {
	return strings.HasPrefix(body, "<")
}
