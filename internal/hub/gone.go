package hub

import (
	"context"
	"errors"
	"fmt"
)

// GoneError says that an object no longer exists, confirmed as api.md §6 asks for.
type GoneError struct{ What string }

// Error implements error.
func (e *GoneError) Error() string { return e.What + " does not exist (any more)" }

// IsGone says whether err means that the object no longer exists. It is true only after confirmation; a service in trouble, a list
// that is not whole or a refused key never make it true.
func IsGone(err error) bool {
	var gone *GoneError
	return errors.As(err, &gone)
}

// collectionOf gives the client's one collection behind a route that lists.
func collectionOf[T AnyObject](c *Client, r route) *collection[T] {
	return collectionFor(c, r, func(ctx context.Context, r route) ([]T, error) { return call[list[T]](ctx, c, r, nil) })
}

// collectionFor is collectionOf for a route that needs a fetch of its own.
func collectionFor[T AnyObject](c *Client, r route, fetch func(context.Context, route) ([]T, error)) *collection[T] {
	path, err := r.path()
	if err != nil { // an id that is none: every fetch says so, and nothing is shared
		return &collection[T]{fetch: func(context.Context) ([]T, error) { return nil, err }}
	}
	return shared(c, &c.collections, path, &collection[T]{path: path, fetch: func(ctx context.Context) ([]T, error) { return fetch(ctx, r) }})
}

// oneOf is an object that has a page of its own as a collection of one, so that all who ask for it share a request.
func oneOf[T AnyObject](c *Client, r route, id ID) *collection[T] {
	return collectionFor(c, r, func(ctx context.Context, r route) ([]T, error) {
		object, err := call[T](ctx, c, r, nil)
		if err == nil && object.object().ID != id {
			err = &AnswerError{Method: r.method, Path: r.template, Reason: "it is about another object"}
		}
		return []T{object}, err
	})
}

// children lists a chatbot's collection. A chatbot that is gone is a GoneError.
func children[T AnyObject](ctx context.Context, c *Client, chatbot ID, col *collection[T]) ([]T, error) {
	s, err := col.list(ctx)
	if err != nil {
		return nil, c.parentOr(ctx, chatbot, err)
	}
	return s.items, nil
}

// child finds one object of a chatbot's collection. It is gone when two lists lack it and the chatbot is there, and when the
// chatbot is gone.
func child[T AnyObject](ctx context.Context, c *Client, chatbot ID, col *collection[T], id ID) (T, error) {
	object, found, err := current(ctx, c, col, func() (T, bool, error) { return col.find(ctx, id) })
	if err != nil {
		return object, c.parentOr(ctx, chatbot, err)
	}
	if found {
		return object, nil
	}
	return object, c.missing(ctx, chatbot, id)
}

// missing is the error for something that two lists of a chatbot lack: a GoneError, unless the chatbot cannot be looked at.
func (c *Client) missing(ctx context.Context, chatbot, id ID) error {
	if _, err := c.Chatbot(ctx, chatbot); err != nil && !IsGone(err) {
		return err
	}
	return &GoneError{What: string(id)}
}

// parentOr gives a GoneError when err, from a request for something in a chatbot, means that the chatbot is gone, and err otherwise.
// The status for that is not documented, so the list of chatbots decides (api.md §6).
func (c *Client) parentOr(ctx context.Context, chatbot ID, err error) error {
	if maybe, _ := mayBeGone(err); !maybe {
		return err
	}
	return c.goneOr(ctx, chatbot, err)
}

// goneOr gives a GoneError when a list of chatbots begun after err lacks the chatbot, and err when it has it. When that list fails,
// its error is given: nothing is known then.
func (c *Client) goneOr(ctx context.Context, chatbot ID, err error) error {
	col := c.chatbots()
	bots, listErr := col.begunSince(ctx, col.generation(), col.begun())
	if listErr != nil {
		return listErr
	}
	if _, found := bots.get(chatbot); found {
		return err
	}
	return &GoneError{What: fmt.Sprintf("chatbot %s", chatbot)}
}

// deleted turns a delete's refusal into success when find confirms that the object is gone.
func deleted(err error, find func() error) error {
	if maybe, _ := mayBeGone(err); !maybe {
		return err
	}
	switch findErr := find(); {
	case findErr == nil:
		return err // it is there: the refusal stands
	case IsGone(findErr):
		return nil
	default:
		return findErr
	}
}
