package hub

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
)

// Defaults of a chatbot's settings, and the values visibility can take (api.md §3).
const (
	DefaultVisibility                         = "private"
	DefaultRateLimitMessages                  = 20  // messages per device …
	DefaultRateLimitSeconds                   = 240 // … in that many seconds
	DefaultRateLimitMessage                   = "Too many messages"
	DefaultShowCitations                      = false
	MaxRateLimitMessages, MaxRateLimitSeconds = 100, 360
)

// Visibilities are the values of a chatbot's visibility (api.md §3).
var Visibilities = []string{"private", "public", "hybrid"}

// Chatbot is a chatbot as the service answers it (api.md §3). Settings that an answer lacks are nil.
type Chatbot struct {
	Object
	Name string `json:"name"`
	Meta struct {
		Visibility       *string    `json:"visibility"`
		RateLimit        *RateLimit `json:"rate_limit"`
		RateLimitMessage *string    `json:"rate_limit_message"`
		ShowCitations    *Bool      `json:"show_citations"`
		ShowCitation     *Bool      `json:"show_citation"` // the spelling of some field lists
	} `json:"meta"`
}

func (c *Chatbot) check() error {
	if err := c.Object.check(); err != nil {
		return err
	}
	if c.Meta.ShowCitations == nil {
		c.Meta.ShowCitations = c.Meta.ShowCitation
	}
	return nil
}

// RateLimit is how many messages a visitor's device may send in how many seconds. On the wire it is an array of the two.
type RateLimit struct{ Messages, Seconds int64 }

// UnmarshalJSON implements json.Unmarshaler.
func (r *RateLimit) UnmarshalJSON(raw []byte) error {
	var pair []Number
	if err := json.Unmarshal(raw, &pair); err != nil {
		return fmt.Errorf("rate_limit: %w", err)
	}
	if len(pair) != 2 {
		return fmt.Errorf("rate_limit has %d elements instead of 2", len(pair))
	}
	messages, err := pair[0].whole()
	seconds, err2 := pair[1].whole()
	if err := errors.Join(err, err2); err != nil {
		return fmt.Errorf("rate_limit: %w", err)
	}
	r.Messages, r.Seconds = messages, seconds
	return nil
}

// MarshalJSON implements json.Marshaler.
func (r RateLimit) MarshalJSON() ([]byte, error) {
	return json.Marshal([2]int64{r.Messages, r.Seconds})
}

// ChatbotSettings is the body of create and update. All five are always sent: it is not proven that an update keeps what is left
// out (api.md §4).
type ChatbotSettings struct {
	Name             string    `json:"name"`
	Visibility       string    `json:"visibility"`
	RateLimit        RateLimit `json:"rate_limit"`
	RateLimitMessage string    `json:"rate_limit_message"`
	ShowCitations    bool      `json:"show_citations"`
}

// chatbots is the collection of the account's chatbots.
func (c *Client) chatbots() *collection[Chatbot] { return collectionOf[Chatbot](c, get("/chatbots")) }

// Chatbots lists all chatbots of the account, in no promised order. The list is also the customary check of a key (api.md §1).
func (c *Client) Chatbots(ctx context.Context) ([]Chatbot, error) {
	s, err := c.chatbots().list(ctx)
	if err != nil {
		return nil, err
	}
	return s.items, nil
}

// fetched is one chatbot.
func (c *Client) fetched(id ID) *collection[Chatbot] {
	return oneOf[Chatbot](c, get("/chatbot/{uuid}", id), id)
}

// Chatbot fetches one chatbot. IsGone tells whether an error means that it no longer exists: a 404 by the application does, and any
// other refusal that could (the status is not documented, api.md §6) is confirmed by a complete list with the same key.
func (c *Client) Chatbot(ctx context.Context, id ID) (Chatbot, error) {
	s, err := c.fetched(id).list(ctx)
	if err != nil {
		return Chatbot{}, c.chatbotOr(ctx, id, err)
	}
	return s.items[0], nil
}

// CreateChatbot makes a chatbot, and with it the service makes its default agent (api.md §3).
func (c *Client) CreateChatbot(ctx context.Context, s ChatbotSettings) (Chatbot, error) {
	col := c.chatbots()
	return bear(ctx, c, birthIn(col, s, s.fits, func() (Chatbot, error) {
		return write(col, func() (Chatbot, error) { return call[Chatbot](ctx, c, create("/chatbot/create"), s) }, nil)
	}))
}

// fits says whether a chatbot can be what a create with these settings has made.
func (s ChatbotSettings) fits(b Chatbot) bool {
	m := b.Meta
	return SameText(s.Name, b.Name) && same(&s.Visibility, m.Visibility) && same(&s.RateLimit, m.RateLimit) &&
		sameText(&s.RateLimitMessage, m.RateLimitMessage) && same(&s.ShowCitations, (*bool)(m.ShowCitations))
}

// UpdateChatbot replaces all five settings.
func (c *Client) UpdateChatbot(ctx context.Context, id ID, s ChatbotSettings) (Chatbot, error) {
	return writeChatbot(c, id, func() (Chatbot, error) {
		return call[Chatbot](ctx, c, update("/chatbot/{uuid}/update", id), s)
	})
}

// DeleteChatbot deletes a chatbot with everything in it. One that is gone already is a success.
func (c *Client) DeleteChatbot(ctx context.Context, id ID) error {
	_, err := writeChatbot(c, id, func() (success, error) {
		return call[success](ctx, c, remove("/chatbot/{uuid}/delete", id), nil)
	})
	if err = c.chatbotOr(ctx, id, err); IsGone(err) {
		return nil
	}
	return err
}

// writeChatbot does a write that both the list of chatbots and the chatbot's own page show.
func writeChatbot[Out any](c *Client, id ID, send func() (Out, error)) (Out, error) {
	return write(c.chatbots(), func() (Out, error) { return write(c.fetched(id), send, nil) }, nil)
}

// chatbotOr gives a GoneError when err, from a request for the chatbot itself, means that it is gone, and err otherwise.
func (c *Client) chatbotOr(ctx context.Context, id ID, err error) error {
	if maybe, certain := mayBeGone(err); certain {
		return &GoneError{What: "chatbot " + string(id)}
	} else if !maybe {
		return err
	}
	return c.goneOr(ctx, id, err)
}

// WidgetURL is a chatbot's page for visitors. It answers when visibility is public.
func (c *Client) WidgetURL(id ID) string { return c.base.JoinPath("widget", string(id)).String() }

// EmbedHTML is the snippet that puts the chat bubble on a page (api.md §3).
func (c *Client) EmbedHTML(id ID) string {
	return fmt.Sprintf(`<script>window.GPTTConfig = { uuid: "%s", domain: "%s" }</script><script src="%s" defer></script>`,
		id, c.base.Host, html.EscapeString(c.base.JoinPath("widget-asset.min.js").String()))
}

// IframeHTML is the snippet that puts the chat itself on a page.
func (c *Client) IframeHTML(id ID) string {
	return fmt.Sprintf(`<iframe src="%s" width="100%%" height="600" frameborder="0"></iframe>`, html.EscapeString(c.WidgetURL(id)))
}
