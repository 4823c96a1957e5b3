package hub

import (
	"context"
	"sync"
)

// claims remembers which agents and sources this process made, and which agents it took over, so that nothing is managed twice; and which
// agents it is just making.
type claims struct {
	mu     sync.Mutex
	ids    map[ID]bool
	makers map[chan struct{}]bool // one for each create under way, closed when its id is known
}

// making does a create, and claims what it made before anybody can be told that no create is under way.
func (c *claims) making(send func() (Agent, error)) (a Agent, err error) {
	done := make(chan struct{})
	c.mu.Lock()
	if c.makers == nil {
		c.makers = map[chan struct{}]bool{}
	}
	c.makers[done] = true
	c.mu.Unlock()

	defer func() { // also when it panics: others wait for it
		c.mu.Lock()
		defer c.mu.Unlock()
		if err == nil && a.ID != "" {
			c.claim(a.ID)
		}
		delete(c.makers, done)
		close(done)
	}()
	return send()
}

// claim says whether the id was free. c.mu is held.
func (c *claims) claim(id ID) bool {
	if c.ids[id] {
		return false
	}
	if c.ids == nil {
		c.ids = map[ID]bool{}
	}
	c.ids[id] = true
	return true
}

// settled waits until the creates that are under way now have ended.
func (c *claims) settled(ctx context.Context) error {
	c.mu.Lock()
	var waits []chan struct{}
	for done := range c.makers {
		waits = append(waits, done)
	}
	c.mu.Unlock()
	for _, done := range waits {
		select {
		case <-done:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}

// SettledAgents lists a chatbot's agents once TakenOver can tell for each of them whether this process made it: an agent can be in a
// list before the answer to its create has come. A new chatbot has an agent from the beginning, so a list without any may be behind
// (goals.md R5), and is asked for anew until that can no longer be.
func (c *Client) SettledAgents(ctx context.Context, bot Chatbot) ([]Agent, error) {
	col := c.agents(bot.ID)
	var agents []Agent
	_, _, err := current(After(ctx, bot.CreatedAt), c, col, func() (oldest Agent, found bool, err error) {
		if agents, err = c.Agents(ctx, bot.ID); len(agents) == 0 {
			return oldest, false, err
		}
		return Agent{Object: Object{ModifiedAt: bot.CreatedAt}}, true, err // which agent it is does not matter here
	})
	if err != nil {
		return nil, err
	}
	return agents, c.claims.settled(ctx)
}

// TakeOver marks an agent or a source as managed by this process. It says whether nobody had done so before: the second one to ask does not get it.
func (c *Client) TakeOver(id ID) bool {
	c.claims.mu.Lock()
	defer c.claims.mu.Unlock()
	return c.claims.claim(id)
}

// TakenOver says whether this process made the object or took it over.
func (c *Client) TakenOver(id ID) bool {
	c.claims.mu.Lock()
	defer c.claims.mu.Unlock()
	return c.claims.ids[id]
}

// Release undoes TakeOver.
func (c *Client) Release(id ID) {
	c.claims.mu.Lock()
	defer c.claims.mu.Unlock()
	delete(c.claims.ids, id)
}
