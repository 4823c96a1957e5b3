package consistency

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// Create is how an object is created, and how it is recognized in a list if the answer to the create is lost (goals.md R2).
type Create[T AnyObject] struct {
	Body any               // of the request, or what stands for it: creates with the same JSON are interchangeable
	Send func() (T, error) // sends the request
	// Matches reports whether an object could be the one that was created: it shows nothing else than what was sent.
	Matches func(T) bool
	// Confirm, if not nil, is asked about an object that matches.
	Confirm func(context.Context, T) (bool, error)

	// Path identifies the list, List sends it, and Known reports whether an object was in a list from before the create.
	Path  string
	List  func(context.Context) ([]T, error)
	Known func(ID) bool
}

// LostError is the error for a create whose answer was lost and that the lists could not resolve.
type LostError struct {
	// Candidates are the new objects of which one may be the created one. It is empty if no list had such an object although the create
	// was sent twice, or Once.
	Candidates []ID
	Once       bool  // the create was not sent again, because its answer was a redirect
	Err        error // of the create
}

// Error implements error.
func (e *LostError) Error() string {
	if len(e.Candidates) == 0 && e.Once {
		return fmt.Sprintf("%s. The service lists no object that the create created", e.Err)
	}
	if len(e.Candidates) == 0 {
		return fmt.Sprintf("%s. The create was sent twice, and the service lists no object that it created", e.Err)
	}
	ids := make([]string, len(e.Candidates))
	for i, id := range e.Candidates {
		ids[i] = string(id)
	}
	return fmt.Sprintf("%s. It is not known whether the object was created; new objects that match it: %s", e.Err, strings.Join(ids, ", "))
}

// Unwrap returns the error of the create.
func (e *LostError) Unwrap() error { return e.Err }

// CreateIn creates an object that is listed in a collection. It sets Path, List and Known of create and calls CreateObject.
func CreateIn[T AnyObject](ctx context.Context, c *Collection[T], create Create[T]) (T, error) {
	before := c.Latest()
	create.Path = c.path
	create.Known = func(id ID) bool { _, found := before.Get(id); return found }
	create.List = func(ctx context.Context) ([]T, error) {
		s, err := c.Fresh(ctx)
		if err != nil {
			return nil, err
		}
		return s.Items, nil
	}
	return CreateObject(ctx, c.client, create)
}

// CreateObject sends a create. If its answer is lost, lists that begin afterwards are searched for a new object that can only be its own.
// If there is none within Options.Settle, the create is sent once more, unless its answer was a redirect, which it would have again. If that does
// not resolve it, the error is a *LostError. It is the error of the create itself if no list succeeded, or if ctx has ended.
func CreateObject[T AnyObject](ctx context.Context, c *Client, create Create[T]) (T, error) {
	var none T
	body, err := json.Marshal(create.Body)
	if err != nil {
		return none, err
	}
	siblings := pendingCreatesOf[T](c, create.Path)
	p := &pendingCreate[T]{Create: create, siblings: siblings, body: string(body), since: c.REST.Clock.From(time.Now())}
	for again := false; ; again = true {
		object, err := siblings.send(p)
		if !rest.IsAmbiguous(err) {
			return object, err
		}
		own, candidates, listed := p.reconcile(ctx, c.Options.Settle)
		switch {
		case own.object().ID != "":
			return own, nil
		case len(candidates) > 0:
			return none, &LostError{Candidates: candidates, Err: err}
		case !listed || ctx.Err() != nil:
			return none, err
		case again || rest.IsRedirect(err):
			return none, &LostError{Err: err, Once: !again}
		}
	}
}
