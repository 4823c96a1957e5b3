package rest

import (
	"net/http"
	"sync"
	"time"
)

// Clock estimates the service's time from the Date headers of its answers. The times of objects are the service's, so that they cannot
// be compared with this machine's clock.
type Clock struct {
	mu     sync.Mutex
	offset time.Duration // of the service's clock from ours, at least
	known  bool          // an answer had a Date
}

// observe records the Date of an answer that was received at now. Date is truncated to seconds and the answer took time to
// arrive, so the service's clock is not behind it.
func (c *Clock) observe(h http.Header, now time.Time) {
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset, c.known = date.Sub(now), true
}

// Now returns the service's time, or zero if no answer had a Date.
func (c *Clock) Now() time.Time { return c.From(time.Now())() }

// From returns a function that gives a time of the service that is not later than the creation of any object created at or after start.
// Like created_at it has whole seconds. It is called after the create, when more is known of the service's clock; it is zero if no
// answer had a Date.
func (c *Clock) From(start time.Time) func() time.Time {
	offsetBefore, knownBefore := c.read()
	return func() time.Time {
		offset, known := c.read()
		if knownBefore {
			offset = min(offset, offsetBefore)
		}
		if !known {
			return time.Time{}
		}
		return start.Add(offset).Truncate(time.Second)
	}
}

func (c *Clock) read() (offset time.Duration, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.offset, c.known
}
