package rest

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Error is an answer that refuses the request. It contains the message of the service (api.md §6).
type Error struct {
	Method string // of the request
	Path   string // template, without ids
	Status int    // HTTP status; 200 if the body of a success contains a refusal
	// Message is the message of the service, sanitized; empty if there is none.
	Message string
	// Fields are the problems of a 422 that name a field of the body.
	Fields []FieldError
	// JSON reports whether the body is JSON, which means that the application answered and not a proxy.
	JSON bool
	// HTML reports whether the body is a web page, which the API never answers (api.md §6).
	HTML bool
	// RetryAfter is how long the service asked to wait; 0 if it did not.
	RetryAfter time.Duration
	// Body is the body of a 409, which contains the existing object; nil for any other status.
	Body []byte
	// msg reports whether the message is of the form {"msg": …}, in which API keys are refused.
	msg bool
}

// FieldError is one entry of a 422: which field of the body, by name and index, and what is wrong with it.
type FieldError struct {
	Loc []string // e.g. ["rate_limit", "0"]
	Msg string
}

// Error implements error.
func (e *Error) Error() string {
	message := e.Message
	if message == "" {
		message = "no explanation"
	}
	if IsBlocked(e) {
		return fmt.Sprintf("%s %s: bot protection or a proxy in front of the service answered %d %s: %s", e.Method, e.Path, e.Status, http.StatusText(e.Status), message)
	}
	return fmt.Sprintf("%s %s: the service answered %s: %s", e.Method, e.Path, statusText(e.Status), message)
}

// statusText returns a status with its name, if it has one.
func statusText(status int) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", status, http.StatusText(status)))
}

// AnswerError is a successful answer that cannot be used: a web page, invalid or incomplete JSON, or too large. After a create it is
// unknown whether the service created the object.
type AnswerError struct {
	Method string
	Path   string // template, without ids
	// HTML reports whether the answer is a web page, as from a wrong base URL (api.md §1).
	HTML   bool
	Reason string
}

// Error implements error.
func (e *AnswerError) Error() string {
	return fmt.Sprintf("%s %s: the answer cannot be used: %s", e.Method, e.Path, e.Reason)
}

// TransportError is the error for a request without a complete answer, or with a redirect that is not followed.
type TransportError struct {
	Method string
	Path   string // template, without ids
	// Sent reports whether the service may have processed the latest attempt. After a create it is then unknown whether the object exists.
	Sent bool
	// Received is the part of a text answer that was received before it broke off.
	Received string
	Err      error
}

// Error implements error.
func (e *TransportError) Error() string {
	if IsRedirect(e.Err) || errors.Is(e.Err, errBrokeOff) {
		return fmt.Sprintf("%s %s: %s", e.Method, e.Path, e.Err)
	}
	return fmt.Sprintf("%s %s: no answer: %s", e.Method, e.Path, e.Err)
}

// Unwrap returns the cause, such as context.Canceled or a net.Error.
func (e *TransportError) Unwrap() error { return e.Err }

// IsUnauthorized reports whether the API key was refused: 401, or the form of 422 that answers a malformed key (api.md §6).
func IsUnauthorized(err error) bool {
	e := AsError(err)
	return e != nil && (e.Status == http.StatusUnauthorized || e.Status == http.StatusUnprocessableEntity && e.msg)
}

// IsThrottled reports whether the service asked for fewer requests.
func IsThrottled(err error) bool {
	e := AsError(err)
	return e != nil && e.Status == http.StatusTooManyRequests
}

// IsBlocked reports whether bot protection or a proxy in front of the service answered: 403 or 503 with a web page (api.md §6).
func IsBlocked(err error) bool {
	e := AsError(err)
	return e != nil && e.HTML && (e.Status == http.StatusForbidden || e.Status == http.StatusServiceUnavailable)
}

// IsAmbiguous reports whether a create that failed with err may have created its object.
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

// IsRedirect reports whether the request was answered with a redirect that is not followed.
func IsRedirect(err error) bool { return errors.Is(err, errRedirect) }

// AsError returns the *Error in the tree of err, or nil.
func AsError(err error) *Error {
	e, _ := errors.AsType[*Error](err)
	return e
}
