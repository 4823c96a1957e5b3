package hub

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// lastWord and lastLook are what a create gets when its caller leaves (Ctrl-C): to be answered, and to be found in a list.
const (
	lastWord = 7 * time.Second
	lastLook = 3 * time.Second
)

// birth is a create: how it is sent, and how its object is found among others when the answer is lost (goals.md R2).
type birth[T AnyObject] struct {
	path string                             // of the list that shows what was made
	sent any                                // the body, or what stands for it
	send func() (T, error)                  // sends it
	list func(context.Context) ([]T, error) // a list begun now
	seen func(ID) bool                      // was in a list from before, as far as one is on hand
	fits func(T) bool                       // shows nothing else than what was sent
	// sure, if not nil, looks closer at an object that fits.
	sure func(context.Context, T) (bool, error)

	body  string           // sent as text: creates with the same one are interchangeable
	since func() time.Time // what is older is not what was made; see serviceClock.from
}

// LostError says that the answer to a create was lost, and that the lists were looked at and do not settle it.
type LostError struct {
	// Candidates are the new objects that it may have made. There are none when the lists have nothing like it although it was sent twice.
	Candidates []ID
	Err        error // of the create
}

// Error implements error.
func (e *LostError) Error() string {
	if len(e.Candidates) == 0 {
		return fmt.Sprintf("%s. It was sent twice, and the service lists nothing that it made", e.Err)
	}
	ids := make([]string, len(e.Candidates))
	for i, id := range e.Candidates {
		ids[i] = string(id)
	}
	return fmt.Sprintf("%s. Whether it made something cannot be told: what is new and like it is %s", e.Err, strings.Join(ids, ", "))
}

// Unwrap gives the error of the create.
func (e *LostError) Unwrap() error { return e.Err }

// bear does a create. When its answer is lost, lists begun after that decide: a new object that can only be its own is; when there is none
// after the settle time, the create is sent once more. When that does not settle it, the error is a *LostError. It is the error of the
// create alone when no list could be had, and when the caller has left.
func bear[T AnyObject](ctx context.Context, c *Client, b *birth[T]) (T, error) {
	body, err := json.Marshal(b.sent)
	if err != nil {
		var none T
		return none, err
	}
	b.body, b.since = string(body), c.clock.from(time.Now())
	siblings := nurseryOf[T](c, b.path)
	for again := false; ; again = true {
		object, err := siblings.try(b)
		if !IsAmbiguous(err) {
			return object, err
		}
		own, several, looked := b.settle(ctx, c, siblings)
		switch {
		case own.object().ID != "":
			return own, nil
		case len(several) > 0:
			return own, &LostError{Candidates: several, Err: err}
		case !looked || ctx.Err() != nil:
			return own, err
		case again:
			return own, &LostError{Err: err}
		}
	}
}

// settle looks for what a lost create made until it is there, or has had the time to show. several are objects that it may be. looked is
// false when no list could be had.
func (b *birth[T]) settle(ctx context.Context, c *Client, siblings *nursery[T]) (own T, several []ID, looked bool) {
	end := time.Now().Add(c.settle)
	for step := c.settle / 10; ; step = min(2*step, c.settle) {
		left, late := ctx.Err() != nil, !time.Now().Before(end)
		like, err := b.like(ctx, siblings)
		switch {
		case err != nil && (left || !time.Now().Before(end)):
			return own, nil, false
		case err == nil:
			var decided bool
			own, several, decided = siblings.choose(b, like)
			if own.object().ID != "" || left || decided && (late || len(several) > 0) {
				return own, several, true
			}
		}
		if rest := time.Until(end); rest > 0 {
			step = min(step, rest)
		}
		_ = sleep(ctx, step) // that the caller has left is seen above
	}
}

// like are the objects that the create may have made, oldest first.
func (b *birth[T]) like(ctx context.Context, siblings *nursery[T]) ([]T, error) {
	ctx, cancel := lasting(ctx)
	defer cancel()
	objects, err := b.list(ctx)
	if err != nil {
		return nil, err
	}
	var like []T
	for _, o := range objects {
		if old, _ := b.age(o); old || b.seen(o.object().ID) || !b.fits(o) || siblings.belongs(o.object().ID) {
			continue
		}
		if b.sure != nil {
			sure, err := b.sure(ctx, o)
			if err != nil {
				return nil, err
			}
			if !sure {
				continue
			}
		}
		like = append(like, o)
	}
	return OldestFirst(like), nil
}

// age says whether an object is older than the create, as far as that is known: the service's answers may have no Date, and created_at
// another form.
func (b *birth[T]) age(o T) (old, known bool) {
	since := b.since()
	at, err := time.Parse(time.RFC3339, o.object().CreatedAt)
	known = err == nil && !since.IsZero()
	return known && at.Before(since), known
}

// lasting is ctx or, when its caller has left, a short time to find out what became of a create: its object would belong to nobody.
func lasting(ctx context.Context) (context.Context, context.CancelFunc) {
	if ctx.Err() == nil {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(context.WithoutCancel(ctx), lastLook)
}

// birthIn is a birth whose object a collection lists.
func birthIn[T AnyObject](col *collection[T], sent any, fits func(T) bool, send func() (T, error)) *birth[T] {
	before := col.onHand()
	return &birth[T]{
		path: col.path, sent: sent, fits: fits, send: send,
		seen: func(id ID) bool { _, was := before.get(id); return was },
		list: func(ctx context.Context) ([]T, error) {
			s, err := col.begunSince(ctx, col.generation(), col.begun())
			if err != nil {
				return nil, err
			}
			return s.items, nil
		},
	}
}

// same says whether an answer shows what was sent. What was not sent, or is not shown, cannot differ.
func same[T comparable](sent, shown *T) bool { return sent == nil || shown == nil || *sent == *shown }

// sameText is same for texts that the service may trim.
func sameText(sent, shown *string) bool {
	return sent == nil || shown == nil || SameText(*sent, *shown)
}
