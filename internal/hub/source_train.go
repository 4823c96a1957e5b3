package hub

import (
	"context"
	"errors"
	"fmt"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// The paths of the two requests that train a source again (api.md §5). The second has no /v1 (api.md §2).
const (
	rescrapePath = "/data-sources/url/re-scrape"
	restartPath  = "/api/data-sources/restart"
)

// Train trains a source again: a web page is fetched again, and for other sources the service uses the content that it has. Which of the two
// requests a deployment has, and accepts for a type of source, is not certain (api.md §5). So if the one that fits the kind is refused or
// cannot be used, the other one is sent. If both fail, the error is that of the first and mentions the second.
func (c *Client) Train(ctx context.Context, chatbot, id ID, kind SourceKind) error {
	first, second := restartPath, rescrapePath
	if kind == SourceOfPage {
		first, second = rescrapePath, restartPath
	}
	err := c.train(ctx, chatbot, id, first)
	if err == nil || ctx.Err() != nil || !refusesRequest(err) {
		return err
	}
	if other := c.train(ctx, chatbot, id, second); other != nil {
		return fmt.Errorf("%w. The other request that can train a source failed, too: %s", err, other.Error())
	}
	return nil
}

// refusesRequest reports whether another request can succeed where one failed with err. It cannot if the API key was refused, if there were
// too many requests, if the chatbot does not exist, or if no answer arrived.
func refusesRequest(err error) bool {
	if _, unusable := errors.AsType[*AnswerError](err); unusable {
		return true
	}
	return AsError(err) != nil && !IsUnauthorized(err) && !IsThrottled(err)
}

// train sends one of the two requests.
func (c *Client) train(ctx context.Context, chatbot, id ID, path string) error {
	r := rest.Update(path)
	answer, err := consistency.Write(func() (any, error) {
		return rest.Call[any](ctx, c.rest, r, uuids{[]ID{id}})
	}, c.sources(chatbot))
	if err != nil {
		return c.chatbotGone(ctx, chatbot, err)
	}
	return c.trainResult(answer, id, r)
}

// trainResult returns the error in an answer. A re-scrape is answered with 200 and a result for each source, which can be an error (api.md §5).
// The form of the other answer is not known.
func (c *Client) trainResult(answer any, id ID, r rest.Route) error {
	items, _ := answer.([]any)
	for _, item := range items {
		result, _ := item.(map[string]any)
		if result["uuid"] != string(id) {
			continue
		}
		if message, _ := result["error"].(string); message != "" {
			return &Error{Method: r.Method, Path: r.Template, Status: 200, Message: c.rest.Sanitize(message), JSON: true}
		}
		return nil
	}
	if r.Template == rescrapePath {
		return &AnswerError{Method: r.Method, Path: r.Template, Reason: "it does not mention the source"}
	}
	return nil
}
