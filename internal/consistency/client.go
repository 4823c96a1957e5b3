package consistency

import (
	"sync"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// Options are the times of a Client. Zero means the default.
type Options struct {
	// PollInterval is the time between two polls, and PollFirst the time before the first one. Defaults: 5 s and 1 s.
	PollInterval, PollFirst time.Duration
	// DeleteWait is how long a group of deletes waits for another delete that is expected. The default is 250 ms.
	DeleteWait time.Duration
	// Settle is how long a list may take to show a new object (goals.md R2). The default is 5 s.
	Settle time.Duration
	// Lag is how long a list may be behind a write (goals.md R5). The default is 30 s.
	Lag time.Duration
	// Uncoalesced makes each reader send its own list and each delete its own request. It is for measuring what sharing gains.
	Uncoalesced bool
}

// Client holds what the callers of one rest.Client share. It is safe for concurrent use.
type Client struct {
	REST    *rest.Client
	Options Options // with the defaults

	collections Map[string, any]   // path of a list → its *Collection
	creates     Map[string, any]   // path of a list → the *pendingCreates that it shows
	pollers     Map[any, any]      // key of Poll → its *poller
	groups      Map[any, any]      // key of Delete → its *deleteGroup
	deletes     Map[any, *deletes] // group of objects → those that are being deleted
}

// New returns a client that sends its requests with r.
func New(r *rest.Client, o Options) *Client {
	o.PollInterval = rest.OrDefault(o.PollInterval, 5*time.Second)
	o.PollFirst = rest.OrDefault(o.PollFirst, time.Second)
	o.DeleteWait = rest.OrDefault(o.DeleteWait, 250*time.Millisecond)
	o.Settle = rest.OrDefault(o.Settle, 5*time.Second)
	o.Lag = rest.OrDefault(o.Lag, 30*time.Second)
	return &Client{REST: r, Options: o}
}

// shared returns the value of a key in m, which is created if there is none. Uncoalesced clients share nothing.
func shared[K comparable, V any](c *Client, m *Map[K, any], key K, created V) V {
	if c.Options.Uncoalesced {
		return created
	}
	v, _ := m.LoadOrStore(key, created).(V)
	return v
}

// Map is a sync.Map with types.
type Map[K comparable, V any] struct{ m sync.Map }

// Load returns the value of a key.
func (m *Map[K, V]) Load(key K) (V, bool) {
	v, ok := m.m.Load(key)
	value, _ := v.(V)
	return value, ok
}

// Store sets the value of a key.
func (m *Map[K, V]) Store(key K, value V) { m.m.Store(key, value) }

// LoadOrStore returns the value of a key. If there is none, it stores value and returns it.
func (m *Map[K, V]) LoadOrStore(key K, value V) V {
	v, _ := m.m.LoadOrStore(key, value)
	stored, _ := v.(V)
	return stored
}

// Delete removes a key.
func (m *Map[K, V]) Delete(key K) { m.m.Delete(key) }
