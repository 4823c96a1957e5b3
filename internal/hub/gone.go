package hub

import (
	"context"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
)

// listIn lists the objects of a chatbot. If the chatbot does not exist, the error is a GoneError.
func listIn[T AnyObject](ctx context.Context, c *Client, chatbot ID, col *consistency.Collection[T]) ([]T, error) {
	s, err := col.List(ctx)
	if err != nil {
		return nil, c.chatbotGone(ctx, chatbot, err)
	}
	return s.Items, nil
}

// getIn returns an object of a chatbot as it was at notBefore or later. The error is a GoneError if two lists lack the object, or if the
// chatbot does not exist.
func getIn[T AnyObject](ctx context.Context, c *Client, chatbot ID, col *consistency.Collection[T], id ID, notBefore string) (T, error) {
	object, found, err := col.Get(ctx, id, notBefore)
	if err != nil {
		return object, c.chatbotGone(ctx, chatbot, err)
	}
	if !found {
		return object, c.missingIn(ctx, chatbot, id)
	}
	return object, nil
}

// missingIn returns the error for an object that two lists of a chatbot lack: a GoneError, unless the chatbot cannot be read.
func (c *Client) missingIn(ctx context.Context, chatbot, id ID) error {
	if _, err := c.Chatbot(ctx, chatbot); err != nil && !IsGone(err) {
		return err
	}
	return &GoneError{What: string(id)}
}

// chatbotGone returns a GoneError if err, from a request for something in a chatbot, means that the chatbot does not exist, and err
// otherwise. The status for that is not documented, so the list of chatbots decides (api.md §6).
func (c *Client) chatbotGone(ctx context.Context, chatbot ID, err error) error {
	if maybe, _ := consistency.MayBeGone(err); !maybe {
		return err
	}
	return c.unlistedChatbot(ctx, chatbot, err)
}

// unlistedChatbot returns a GoneError if a fresh list of chatbots lacks the chatbot, and err if it has it. If the list fails, it returns the
// error of the list: then nothing is known.
func (c *Client) unlistedChatbot(ctx context.Context, chatbot ID, err error) error {
	bots, listErr := c.chatbots().Fresh(ctx)
	if listErr != nil {
		return listErr
	}
	if _, found := bots.Get(chatbot); found {
		return err
	}
	return &GoneError{What: "chatbot " + string(chatbot)}
}
