package consistency

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// awaited is the result of an AwaitDelete and how long it took.
type awaited struct {
	deleted bool
	took    time.Duration
}

func await(ctx context.Context, c *Client, key string) <-chan awaited {
	out := make(chan awaited, 1)
	start := time.Now()
	go func() {
		deleted := AwaitDelete(ctx, c, "group", key)
		out <- awaited{deleted, time.Since(start)}
	}()
	return out
}

// remove deletes an object of the group, which takes a second.
func remove(c *Client, key string, err error) {
	_ = Deleting(c, "group", key, func() error { time.Sleep(time.Second); return err })
}

func TestAwaitDelete(t *testing.T) {
	t.Parallel()
	refused := errors.New("refused")
	for name, test := range map[string]struct {
		during func(*Client)
		want   awaited
	}{
		"none":             {func(*Client) {}, awaited{false, wait}},
		"its own":          {func(c *Client) { remove(c, "a", nil) }, awaited{true, time.Second}},
		"its own fails":    {func(c *Client) { remove(c, "a", refused) }, awaited{false, time.Second + wait}},
		"after another":    {func(c *Client) { remove(c, "b", nil); remove(c, "a", nil) }, awaited{true, 2 * time.Second}},
		"only another":     {func(c *Client) { remove(c, "b", nil) }, awaited{false, time.Second + wait}},
		"a training alone": {func(c *Client) { end := Working(c, "group"); time.Sleep(time.Minute); end() }, awaited{false, 2 * wait}}, // its begin is a change
		"after a training": {func(c *Client) {
			end := Working(c, "group")
			remove(c, "b", nil)
			time.Sleep(time.Minute)
			end()
			remove(c, "a", nil)
		}, awaited{true, time.Minute + 2*time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c := offline(t, nil)
				got := await(t.Context(), c, "a")
				synctest.Wait()
				go test.during(c)
				if g := <-got; g.deleted != test.want.deleted || g.took > test.want.took {
					t.Errorf("%+v, want %+v", g, test.want)
				}
				time.Sleep(2 * time.Minute) // until everything has ended
			})
		})
	}
	t.Run("before", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			c := offline(t, nil)
			remove(c, "a", nil)
			if g := <-await(t.Context(), c, "a"); !g.deleted || g.took > 0 {
				t.Errorf("%+v", g)
			}
		})
	})
	t.Run("interrupted", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			c := offline(t, nil)
			go remove(c, "b", nil)
			synctest.Wait()
			ctx, cancel := context.WithCancel(t.Context())
			got := await(ctx, c, "a")
			cancel()
			if g := <-got; g.deleted || g.took > 0 {
				t.Errorf("%+v", g)
			}
			time.Sleep(time.Second) // until the delete has ended
		})
	})
}

// TestLeaveOneByOne: after a delete, the callers leave one after the other, and the delete that takes the place of one is waited for.
func TestLeaveOneByOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := offline(t, nil)
		remove(c, "x", nil)
		if !HasDeletes(c, "group") || HasDeletes(c, "other") {
			t.Error("the group of the delete is wrong")
		}
		waiters := map[string]<-chan awaited{"a": await(t.Context(), c, "a"), "b": await(t.Context(), c, "b"), "c": await(t.Context(), c, "c")}
		left := ""
		time.Sleep(wait + time.Millisecond)
		for name, w := range waiters {
			select {
			case <-w:
				left += name
			default:
			}
		}
		if len(left) != 1 {
			t.Fatalf("%q have left, want one", left)
		}
		delete(waiters, left)
		for name := range waiters {
			go remove(c, name, nil)
		}
		for name, w := range waiters {
			if g := <-w; !g.deleted {
				t.Errorf("%s: %+v", name, g)
			}
		}
	})
}
