package hub

import (
	"errors"
	"net/http"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// Error is an answer that refuses the request; see rest.Error.
type Error = rest.Error

// FieldError is a problem of one field of the body; see rest.FieldError.
type FieldError = rest.FieldError

// AnswerError is a successful answer that cannot be used; see rest.AnswerError.
type AnswerError = rest.AnswerError

// TransportError is the error for a request without a complete answer; see rest.TransportError.
type TransportError = rest.TransportError

// GoneError is the error for an object that does not exist; see consistency.GoneError.
type GoneError = consistency.GoneError

// ProxyError is the error for a proxy that refuses to connect; see rest.ProxyError.
type ProxyError = rest.ProxyError

// LostError is the error for a create whose answer was lost; see consistency.LostError.
type LostError = consistency.LostError

// ErrFileChanged is the error for a file that changed while it was uploaded.
var ErrFileChanged = rest.ErrFileChanged

// AsError returns the *Error in the tree of err, or nil.
func AsError(err error) *Error { return rest.AsError(err) }

// IsUnauthorized reports whether the API key was refused.
func IsUnauthorized(err error) bool { return rest.IsUnauthorized(err) }

// IsThrottled reports whether the service asked for fewer requests.
func IsThrottled(err error) bool { return rest.IsThrottled(err) }

// IsBlocked reports whether bot protection or a proxy in front of the service answered; see rest.IsBlocked.
func IsBlocked(err error) bool { return rest.IsBlocked(err) }

// IsRedirect reports whether the request was answered with a redirect that is not followed.
func IsRedirect(err error) bool { return rest.IsRedirect(err) }

// IsNotOffered reports whether err can mean that the deployment does not have the request: 404, 405 or a web page.
func IsNotOffered(err error) bool {
	page, _ := errors.AsType[*AnswerError](err)
	refusal := AsError(err)
	return page != nil && page.HTML || refusal != nil && (refusal.Status == http.StatusNotFound || refusal.Status == http.StatusMethodNotAllowed)
}

// IsAmbiguous reports whether a create that failed with err may have created its object.
func IsAmbiguous(err error) bool { return rest.IsAmbiguous(err) }

// IsGone reports whether err means that the object does not exist; see consistency.IsGone.
func IsGone(err error) bool { return consistency.IsGone(err) }
