package hub

import (
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// Errors of the packages below.
type (
	Error          = rest.Error
	FieldError     = rest.FieldError
	AnswerError    = rest.AnswerError
	TransportError = rest.TransportError
	GoneError      = consistency.GoneError
	LostError      = consistency.LostError
)

// ErrFileChanged is the error for a file that changed while it was uploaded.
var ErrFileChanged = rest.ErrFileChanged

// AsError returns the *Error in the tree of err, or nil.
func AsError(err error) *Error { return rest.AsError(err) }

// IsUnauthorized reports whether the API key was refused.
func IsUnauthorized(err error) bool { return rest.IsUnauthorized(err) }

// IsThrottled reports whether the service asked for fewer requests.
func IsThrottled(err error) bool { return rest.IsThrottled(err) }

// IsAmbiguous reports whether a create that failed with err may have created its object.
func IsAmbiguous(err error) bool { return rest.IsAmbiguous(err) }

// IsGone reports whether err means that the object does not exist; see consistency.IsGone.
func IsGone(err error) bool { return consistency.IsGone(err) }
