package probe

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// maxRequests limits the requests of a run, repeated ones included. The last ones are reserved for the deletion of what the run made.
const (
	maxRequests      = 120
	reservedRequests = 8
)

// cleanupTimeout limits the search and the deletion of the chatbot, which continue after an interrupt. A service that limits requests may
// have them wait for a minute.
const cleanupTimeout = 2 * time.Minute

// errBudget is the error of a request that would be one too many.
var errBudget = fmt.Errorf("the limit of %d requests was reached", maxRequests)

// probe is the state of one run.
type probe struct {
	config   hub.Config
	client   *rest.Client
	sent     *atomic.Int64 // the requests, of all clients
	progress *subcommand.Progress
	now      func() time.Time

	name    string  // of the chatbot that the run makes
	chatbot rest.ID // "" if it could not be made
	created answer  // the answer to its create
	unsure  bool    // whether it exists

	lag   time.Duration // how long lists are behind writes
	late  bool          // lists are so far behind that the run does not wait for them
	wrote time.Time     // when the latest write was answered

	objects // what the facts share
}

// newProbe returns the state of a run with a configuration.
func newProbe(cfg hub.Config, progress *subcommand.Progress) *probe {
	p := &probe{sent: &atomic.Int64{}, progress: progress, now: time.Now}
	cfg.Transport = func(next http.RoundTripper) http.RoundTripper { return counter{next, p.sent} }
	p.config = cfg
	p.client = rest.New(cfg.Config)
	p.name = "terraform-provider probe " + p.now().UTC().Format(time.RFC3339Nano)
	return p
}

// counter counts the attempts and refuses those beyond maxRequests.
type counter struct {
	next http.RoundTripper
	sent *atomic.Int64
}

// RoundTrip implements http.RoundTripper.
func (c counter) RoundTrip(r *http.Request) (*http.Response, error) {
	if c.sent.Add(1) > maxRequests {
		c.sent.Add(-1)
		if r.Body != nil {
			_ = r.Body.Close()
		}
		return nil, errBudget
	}
	return c.next.RoundTrip(r)
}

// do sends a request of a fact. A read waits until lists show the latest write, as far as the fact list-lag has found out when that is.
func (p *probe) do(ctx context.Context, r rest.Route, body any) (answer, error) {
	if r.Method == http.MethodGet {
		if err := rest.Sleep(ctx, p.lag-time.Since(p.wrote)); err != nil {
			return answer{}, err
		}
	} else {
		defer func() { p.wrote = time.Now() }()
	}
	return p.doAs(ctx, p.client, r, body)
}

// doAs is do with a client that has another API key.
func (p *probe) doAs(ctx context.Context, c *rest.Client, r rest.Route, body any) (answer, error) {
	if p.sent.Load() >= maxRequests-reservedRequests {
		return answer{}, errBudget
	}
	a, err := rest.Exchange(ctx, c, r, body)
	if err != nil {
		return answer{}, err
	}
	p.observe(a.Header)
	if out := read(a); out.isBusy() {
		return out, errors.New("the service had no time for a request and answered " + out.form())
	}
	return read(a), nil
}

// sleep waits for so many seconds between two polls, and for less in tests.
func (p *probe) sleep(ctx context.Context, seconds int) error {
	return rest.Sleep(ctx, time.Duration(seconds)*rest.OrDefault(p.config.PollInterval, 5*time.Second)/5)
}

// withKey returns a client with another API key.
func (p *probe) withKey(key string) *rest.Client {
	cfg := p.config.Config
	cfg.APIKey = key
	return rest.New(cfg)
}

// make creates the chatbot of the run. refused is the answer if the service does not create one, for example because of a limit of the
// account's plan. Without an answer that shows the chatbot, it is searched by its name.
func (p *probe) make(ctx context.Context) (refused *answer, err error) {
	a, err := p.do(ctx, rest.Create("/chatbot/create"), map[string]any{"name": p.name})
	if made := id(a.object()); err == nil && a.ok() && made != "" {
		p.chatbot, p.created = made, a
		return nil, nil
	}
	certain := err == nil && a.isRefused()
	if transport, is := errors.AsType[*rest.TransportError](err); is && !transport.Sent {
		return nil, err
	}
	found, complete := p.find(ctx, certain)
	p.chatbot, p.unsure = found, found == "" && !complete && !certain
	switch {
	case found != "":
		return nil, nil
	case err == nil && a.Status < http.StatusInternalServerError && !a.ok() && !p.unsure:
		return &a, nil
	case err == nil:
		err = a.unexpected("the create of the chatbot")
	}
	return nil, err
}

// find returns the id of the chatbot with the name of this run, or "". It searches for half a minute, because the service may still be
// creating it and lists may be behind, or once. complete reports whether the last list was complete.
func (p *probe) find(ctx context.Context, once bool) (found rest.ID, complete bool) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.cleanupTimeout())
	defer cancel()
	for _, pause := range []int{0, 2, 4, 8, 16} {
		if p.sleep(ctx, pause) != nil {
			break
		}
		a, err := rest.Exchange(ctx, p.client, rest.Get("/chatbots"), nil)
		list := read(a)
		complete = err == nil && list.ok() && list.complete()
		for _, bot := range list.list() {
			if bot["name"] == p.name && id(bot) != "" {
				return id(bot), true
			}
		}
		if once {
			break
		}
	}
	return "", complete
}

// cleanupTimeout is the constant of that name, and longer if the user limits the requests.
func (p *probe) cleanupTimeout() time.Duration {
	if n := p.config.RequestsPerMinute; n > 0 {
		return cleanupTimeout + 8*time.Minute/time.Duration(n)
	}
	return cleanupTimeout
}

// cleanUp deletes the chatbot with everything in it, also after the end of ctx. It returns what it could not delete.
func (p *probe) cleanUp(ctx context.Context) (leftBehind []string) {
	switch {
	case p.unsure:
		return []string{p.described() + ", if it was created"}
	case p.chatbot == "":
		return nil
	}
	p.progress.Show("Deleting the chatbot …")
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.cleanupTimeout())
	defer cancel()
	for range 2 { // the answer to a delete can be lost
		a, err := rest.Exchange(ctx, p.client, rest.Delete("/chatbot/{uuid}/delete", p.chatbot), nil)
		if deleted := read(a); err == nil && deleted.ok() && isTrue(deleted.object()["success"]) {
			return nil
		}
		list, err := rest.Exchange(ctx, p.client, rest.Get("/chatbots"), nil)
		if bots := read(list); err == nil && bots.ok() && bots.complete() && !hasID(bots.list(), p.chatbot) {
			return nil
		}
	}
	return []string{p.described()}
}

// described returns the chatbot as a part of a sentence.
func (p *probe) described() string { return fmt.Sprintf("the chatbot %q", p.name) }

// hasID reports whether one of the objects has an id.
func hasID(objects []map[string]any, wanted rest.ID) bool {
	for _, o := range objects {
		if id(o) == wanted {
			return true
		}
	}
	return false
}

// tryAll tries the facts and returns what was seen, in the order of the facts. It ends early with ctx.
func (p *probe) tryAll(ctx context.Context, ask bool) []result {
	var all []result
	for i := range facts {
		f := &facts[i]
		r := result{fact: f, verdict: notSeen}
		switch {
		case ctx.Err() != nil:
			return all
		case f.ask && !ask:
			r.reason = "it needs -ask"
		case !f.alone && p.chatbot == "":
			r.reason = "there is no chatbot"
		default:
			p.progress.Show(fmt.Sprintf("Fact %d of %d: %s …", i+1, len(facts), f.id))
			seen, err := f.try(ctx, p)
			switch {
			case ctx.Err() != nil:
				return all
			case err != nil:
				r.reason = reason(p.client, err)
			default:
				r.seen, r.verdict = seen, f.verdict(seen)
			}
		}
		all = append(all, r)
	}
	return all
}

// reason returns the text of an error without what may be secret.
func reason(c *rest.Client, err error) string {
	if errors.Is(err, errBudget) {
		return errBudget.Error()
	}
	return c.Sanitize(err.Error())
}

// memo keeps the result of a request that several facts need.
type memo[T any] struct {
	tried bool
	value T
	err   error
}

// get returns the result, and calls request the first time.
func (m *memo[T]) get(request func() (T, error)) (T, error) {
	if !m.tried {
		m.tried = true
		m.value, m.err = request()
	}
	return m.value, m.err
}
