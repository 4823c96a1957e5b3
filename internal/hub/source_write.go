package hub

import (
	"context"
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

// uuids is the body of bulk calls.
type uuids struct {
	UUIDs []ID `json:"uuids"`
}

// CreateQASource makes a source of a question and its answer. The answer is short.
func (c *Client) CreateQASource(ctx context.Context, chatbot ID, in QA) (Source, error) {
	return c.bearSource(ctx, chatbot, in, in.fits, func() (Source, error) {
		return call[Source](ctx, c, create("/chatbot/{uuid}/data-source/qa", chatbot), in)
	})
}

// bearSource does a create of a source.
func (c *Client) bearSource(ctx context.Context, chatbot ID, sent any, fits func(Source) bool, send func() (Source, error)) (Source, error) {
	col := c.sources(chatbot)
	return bear(ctx, c, birthIn(col, sent, fits, func() (Source, error) { return write(col, send, nil) }))
}

// fits says whether a source can be what a create of the question has made. Not every deployment shows questions.
func (q QA) fits(s Source) bool {
	m := s.Meta()
	return s.Type == SourceQA && sameText(&q.Question, m.Question) && sameText(&q.Answer, m.Answer)
}

// fits says whether a source can be what a create of the web page has made.
func (l Link) fits(s Source) bool { return s.Type == SourceLink && l.URL == s.FileName }

// CreateURLSource makes a source of a web page. One of that URL in the chatbot is a conflict: see ConflictingSource.
func (c *Client) CreateURLSource(ctx context.Context, chatbot ID, in Link) (Source, error) {
	return c.bearSource(ctx, chatbot, in, in.fits, func() (Source, error) {
		return call[Source](ctx, c, create("/chatbot/{uuid}/data-source/url", chatbot), in)
	})
}

// UpdateSourceTitle changes a source's title, the only thing that can be updated (api.md §3).
func (c *Client) UpdateSourceTitle(ctx context.Context, chatbot, id ID, title string) (Source, error) {
	return write(c.sources(chatbot), func() (Source, error) {
		return call[Source](ctx, c, update("/data-source/{uuid}/update", id), map[string]string{"title": title})
	}, nil)
}

// RestartTraining trains a source of any type again. (The path has no /v1, api.md §2.)
func (c *Client) RestartTraining(ctx context.Context, chatbot, id ID) error {
	_, err := write(c.sources(chatbot), func() (any, error) {
		return call[any](ctx, c, update("/api/data-sources/restart"), uuids{[]ID{id}})
	}, nil)
	return err
}

// Rescrape fetches a web page again and trains the source anew. The service answers 200 with a word for each source; an error among
// them is one here (api.md §5).
func (c *Client) Rescrape(ctx context.Context, chatbot, id ID) error {
	r := update("/data-sources/url/re-scrape")
	items, err := write(c.sources(chatbot), func() ([]bulkItem, error) {
		return call[[]bulkItem](ctx, c, r, uuids{[]ID{id}})
	}, nil)
	if err != nil {
		return err
	}
	for _, item := range items {
		if item.UUID == id && item.Error == "" {
			return nil
		}
		if item.UUID == id {
			return &Error{Method: r.method, Path: r.template, Status: 200, Message: c.words(ctx, item.Error), JSON: true}
		}
	}
	return &AnswerError{Method: r.method, Path: r.template, Reason: "it says nothing about the source"}
}

// bulkItem is what a bulk call says about one object.
type bulkItem struct {
	UUID   ID     `json:"uuid"`
	Status string `json:"status"`
	Error  string `json:"error"`
}

// WaitForSources gives the next shared look at a chatbot's sources, for callers who wait for training. seen says whether the caller has
// had a look before.
func (c *Client) WaitForSources(ctx context.Context, chatbot ID, seen bool) ([]Source, error) {
	return shared(c, &c.polls, chatbot, &poller{interval: c.pollInterval, first: c.pollFirst, list: func(ctx context.Context) ([]Source, error) {
		col := c.sources(chatbot)
		s, err := col.begunSince(ctx, col.generation(), col.begun())
		if err != nil {
			return nil, c.parentOr(ctx, chatbot, err)
		}
		return s.items, nil
	}}).wait(ctx, seen)
}

// DeleteSource deletes a source, together with others of the chatbot that are being deleted. One that is gone already is a success.
func (c *Client) DeleteSource(ctx context.Context, chatbot, id ID) error {
	b := shared(c, &c.deletes, chatbot, &batch{patience: c.patience, alone: c.uncoalesced,
		bulk: func(ctx context.Context, ids []ID) error {
			return c.writeSources(chatbot, func() (success, error) {
				return call[success](ctx, c, update("/data-sources/delete"), uuids{ids})
			})
		},
		single: func(ctx context.Context, id ID) error {
			err := c.writeSources(chatbot, func() (success, error) {
				return call[success](ctx, c, update("/data-source/{uuid}/delete", id), nil)
			})
			return deleted(err, func() error { _, err := c.Source(ctx, chatbot, id); return err })
		},
		left: func(ctx context.Context, _ []ID) (map[ID]bool, error) {
			col := c.sources(chatbot)
			s, err := col.begunSince(ctx, col.generation(), col.begun())
			if err = c.parentOr(ctx, chatbot, err); IsGone(err) {
				return nil, nil // the chatbot is gone with all its sources
			}
			if err != nil {
				return nil, err
			}
			left := map[ID]bool{}
			for _, source := range s.items {
				left[source.ID] = true
			}
			return left, nil
		},
	})
	going := make(chan struct{})
	if _, twice := c.going.LoadOrStore(id, going); !twice {
		defer func() { c.going.Delete(id); close(going) }()
	}
	return b.delete(ctx, id)
}

// SourceGoes says whether a source is gone, after waiting for this process's own delete of it where one is under way. What cannot be
// told is there.
func (c *Client) SourceGoes(ctx context.Context, chatbot, id ID) bool {
	if going, ok := c.going.Load(id); ok {
		select {
		case <-going.(chan struct{}): //nolint:forcetypeassert // only channels are stored
		case <-ctx.Done():
			return false
		}
	}
	_, err := c.Source(ctx, chatbot, id)
	return IsGone(err)
}

// writeSources does a delete of sources, which agents and tags lose at the same time.
func (c *Client) writeSources(chatbot ID, send func() (success, error)) error {
	_, err := write(c.agents(chatbot), func() (success, error) {
		return write(c.sourceTags(chatbot), func() (success, error) { return write(c.sources(chatbot), send, nil) }, nil)
	}, nil)
	return err
}
