package consistency

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// TestMayBeGone: which errors can mean that an object does not exist, and which are certain.
func TestMayBeGone(t *testing.T) {
	t.Parallel()
	_, badKey := rest.Call[any](t.Context(), offline(t, func(*http.Request) (*http.Response, error) {
		return resttest.Reply(http.StatusUnprocessableEntity, `{"msg":"Not enough segments"}`), nil
	}).REST, rest.Get("/chatbots"), nil)
	for _, tc := range []struct {
		err            error
		maybe, certain bool
	}{
		{err: nil},
		{err: errors.New("x")},
		{err: &rest.Error{Status: 400}, maybe: true},
		{err: &rest.Error{Status: 401, JSON: true}},
		{err: &rest.Error{Status: 403}, maybe: true},
		{err: &rest.Error{Status: 404}, maybe: true},
		{err: &rest.Error{Status: 404, JSON: true}, maybe: true, certain: true},
		{err: &rest.Error{Status: 410, JSON: true}, maybe: true, certain: true},
		{err: &rest.Error{Status: 422, JSON: true}, maybe: true},
		{err: badKey},
		{err: &rest.Error{Status: 429}},
		{err: &rest.Error{Status: 500}},
		{err: &rest.Error{Status: 504}},
		{err: &rest.Error{Status: 200}},
		{err: &rest.AnswerError{}},
		{err: &rest.TransportError{Err: errors.New("x")}},
		{err: &rest.TransportError{Sent: true, Err: errors.New("x")}},
	} {
		for _, err := range []error{tc.err, fmt.Errorf("wrapped: %w", tc.err)} {
			if tc.err == nil {
				err = nil
			}
			if maybe, certain := MayBeGone(err); maybe != tc.maybe || certain != tc.certain {
				t.Errorf("%#v: %v %v", err, maybe, certain)
			}
		}
	}
	if !rest.IsUnauthorized(badKey) {
		t.Error(badKey)
	}
}
