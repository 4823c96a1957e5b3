package hub

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// timestampForm is the form of times in queries (api.md §2).
const timestampForm = "2006-01-02T15:04:05.000Z"

// Session is one conversation with a chatbot (api.md §3).
type Session struct {
	Object
	// InitialVariables are the variables that the session was opened with; nil where a deployment does not answer them.
	InitialVariables variables       `json:"initial_variables"`
	IPAddress        Text            `json:"ip_address"` // of the visitor; empty where a deployment does not answer it
	Meta             json.RawMessage `json:"meta"`       // see User
}

// User returns the signed-in visitor (meta.user) as JSON with sorted keys, or "". Its form is not documented (api.md §3). The rest of meta is
// not read: auth_data can contain a credential.
func (s *Session) User() string {
	meta := decodeAny(s.Meta)
	if text, ok := meta.(string); ok {
		meta = decodeAny([]byte(text))
	}
	object, _ := meta.(map[string]any)
	return encodeSorted(object["user"])
}

// variables decodes an object of single values, each as text. An empty list means the same as a missing key.
type variables map[string]string

// UnmarshalJSON implements json.Unmarshaler.
func (v *variables) UnmarshalJSON(raw []byte) error {
	var o map[string]*Text
	if !isEmptyList(raw) && json.Unmarshal(raw, &o) != nil {
		return errors.New("initial_variables are not a JSON object") // the cause could contain a value
	}
	if o != nil {
		*v = make(variables, len(o))
	}
	for name, value := range o {
		if value != nil {
			(*v)[name] = string(*value)
		}
	}
	return nil
}

// Sessions lists a chatbot's sessions that were created from after to before, both included; zero means no bound. Older deployments
// ignore the bounds, so they are applied here again. The list is in no guaranteed order.
func (c *Client) Sessions(ctx context.Context, chatbot ID, after, before time.Time) ([]Session, error) {
	if after.IsZero() && before.IsZero() {
		return listIn(ctx, c, chatbot, c.sessions(chatbot))
	}
	query := url.Values{}
	if !after.IsZero() {
		query.Set("start_timestamp", after.UTC().Format(timestampForm)) // rounded down
	}
	if !before.IsZero() {
		query.Set("end_timestamp", before.UTC().Add(time.Millisecond-1).Format(timestampForm))
	}
	found, err := rest.Call[consistency.List[Session]](ctx, c.rest, rest.Get("/chatbot/{uuid}/sessions", chatbot).WithQuery(query), nil)
	if err != nil {
		return nil, c.chatbotGone(ctx, chatbot, err)
	}
	return slices.DeleteFunc(found, func(s Session) bool {
		at, err := time.Parse(time.RFC3339, s.CreatedAt)
		return err == nil && (!after.IsZero() && at.Before(after) || !before.IsZero() && at.After(before))
	}), nil
}

// Session reads one session. chatbot is the one it belongs to, or "" if that is not known: no answer contains it. If the session does not
// exist, IsGone of the error is true.
func (c *Client) Session(ctx context.Context, chatbot, id ID) (Session, error) {
	s, err := c.session(id).List(ctx)
	if err != nil {
		return Session{}, c.sessionGone(ctx, chatbot, id, err)
	}
	return s.Items[0], nil
}

// CreateSession opens a session. variables may be empty. If the chatbot does not exist, the error is a GoneError.
func (c *Client) CreateSession(ctx context.Context, chatbot ID, variables map[string]string) (Session, error) {
	var body any // no body without variables
	if len(variables) > 0 {
		body = map[string]any{"initial_variables": variables}
	}
	col := c.sessions(chatbot)
	s, err := consistency.CreateIn(ctx, col, consistency.Create[Session]{
		Body:    body,
		Matches: func(s Session) bool { return openedWith(variables, s.InitialVariables) },
		Confirm: c.hasNoMessages, // visitors open sessions too, and send messages
		Send: func() (Session, error) {
			return consistency.Write(func() (Session, error) {
				return rest.Call[Session](ctx, c.rest, rest.Create("/chatbot/{uuid}/session/create", chatbot), body)
			}, col)
		},
	})
	if err != nil {
		return s, c.chatbotGone(ctx, chatbot, err)
	}
	c.conversation(s.ID).listed = true // it has no message yet
	return s, nil
}

// hasNoMessages reports whether a session has no messages.
func (c *Client) hasNoMessages(ctx context.Context, s Session) (bool, error) {
	messages, err := c.Messages(ctx, s.ID)
	return len(messages) == 0, err
}

// openedWith reports whether a session can have been opened with these variables. Not every deployment shows them, and some add others.
func openedWith(sent, shown map[string]string) bool {
	for name, value := range sent {
		if shown != nil && !SameText(value, shown[name]) {
			return false
		}
	}
	return len(sent) > 0 || len(shown) == 0
}

// DeleteSession deletes a session with its messages. chatbot is as in Session. If it does not exist, that is a success.
func (c *Client) DeleteSession(ctx context.Context, chatbot, id ID) error {
	changed := []consistency.Writable{c.session(id), c.messages(id)}
	if chatbot != "" {
		changed = append(changed, c.sessions(chatbot))
	}
	_, err := consistency.Write(func() (empty, error) {
		return rest.Call[empty](ctx, c.rest, rest.Update("/session/{uuid}/delete", id), nil)
	}, changed...)
	return consistency.Deleted(err, func() error { _, err := c.Session(ctx, chatbot, id); return err })
}

// sessionGone returns a GoneError if err, from a request for a session or its messages, means that the session does not exist, and err
// otherwise. An error that only could mean that is confirmed by the chatbot's sessions, or if the chatbot is not known, by a list that
// succeeds with the same API key (api.md §6). That list does not have the session, so it is no confirmation after a web page.
func (c *Client) sessionGone(ctx context.Context, chatbot, id ID, err error) error {
	gone := &GoneError{What: "session " + string(id)}
	maybe, certain := consistency.MayBeGone(err)
	switch {
	case certain:
		return gone
	case !maybe:
		return err
	case chatbot == "" && AsError(err).HTML:
		return err
	case chatbot == "":
		if _, listErr := c.chatbots().Fresh(ctx); listErr != nil {
			return listErr
		}
		return gone
	}
	sessions, listErr := c.sessions(chatbot).Fresh(ctx)
	if listErr != nil {
		return c.chatbotGone(ctx, chatbot, listErr)
	}
	if _, found := sessions.Get(id); found {
		return err
	}
	return gone
}

// session returns the collection of one session.
func (c *Client) session(id ID) *consistency.Collection[Session] {
	return consistency.Single[Session](c.shared, rest.Get("/session/{uuid}", id), id)
}

// sessions returns the collection of a chatbot's sessions.
func (c *Client) sessions(chatbot ID) *consistency.Collection[Session] {
	return consistency.CollectionOf[Session](c.shared, rest.Get("/chatbot/{uuid}/sessions", chatbot))
}
