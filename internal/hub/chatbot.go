package hub

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
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

// Chatbot is a chatbot in an answer (api.md §3). Settings that an answer lacks are nil.
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

// Check implements rest.Checker. It also reads the other spelling of show_citations.
func (c *Chatbot) Check() error {
	if err := c.Object.Check(); err != nil {
		return err
	}
	if c.Meta.ShowCitations == nil {
		c.Meta.ShowCitations = c.Meta.ShowCitation
	}
	return nil
}

// RateLimit is how many messages a visitor's device may send in how many seconds. On the wire it is an array of the two.
type RateLimit struct{ Messages, Seconds int64 }

// UnmarshalJSON implements json.Unmarshaler. It does not pass the two numbers to the decoder, because a list has one array for each chatbot.
func (r *RateLimit) UnmarshalJSON(raw []byte) error {
	inner, isArray := bytes.CutPrefix(bytes.TrimSuffix(raw, []byte("]")), []byte("["))
	messages, seconds, two := bytes.Cut(inner, []byte(","))
	if !isArray || !two {
		return errors.New("rate_limit is not a list of 2 numbers")
	}
	var err error
	number := func(raw []byte) (whole int64) {
		var n Number
		if err = errors.Join(err, n.UnmarshalJSON(bytes.TrimSpace(raw))); err == nil {
			whole, err = n.Int()
		}
		return whole
	}
	r.Messages, r.Seconds = number(messages), number(seconds)
	if err != nil {
		return fmt.Errorf("rate_limit: %w", err)
	}
	return nil
}

// MarshalJSON implements json.Marshaler.
func (r RateLimit) MarshalJSON() ([]byte, error) {
	return json.Marshal([2]int64{r.Messages, r.Seconds})
}

// ChatbotSettings is the body of create and update. All five are always sent: it is not known whether an update keeps a
// setting that is left out (api.md §4).
type ChatbotSettings struct {
	Name             string    `json:"name"`
	Visibility       string    `json:"visibility"`
	RateLimit        RateLimit `json:"rate_limit"`
	RateLimitMessage string    `json:"rate_limit_message"`
	ShowCitations    bool      `json:"show_citations"`
}

// Chatbots lists all chatbots of the account, in no guaranteed order. The list also serves to check an API key (api.md §1).
func (c *Client) Chatbots(ctx context.Context) ([]Chatbot, error) {
	s, err := c.chatbots().List(ctx)
	if err != nil {
		return nil, err
	}
	return s.Items, nil
}

// Chatbot reads one chatbot. If it does not exist, IsGone of the error is true: after a 404 of the application, or after any other error
// that could mean it (the status is not documented, api.md §6) if a complete list lacks the chatbot.
func (c *Client) Chatbot(ctx context.Context, id ID) (Chatbot, error) {
	s, err := c.chatbot(id).List(ctx)
	if err != nil {
		return Chatbot{}, c.chatbotItselfGone(ctx, id, err)
	}
	return s.Items[0], nil
}

// CreateChatbot creates a chatbot. The service creates its default agent with it (api.md §3).
func (c *Client) CreateChatbot(ctx context.Context, s ChatbotSettings) (Chatbot, error) {
	col := c.chatbots()
	return consistency.CreateIn(ctx, col, consistency.Create[Chatbot]{Body: s, Matches: s.matches, Send: func() (Chatbot, error) {
		return consistency.Write(func() (Chatbot, error) { return rest.Call[Chatbot](ctx, c.rest, rest.Create("/chatbot/create"), s) }, col)
	}})
}

// matches reports whether a chatbot can be the one that a create with these settings created.
func (s ChatbotSettings) matches(b Chatbot) bool {
	m := b.Meta
	return matchesText(&s.Name, shown(b.Name)) && matches(&s.Visibility, m.Visibility) && matches(&s.RateLimit, m.RateLimit) &&
		matchesText(&s.RateLimitMessage, m.RateLimitMessage) && matches(&s.ShowCitations, (*bool)(m.ShowCitations))
}

// UpdateChatbot replaces all five settings.
func (c *Client) UpdateChatbot(ctx context.Context, id ID, s ChatbotSettings) (Chatbot, error) {
	return writeChatbot(c, id, func() (Chatbot, error) {
		return rest.Call[Chatbot](ctx, c.rest, rest.Update("/chatbot/{uuid}/update", id), s)
	})
}

// DeleteChatbot deletes a chatbot with everything in it. If it does not exist, that is a success.
func (c *Client) DeleteChatbot(ctx context.Context, id ID) error {
	_, err := writeChatbot(c, id, func() (empty, error) {
		return rest.Call[empty](ctx, c.rest, rest.Delete("/chatbot/{uuid}/delete", id), nil)
	})
	if err = c.chatbotItselfGone(ctx, id, err); IsGone(err) {
		return nil
	}
	return err
}

// writeChatbot sends a write that changes the list of chatbots and the chatbot itself.
func writeChatbot[Out any](c *Client, id ID, send func() (Out, error)) (Out, error) {
	return consistency.Write(send, c.chatbots(), c.chatbot(id))
}

// chatbotItselfGone returns a GoneError if err, from a request for the chatbot itself, means that it does not exist, and err otherwise.
func (c *Client) chatbotItselfGone(ctx context.Context, id ID, err error) error {
	if maybe, certain := consistency.MayBeGone(err); certain {
		return &GoneError{What: "chatbot " + string(id)}
	} else if !maybe {
		return err
	}
	return c.unlistedChatbot(ctx, id, err)
}

// WidgetURL returns the address of a chatbot's page for visitors. It exists if the visibility is public.
func (c *Client) WidgetURL(id ID) string {
	return c.rest.BaseURL.JoinPath("widget", string(id)).String()
}

// EmbedHTML returns the HTML that adds the chat bubble to a page (api.md §3).
func (c *Client) EmbedHTML(id ID) string {
	return fmt.Sprintf(`<script>window.GPTTConfig = { uuid: "%s", domain: "%s" }</script><script src="%s" defer></script>`,
		id, c.rest.BaseURL.Host, html.EscapeString(c.rest.BaseURL.JoinPath("widget-asset.min.js").String()))
}

// IframeHTML returns the HTML that adds the chat itself to a page (api.md §3). The permissions are those of the web app's own snippet: visitors
// copy answers and paste into the chat.
func (c *Client) IframeHTML(id ID) string {
	return fmt.Sprintf(`<iframe src="%s" width="100%%" height="600" frameborder="0" allow="clipboard-read; clipboard-write"></iframe>`, html.EscapeString(c.WidgetURL(id)))
}

// chatbot returns the collection of one chatbot.
func (c *Client) chatbot(id ID) *consistency.Collection[Chatbot] {
	return consistency.Single[Chatbot](c.shared, rest.Get("/chatbot/{uuid}", id), id)
}

// chatbots returns the collection of the account's chatbots.
func (c *Client) chatbots() *consistency.Collection[Chatbot] {
	return consistency.CollectionOf[Chatbot](c.shared, rest.Get("/chatbots"))
}
