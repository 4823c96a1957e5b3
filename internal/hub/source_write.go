package hub

import (
	"context"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// QA is a question with its answer, as a source.
type QA struct {
	Question            string `json:"question"`
	Answer              string `json:"answer"`
	ReferenceSourceLink string `json:"reference_source_link,omitempty"`
}

// Link is a web page as a source.
type Link struct {
	URL                 string `json:"url"`
	ReferenceSourceLink string `json:"reference_source_link,omitempty"`
}

// CreateQASource creates a source from a question and its answer. The result has fewer values than a list.
func (c *Client) CreateQASource(ctx context.Context, chatbot ID, in QA) (Source, error) {
	return c.createSource(ctx, chatbot, in, in.matches, func() (Source, error) {
		return rest.Call[Source](ctx, c.rest, rest.Create("/chatbot/{uuid}/data-source/qa", chatbot), in)
	})
}

// matches reports whether a source can be the one that a create of the question created. Not every deployment shows questions.
func (q QA) matches(s Source) bool {
	m := s.Meta()
	shown := m.Question != nil || m.Answer != nil
	return (shown || s.Kind() == SourceOfQuestion) && matchesText(&q.Question, m.Question) && matchesText(&q.Answer, m.Answer)
}

// matches reports whether a source can be the one that a create of the web page created. Its type can be that of a video (api.md §3).
func (l Link) matches(s Source) bool { return SameAddress(l.URL, s.FileName) }

// CreateURLSource creates a source from a web page. If the chatbot has one with that URL, the error is a conflict; see ConflictingSource.
func (c *Client) CreateURLSource(ctx context.Context, chatbot ID, in Link) (Source, error) {
	return c.createSource(ctx, chatbot, in, in.matches, func() (Source, error) {
		return rest.Call[Source](ctx, c.rest, rest.Create("/chatbot/{uuid}/data-source/url", chatbot), in)
	})
}

// createSource creates a source.
func (c *Client) createSource(ctx context.Context, chatbot ID, body any, matches func(Source) bool, send func() (Source, error)) (Source, error) {
	defer c.WorkingOnSource(chatbot)()
	col := c.sources(chatbot)
	return consistency.CreateIn(ctx, col, consistency.Create[Source]{Body: body, Matches: matches, Send: func() (Source, error) {
		return consistency.Write(send, col)
	}})
}

// UpdateSourceTitle changes a source's title, the only thing that can be updated (api.md §3).
func (c *Client) UpdateSourceTitle(ctx context.Context, chatbot, id ID, title string) (Source, error) {
	return consistency.Write(func() (Source, error) {
		return rest.Call[Source](ctx, c.rest, rest.Update("/data-source/{uuid}/update", id), map[string]string{"title": title})
	}, c.sources(chatbot))
}

// PollSources waits for the next shared poll of a chatbot's sources. again reports whether the caller has polled before.
func (c *Client) PollSources(ctx context.Context, chatbot ID, again bool) ([]Source, error) {
	return consistency.Poll(ctx, c.shared, chatbot, again, func(ctx context.Context) ([]Source, error) {
		s, err := c.sources(chatbot).Fresh(ctx)
		if err != nil {
			return nil, c.chatbotGone(ctx, chatbot, err)
		}
		return s.Items, nil
	})
}

// DeleteSource deletes a source, together with others of the chatbot that are being deleted. If it does not exist, that is a success.
func (c *Client) DeleteSource(ctx context.Context, chatbot, id ID) error {
	return consistency.Delete(ctx, c.shared, chatbot, id, consistency.Deleter[ID]{
		Bulk: func(ctx context.Context, ids []ID) error {
			return c.deleteSources(ctx, chatbot, rest.Update("/data-sources/delete"), uuids{ids})
		},
		Single: func(ctx context.Context, id ID) error {
			err := c.deleteSources(ctx, chatbot, rest.Update("/data-source/{uuid}/delete", id), nil)
			return consistency.Deleted(err, func() error { _, err := c.Source(ctx, chatbot, id, ""); return err })
		},
		Remaining: func(ctx context.Context, _ []ID) (map[ID]bool, error) { return c.remainingSources(ctx, chatbot) },
	})
}

// deleteSources sends a delete of sources, which are also removed from agents and tags.
func (c *Client) deleteSources(ctx context.Context, chatbot ID, r rest.Route, body any) error {
	_, err := consistency.Write(func() (empty, error) { return rest.Call[empty](ctx, c.rest, r, body) },
		c.agents(chatbot), c.sourceTags(chatbot), c.sources(chatbot))
	return err
}

// remainingSources returns the sources of a chatbot, none if the chatbot does not exist.
func (c *Client) remainingSources(ctx context.Context, chatbot ID) (map[ID]bool, error) {
	s, err := c.sources(chatbot).Fresh(ctx)
	if err = c.chatbotGone(ctx, chatbot, err); IsGone(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	remaining := make(map[ID]bool, len(s.Items))
	for _, source := range s.Items {
		remaining[source.ID] = true
	}
	return remaining, nil
}

// AwaitSourceDelete waits until a source does not exist, as long as this process deletes sources of its chatbot, and reports whether it does
// not exist. It is false if that is not known.
func (c *Client) AwaitSourceDelete(ctx context.Context, chatbot, id ID) bool {
	if consistency.AwaitDelete(ctx, c.shared, chatbot, id) {
		return true
	}
	_, err := c.Source(ctx, chatbot, id, "")
	return IsGone(err)
}

// HasSourceDeletes reports whether this process has begun to delete a source of a chatbot.
func (c *Client) HasSourceDeletes(chatbot ID) bool { return consistency.HasDeletes(c.shared, chatbot) }

// WorkingOnSource says that a call works on a source of a chatbot, until end is called. AwaitSourceDelete may wait for it.
func (c *Client) WorkingOnSource(chatbot ID) (end func()) {
	return consistency.Working(c.shared, chatbot)
}
