package consistency

import (
	"context"
	"sync"
	"time"
)

// deletes are the deletes of one group. Creates wait for them: the object that a create conflicts with may be about to be deleted.
type deletes struct {
	grace time.Duration // how long a delete that follows another may take to arrive

	mu       sync.Mutex
	begun    bool          // there was a delete
	inFlight int           // deletes
	working  int           // other calls that end without a delete; see Working
	done     map[any]bool  // the objects that were deleted
	changed  chan struct{} // closed after each change of the fields above
	leaving  chan struct{} // has an element while a caller of AwaitDelete is about to leave
}

// deletesOf returns the deletes of a group. They are shared by uncoalesced clients, too.
func deletesOf(c *Client, group any) *deletes {
	return c.deletes.LoadOrStore(group, &deletes{grace: c.Options.DeleteWait, done: map[any]bool{}, changed: make(chan struct{}), leaving: make(chan struct{}, 1)})
}

// change changes the deletes and notifies the callers of AwaitDelete.
func (d *deletes) change(f func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f()
	close(d.changed)
	d.changed = make(chan struct{})
}

// Deleting calls send, which deletes an object, and lets creates of the group wait for it.
func Deleting[K comparable](c *Client, group any, key K, send func() error) (err error) {
	d := deletesOf(c, group)
	deleted := false // also after a panic
	d.change(func() { d.begun = true; d.inFlight++ })
	defer d.change(func() {
		d.inFlight--
		if deleted {
			d.done[key] = true
		}
	})
	err = send()
	deleted = err == nil
	return err
}

// HasDeletes reports whether this process has begun to delete an object of the group.
func HasDeletes(c *Client, group any) bool {
	d := deletesOf(c, group)
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.begun
}

// Working says that a call works on objects of the group, until end is called. Terraform runs a limited number of calls at a time, so a
// delete may follow when this one ends.
func Working(c *Client, group any) (end func()) {
	d := deletesOf(c, group)
	d.change(func() { d.working++ })
	return func() { d.change(func() { d.working-- }) }
}

// AwaitDelete waits until this process has deleted an object, and reports whether it has. It waits as long as deletes of the group are in
// flight and, once there was one, as long as other calls of the group go on. Then the callers leave one after the other, because the call
// that takes the place of one may be a delete. Without any delete, each leaves after the grace time.
func AwaitDelete[K comparable](ctx context.Context, c *Client, group any, key K) bool {
	d := deletesOf(c, group)
	for {
		d.mu.Lock()
		done, begun, busy, changed := d.done[key], d.begun, d.inFlight > 0 || d.begun && d.working > 0, d.changed
		d.mu.Unlock()
		leave := d.leaving
		switch {
		case done:
			return true
		case ctx.Err() != nil:
			return false
		case busy:
			leave = nil // no caller leaves
		case !begun:
			if d.waitQuiet(ctx, changed) {
				return false
			}
			continue
		}
		select {
		case <-changed:
		case <-ctx.Done():
		case leave <- struct{}{}:
			left := d.waitQuiet(ctx, changed)
			<-d.leaving
			if left {
				return false
			}
		}
	}
}

// waitQuiet waits for the grace time and reports whether nothing has changed in it.
func (d *deletes) waitQuiet(ctx context.Context, changed <-chan struct{}) bool {
	timer := time.NewTimer(d.grace)
	defer timer.Stop()
	select {
	case <-changed:
		return false
	case <-ctx.Done():
		return true
	case <-timer.C:
		return true
	}
}
