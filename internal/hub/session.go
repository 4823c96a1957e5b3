package hub

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"time"
)

// timestampForm is the form of times in queries (api.md §2).
const timestampForm = "2006-01-02T15:04:05.000Z"

// Session is one conversation with a chatbot (api.md §3).
type Session struct {
	Object
	// InitialVariables are the variables that the session was opened with; nil where a deployment does not answer them.
	InitialVariables variables `json:"initial_variables"`
}

// variables reads an object of single values, each as text. Anything else is as if there was nothing.
type variables map[string]string

// UnmarshalJSON implements json.Unmarshaler.
func (v *variables) UnmarshalJSON(raw []byte) error {
	var o map[string]*Text
	if err := json.Unmarshal(raw, &o); err == nil && o != nil {
		*v = make(variables, len(o))
	}
	for name, value := range o {
		if value != nil {
			(*v)[name] = string(*value)
		}
	}
	return nil
}

// sessions is the collection of a chatbot's sessions.
func (c *Client) sessions(chatbot ID) *collection[Session] {
	return collectionOf[Session](c, get("/chatbot/{uuid}/sessions", chatbot))
}

// opened is one session.
func (c *Client) opened(id ID) *collection[Session] {
	return oneOf[Session](c, get("/session/{uuid}", id), id)
}

// Sessions lists a chatbot's sessions that were created from after to before, both included; zero means no bound. Older deployments
// ignore the bounds, so they are applied here again. The list is in no promised order.
func (c *Client) Sessions(ctx context.Context, chatbot ID, after, before time.Time) ([]Session, error) {
	if after.IsZero() && before.IsZero() {
		return children(ctx, c, chatbot, c.sessions(chatbot))
	}
	query := url.Values{}
	if !after.IsZero() {
		query.Set("start_timestamp", after.UTC().Format(timestampForm)) // which rounds down
	}
	if !before.IsZero() {
		query.Set("end_timestamp", before.UTC().Add(time.Millisecond-1).Format(timestampForm))
	}
	found, err := call[list[Session]](ctx, c, get("/chatbot/{uuid}/sessions", chatbot).with(query), nil)
	if err != nil {
		return nil, c.parentOr(ctx, chatbot, err)
	}
	return slices.DeleteFunc(found, func(s Session) bool {
		at, err := time.Parse(time.RFC3339, s.CreatedAt)
		return err == nil && (!after.IsZero() && at.Before(after) || !before.IsZero() && at.After(before))
	}), nil
}

// Session fetches one session. chatbot is the one it belongs to, or "" where that is not known: no answer names it. IsGone tells
// whether an error means that the session no longer exists.
func (c *Client) Session(ctx context.Context, chatbot, id ID) (Session, error) {
	s, err := c.opened(id).list(ctx)
	if err != nil {
		return Session{}, c.sessionOr(ctx, chatbot, id, err)
	}
	return s.items[0], nil
}

// CreateSession opens a session. variables may be empty. A chatbot that is gone is a GoneError.
func (c *Client) CreateSession(ctx context.Context, chatbot ID, variables map[string]string) (Session, error) {
	var in any // no body where there is nothing to say
	if len(variables) > 0 {
		in = map[string]any{"initial_variables": variables}
	}
	col := c.sessions(chatbot)
	b := birthIn(col, in, func(s Session) bool { return openedWith(variables, s.InitialVariables) }, func() (Session, error) {
		return write(col, func() (Session, error) {
			return call[Session](ctx, c, create("/chatbot/{uuid}/session/create", chatbot), in)
		}, nil)
	})
	b.sure = func(ctx context.Context, s Session) (bool, error) { // visitors open sessions too, and talk
		messages, err := c.Messages(ctx, s.ID)
		return len(messages) == 0, err
	}
	s, err := bear(ctx, c, b)
	if err != nil {
		return s, c.parentOr(ctx, chatbot, err)
	}
	c.talk(s.ID).known = true // it has no message yet
	return s, nil
}

// openedWith says whether a session can have been opened with these variables. Not every deployment shows them, and some add their own.
func openedWith(sent, shown map[string]string) bool {
	for name, value := range sent {
		if shown != nil && !SameText(value, shown[name]) {
			return false
		}
	}
	return len(sent) > 0 || len(shown) == 0
}

// DeleteSession deletes a session with its messages. chatbot is as in Session. One that is gone already is a success.
func (c *Client) DeleteSession(ctx context.Context, chatbot, id ID) error {
	remove := func() (success, error) {
		return writeSession(c, id, func() (success, error) {
			return call[success](ctx, c, update("/session/{uuid}/delete", id), nil)
		})
	}
	var err error
	if chatbot == "" {
		_, err = remove()
	} else {
		_, err = write(c.sessions(chatbot), remove, nil)
	}
	return deleted(err, func() error { _, err := c.Session(ctx, chatbot, id); return err })
}

// writeSession does a write that both a session and its messages show.
func writeSession[Out any](c *Client, id ID, send func() (Out, error)) (Out, error) {
	return write(c.opened(id), func() (Out, error) { return write(c.messages(id), send, nil) }, nil)
}

// sessionOr gives a GoneError when err, from a request for a session or its messages, means that the session is gone, and err otherwise.
// A refusal that only could mean that is confirmed: by the chatbot's sessions, or where the chatbot is not known, by a list that works
// with the same key (api.md §6).
func (c *Client) sessionOr(ctx context.Context, chatbot, id ID, err error) error {
	gone := &GoneError{What: "session " + string(id)}
	maybe, certain := mayBeGone(err)
	switch {
	case certain:
		return gone
	case !maybe:
		return err
	case chatbot == "":
		col := c.chatbots()
		if _, listErr := col.begunSince(ctx, col.generation(), col.begun()); listErr != nil {
			return listErr
		}
		return gone
	}
	col := c.sessions(chatbot)
	list, listErr := col.begunSince(ctx, col.generation(), col.begun())
	if listErr != nil {
		return c.parentOr(ctx, chatbot, listErr)
	}
	if _, found := list.get(id); found {
		return err
	}
	return gone
}
