package mockhub

import (
	"sync"
	"time"
)

// Clock is the time by which a [Hub] stamps created_at, modified_at and the Date header. Tests move it forward instead of
// sleeping. It is safe for concurrent use.
type Clock struct {
	mu     sync.Mutex
	offset time.Duration
	frozen *time.Time // nil: the wall clock runs underneath
}

// NewClock returns a clock that runs with the wall clock, plus what Advance added.
func NewClock() *Clock { return &Clock{} }

// NewFrozenClock returns a clock that stands at t and moves by Advance only.
func NewFrozenClock(t time.Time) *Clock { return &Clock{frozen: &t} }

// Now returns the clock's time in UTC.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frozen != nil {
		return c.frozen.Add(c.offset).UTC()
	}
	// Round(0) drops the monotonic reading: a time that is saved and loaded again must compare equal.
	return time.Now().Round(0).Add(c.offset).UTC()
}

// Advance moves the clock forward by d (a negative d moves it back).
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset += d
}
