package export

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

// bot is a chatbot with the objects in it. All lists are sorted oldest first.
type bot struct {
	hub.Chatbot
	name    string // the name of the resource and of its file
	agents  []hub.Agent
	sources []hub.Source
	tags    []hub.SourceTag
}

// chatbots returns the chatbots of the account, oldest first. All of them get names, so that the names do not depend on the selection.
func chatbots(found []hub.Chatbot) (all []*bot) {
	var toName []named
	for _, found := range hub.OldestFirst(found) {
		b := &bot{Chatbot: found}
		all = append(all, b)
		toName = append(toName, named{b.Object, chatbotName(b.Name), func(name string) { b.name = name }})
	}
	assignNames(toName)
	return all
}

// read reads the objects in the chatbots, with one request for each included collection. It returns the chatbots without those that
// were deleted meanwhile. progress is called with the number of chatbots that have been read.
func read(ctx context.Context, c *hub.Client, bots []*bot, include kinds, progress func(done int)) ([]*bot, error) {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(maxConcurrent)
	var mu sync.Mutex
	done, gone := 0, map[*bot]bool{}
	for _, b := range bots {
		g.Go(func() error {
			err := b.read(ctx, c, include)
			if err != nil {
				err = fmt.Errorf("chatbot %q (%s): %w", remark(b.Name), b.ID, err)
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
	return slices.DeleteFunc(bots, func(b *bot) bool { return gone[b] }), err
}

func (b *bot) read(ctx context.Context, c *hub.Client, include kinds) (err error) {
	if include[agents] || include[toolFunctions] {
		if b.agents, err = c.Agents(ctx, b.ID); err != nil {
			return err
		}
		b.agents = hub.OldestFirst(b.agents)
	}
	if include[sources] {
		if b.sources, err = c.Sources(ctx, b.ID); err != nil {
			return err
		}
		b.sources = hub.OldestFirst(b.sources)
	}
	if include[sourceTags] {
		if b.tags, err = c.SourceTags(ctx, b.ID); err != nil {
			return err
		}
		b.tags = hub.OldestFirst(b.tags)
	}
	return nil
}

// functions returns the tool functions of an agent, oldest first.
func functions(a hub.Agent) []hub.ToolFunction {
	if a.ToolFunctions == nil {
		return nil
	}
	return hub.OldestFirst(*a.ToolFunctions)
}

// defaultAgent returns the id of the agent that the service most likely created with the chatbot, or "" when there is no candidate.
func (b *bot) defaultAgent() hub.ID {
	candidates := hub.DefaultAgentCandidates(b.Chatbot, b.agents)
	if len(candidates) == 0 {
		return ""
	}
	return candidates[0].ID
}
