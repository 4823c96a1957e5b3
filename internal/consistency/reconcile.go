package consistency

import (
	"context"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// ListGrace is how long a list may take that looks for a created object after the caller's context has ended.
const ListGrace = 3 * time.Second

// pendingCreate is a create in flight, or one whose result is not known.
type pendingCreate[T AnyObject] struct {
	Create[T]
	siblings *pendingCreates[T]
	body     string           // as JSON
	since    func() time.Time // objects that are older are not its own; see rest.Clock.From
}

// reconcile searches lists for the object of a lost create until it is found or Settle has passed. candidates are objects that may be
// its own. listed is false if no list succeeded.
func (p *pendingCreate[T]) reconcile(ctx context.Context, settle time.Duration) (own T, candidates []ID, listed bool) {
	end := time.Now().Add(settle)
	for step := settle / 10; ; step = min(2*step, settle) {
		left, late := ctx.Err() != nil, !time.Now().Before(end)
		matches, err := p.matches(ctx)
		switch {
		case err != nil && (left || !time.Now().Before(end)):
			return own, nil, false
		case err == nil:
			var decided bool
			own, candidates, decided = p.siblings.assign(p, matches)
			if own.object().ID != "" || left || decided && (late || len(candidates) > 0) {
				return own, candidates, true
			}
		}
		if left := time.Until(end); left > 0 {
			step = min(step, left)
		}
		_ = rest.Sleep(ctx, step) // the end of ctx is noticed above
	}
}

// matches returns the objects that may be its own, oldest first.
func (p *pendingCreate[T]) matches(ctx context.Context) ([]T, error) {
	ctx, cancel := withListGrace(ctx)
	defer cancel()
	objects, err := p.List(ctx)
	if err != nil {
		return nil, err
	}
	var matches []T
	for _, o := range objects {
		id := o.object().ID
		if before, _ := o.object().CreatedBefore(p.since()); before || p.Known(id) || !p.Matches(o) || p.siblings.isAssigned(id) {
			continue
		}
		if p.Confirm != nil {
			ok, err := p.Confirm(ctx, o)
			if err != nil {
				return nil, err
			}
			if !ok {
				continue
			}
		}
		matches = append(matches, o)
	}
	return OldestFirst(matches), nil
}

// withListGrace returns ctx or, if it has ended, a context of ListGrace: without a last list, the object would not be in any state.
func withListGrace(ctx context.Context) (context.Context, context.CancelFunc) {
	if ctx.Err() == nil {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(context.WithoutCancel(ctx), ListGrace)
}
