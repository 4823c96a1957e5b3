package hub

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// FinishLength is the finish_reason of an answer that the service cut short (api.md §3).
const FinishLength = "length"

// Message is one question and its answer (api.md §3). What an answer of the service lacks is nil.
type Message struct {
	Object
	Query        string  `json:"query"`
	Response     *string `json:"response"`
	FinishReason *string `json:"finish_reason"`  // "stop" or FinishLength; nil or empty while there is no whole answer
	ErrorMessage *Text   `json:"error_message"`  // of the service's own failure
	CiteDataJSON Text    `json:"cite_data_json"` // JSON in a string; an object where a deployment answers one
}

// Citation is one place that an answer quotes.
type Citation struct {
	Key      string `json:"-"`                // by which the answer's text refers to it, such as "3.4"
	SourceID Text   `json:"data_source_uuid"` // of a source that may be gone by now
	Title    Text   `json:"title"`
	Text     Text   `json:"text"`
	FileName Text   `json:"file_name"`
	Type     Text   `json:"type"`
}

// Citations decodes cite_data_json, in the order of the keys. Text that is no JSON object is as if there was none: it is the service's
// own and open.
func (m *Message) Citations() []Citation {
	var cited map[string]*Citation
	if json.Unmarshal([]byte(m.CiteDataJSON), &cited) != nil {
		return nil
	}
	out := make([]Citation, 0, len(cited))
	for key, c := range cited {
		if c != nil {
			c.Key = key
			out = append(out, *c)
		}
	}
	slices.SortFunc(out, func(a, b Citation) int { return compareKeys(a.Key, b.Key) })
	return out
}

// compareKeys orders "3.4" before "3.10".
func compareKeys(a, b string) int {
	return cmp.Or(slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), func(a, b string) int {
		m, errA := strconv.ParseUint(a, 10, 64)
		n, errB := strconv.ParseUint(b, 10, 64)
		if errA != nil || errB != nil {
			return cmp.Compare(a, b)
		}
		return cmp.Compare(m, n)
	}), cmp.Compare(a, b))
}

// said is the text of an answer of which there may be none.
func said[T ~string](text *T) string {
	if text == nil {
		return ""
	}
	return string(*text)
}

// failure is the service's own word for why there is no proper answer, fit to be shown; empty when it has none.
func (m *Message) failure() string { return strings.TrimSpace(said(m.ErrorMessage)) }

// messages is the collection of a session's messages.
func (c *Client) messages(session ID) *collection[Message] {
	return collectionOf[Message](c, get("/session/{uuid}/messages", session))
}

// Messages lists a session's messages. IsGone tells whether an error means that the session no longer exists.
func (c *Client) Messages(ctx context.Context, session ID) ([]Message, error) {
	s, err := c.messages(session).list(ctx)
	if err != nil {
		return nil, c.inSession(ctx, session, err)
	}
	return s.items, nil
}

// laterMessages lists a session's messages anew: no list from before will do.
func (c *Client) laterMessages(ctx context.Context, session ID) ([]Message, error) {
	col := c.messages(session)
	s, err := col.begunSince(ctx, col.generation(), col.begun())
	if err != nil {
		return nil, c.inSession(ctx, session, err)
	}
	return s.items, nil
}

// inSession gives a GoneError when err, from a request for something in a session, means that the session is gone, and err otherwise.
// Only the session itself tells: one that has ended refuses messages, with a status that is not documented, and is there.
func (c *Client) inSession(ctx context.Context, session ID, err error) error {
	if maybe, _ := mayBeGone(err); !maybe {
		return err
	}
	col := c.opened(session)
	_, fetchErr := col.begunSince(ctx, col.generation(), col.begun())
	if gone := c.sessionOr(ctx, "", session, fetchErr); IsGone(gone) {
		return gone
	}
	return err
}

// Message finds one message of a session. IsGone tells whether an error means that it no longer exists.
func (c *Client) Message(ctx context.Context, session, id ID) (Message, error) {
	col := c.messages(session)
	m, found, err := current(ctx, c, col, func() (Message, bool, error) { return col.find(ctx, id) })
	if err != nil {
		return m, c.inSession(ctx, session, err)
	}
	if found {
		return m, nil
	}
	if _, err := c.Session(ctx, "", session); err != nil {
		return m, err
	}
	return m, &GoneError{What: "message " + string(id)}
}

// Transcript is a session's conversation as the service writes it down.
func (c *Client) Transcript(ctx context.Context, session ID) (string, error) {
	text, err := callText(ctx, c, get("/session/{uuid}/messages/plain-text", session), nil)
	return strings.ToValidUTF8(text, "\uFFFD"), err
}

// DeleteMessage deletes a message, together with others that are being deleted, of whatever sessions. One that is gone already is a
// success.
func (c *Client) DeleteMessage(ctx context.Context, session, id ID) error {
	c.said.Store(id, session)
	b := shared(c, &c.deletes, "messages", &batch{patience: c.patience, alone: c.uncoalesced,
		bulk: func(ctx context.Context, ids []ID) error {
			return c.writeMessages(ids, func() error {
				_, err := call[success](ctx, c, update("/messages/delete"), uuids{ids})
				return err
			})
		},
		single: func(ctx context.Context, id ID) error {
			err := c.writeMessages([]ID{id}, func() error {
				_, err := call[success](ctx, c, update("/message/{uuid}/delete", id), nil)
				return err
			})
			return deleted(err, func() error { _, err := c.Message(ctx, c.sessionOf(id), id); return err })
		},
		left: c.messagesLeft,
	})
	return b.delete(ctx, id)
}

// sessionOf is the session of a message that is being deleted.
func (c *Client) sessionOf(message ID) ID {
	session, _ := c.said.Load(message)
	return session.(ID) //nolint:forcetypeassert // DeleteMessage has stored it
}

// sessionsOf are the sessions of messages that are being deleted.
func (c *Client) sessionsOf(messages []ID) []ID {
	sessions := make([]ID, 0, len(messages))
	for _, id := range messages {
		sessions = append(sessions, c.sessionOf(id))
	}
	slices.Sort(sessions)
	return slices.Compact(sessions)
}

// writeMessages does a delete of messages, which their sessions show.
func (c *Client) writeMessages(ids []ID, send func() error) error {
	for _, session := range c.sessionsOf(ids) {
		next := send
		send = func() error {
			_, err := writeSession(c, session, func() (success, error) { return success{}, next() })
			return err
		}
	}
	return send()
}

// messagesLeft gives those of the messages that there are.
func (c *Client) messagesLeft(ctx context.Context, ids []ID) (map[ID]bool, error) {
	left := map[ID]bool{}
	for _, session := range c.sessionsOf(ids) {
		messages, err := c.laterMessages(ctx, session)
		if IsGone(err) {
			continue // with all its messages
		}
		if err != nil {
			return nil, err
		}
		for _, m := range messages {
			left[m.ID] = true
		}
	}
	return left, nil
}
