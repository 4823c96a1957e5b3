// Package account reads the chatbots of an account with the objects in them, for what needs all of a chatbot: the subcommands export and
// diff, and snapshots.
package account

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// maxConcurrent is the number of chatbots that are read concurrently.
const maxConcurrent = 4

// Bot is a chatbot with the objects in it. All lists are sorted oldest first.
type Bot struct {
	hub.Chatbot
	Agents     []hub.Agent // with their tool functions
	Sources    []hub.Source
	SourceTags []hub.SourceTag
}

// Lists says which lists of a chatbot are read. Each is one request.
type Lists struct{ Agents, Sources, SourceTags bool }

// AllLists are all lists of a chatbot.
var AllLists = Lists{Agents: true, Sources: true, SourceTags: true}

// List lists the chatbots of the account, oldest first, without the objects in them.
func List(ctx context.Context, c *hub.Client) ([]*Bot, error) {
	found, err := c.Chatbots(ctx)
	if err != nil {
		return nil, err
	}
	var all []*Bot
	for _, found := range hub.OldestFirst(found) {
		all = append(all, &Bot{Chatbot: found})
	}
	return all, nil
}

// ReadAll reads lists of several chatbots. It returns the chatbots without those that were deleted meanwhile. progress is called with the
// number of chatbots that have been read.
func ReadAll(ctx context.Context, c *hub.Client, bots []*Bot, lists Lists, progress func(done int)) ([]*Bot, error) {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(maxConcurrent)
	var mu sync.Mutex
	done, gone := 0, map[*Bot]bool{}
	for _, b := range bots {
		g.Go(func() error {
			err := b.ReadLists(ctx, c, lists)
			if err != nil {
				err = fmt.Errorf("chatbot %q (%s): %w", hub.OneLine(b.Name), b.ID, err)
			}
			mu.Lock()
			defer mu.Unlock()
			if hub.IsGone(err) {
				gone[b], err = true, nil
			}
			done++
			progress(done)
			return err
		})
	}
	err := g.Wait()
	return slices.DeleteFunc(slices.Clone(bots), func(b *Bot) bool { return gone[b] }), err
}

// ReadLists reads lists of the chatbot. If the chatbot does not exist, hub.IsGone of the error is true.
func (b *Bot) ReadLists(ctx context.Context, c *hub.Client, lists Lists) (err error) {
	if lists.Agents {
		if b.Agents, err = c.Agents(ctx, b.ID); err != nil {
			return err
		}
		b.Agents = hub.OldestFirst(b.Agents)
	}
	if lists.Sources {
		if b.Sources, err = c.Sources(ctx, b.ID); err != nil {
			return err
		}
		b.Sources = hub.OldestFirst(b.Sources)
	}
	if lists.SourceTags {
		if b.SourceTags, err = c.SourceTags(ctx, b.ID); err != nil {
			return err
		}
		b.SourceTags = hub.OldestFirst(b.SourceTags)
	}
	return nil
}
