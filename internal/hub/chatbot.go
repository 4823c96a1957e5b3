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
	ID         ID     `json:"uuid"`
	Name       string `json:"name"`
	CreatedAt  string `json:"created_at"`
	ModifiedAt string `json:"modified_at"`
	Meta       struct {
		Visibility       *string    `json:"visibility"`
		RateLimit        *RateLimit `json:"rate_limit"`
		RateLimitMessage *string    `json:"rate_limit_message"`
		ShowCitations    *Bool      `json:"show_citations"`
		ShowCitation     *Bool      `json:"show_citation"` // the spelling of some field lists
	} `json:"meta"`
}

func (c Chatbot) id() ID { return c.ID }

func (c *Chatbot) check() error {
	if c.ID == "" {
		return errors.New("the chatbot has no uuid")
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
	r.Messages, r.Seconds = int64(pair[0]), int64(pair[1])
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

// Chatbots lists all chatbots of the account. It is also the customary check of a key (api.md §1).
func (c *Client) Chatbots(ctx context.Context) ([]Chatbot, error) {
	return call[list[Chatbot]](ctx, c, get("/chatbots"), nil)
}

// Chatbot fetches one chatbot.
func (c *Client) Chatbot(ctx context.Context, id ID) (Chatbot, error) {
	return call[Chatbot](ctx, c, get("/chatbot/{uuid}", id), nil)
}

// CreateChatbot makes a chatbot, and with it the service makes its default agent (api.md §3).
func (c *Client) CreateChatbot(ctx context.Context, s ChatbotSettings) (Chatbot, error) {
	return call[Chatbot](ctx, c, create("/chatbot/create"), s)
}

// UpdateChatbot replaces all five settings.
func (c *Client) UpdateChatbot(ctx context.Context, id ID, s ChatbotSettings) (Chatbot, error) {
	return call[Chatbot](ctx, c, update("/chatbot/{uuid}/update", id), s)
}

// DeleteChatbot deletes a chatbot with everything in it.
func (c *Client) DeleteChatbot(ctx context.Context, id ID) error {
	_, err := call[success](ctx, c, remove("/chatbot/{uuid}/delete", id), nil)
	return err
}

// ChatbotGone says whether err, from a request for the chatbot, means that it no longer exists. A 404 by the application does; any
// other refusal that could mean it (the status is not documented, api.md §6) is confirmed by a complete list with the same key. The
// error of that list is returned, so that a service in trouble is never read as a deletion.
func (c *Client) ChatbotGone(ctx context.Context, id ID, err error) (bool, error) {
	maybe, certain := mayBeGone(err)
	if !maybe || certain {
		return certain, nil
	}
	bots, listErr := c.Chatbots(ctx)
	if listErr != nil {
		return false, listErr
	}
	for _, bot := range bots {
		if bot.ID == id {
			return false, nil
		}
	}
	return true, nil
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
