package consistency

import (
	"errors"
	"net/http"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// GoneError is the error for an object that does not exist, confirmed as api.md §6 requires.
type GoneError struct{ What string }

// Error implements error.
func (e *GoneError) Error() string { return e.What + " does not exist" }

// IsGone reports whether err means that the object does not exist. It is true only after confirmation: a failing service, an incomplete
// list or a refused API key never make it true.
func IsGone(err error) bool {
	var gone *GoneError
	return errors.As(err, &gone)
}

// MayBeGone reports whether err could mean that the object does not exist. The status for an unknown id is not documented (api.md §6), so
// only a 404 or 410 of the application itself is certain, and anything else must be confirmed.
func MayBeGone(err error) (maybe, certain bool) {
	e := rest.AsError(err)
	if e == nil || rest.IsUnauthorized(err) {
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

// Deleted returns the error of a delete, or nil if find confirms that the object does not exist.
func Deleted(err error, find func() error) error {
	if maybe, _ := MayBeGone(err); !maybe {
		return err
	}
	switch findErr := find(); {
	case findErr == nil:
		return err // the object exists and the service refuses to delete it
	case IsGone(findErr):
		return nil
	default:
		return findErr
	}
}
