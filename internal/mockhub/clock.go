package mockhub

import (
	"sync"
	"time"
)

// Clock is the source of time of a [Hub]: of created_at, modified_at and the Date header. Tests move it forward instead of
// sleeping. It is safe for concurrent use.
type Clock struct {
	mu     sync.Mutex
	offset time.Duration
	frozen *time.Time // nil: offset is added to the wall clock
}

// NewClock returns a clock that shows the wall time plus what Advance has added.
func NewClock() *Clock { return &Clock{} }

// NewFrozenClock returns a clock that shows t until Advance moves it.
func NewFrozenClock(t time.Time) *Clock { return &Clock{frozen: &t} }

// Now returns the clock's time in UTC.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frozen != nil {
		return c.frozen.Add(c.offset).UTC()
	}
	// Round(0) removes the monotonic reading, so that a time that is saved and loaded again compares equal.
	return time.Now().Round(0).Add(c.offset).UTC()
}

// Advance moves the clock forward by d (a negative d moves it back).
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset += d
}
