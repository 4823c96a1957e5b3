package mockhub

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// historyKept is how far back a table can be listed, by the hub's clock.
const historyKept = 10 * time.Minute

// version is an object as it was from a time on, or its absence.
type version[T any] struct {
	at    time.Time
	gone  bool
	value T
}

// table keeps the objects of one noun, oldest first, with their recent past. Its zero value is empty. Objects are values:
// whoever changes a slice or map inside one replaces it, because old versions and answers may still refer to it.
type table[T any] struct {
	rows  map[string][]version[T]
	order []string // uuids by age; those of removed objects stay, to tell "gone" from "never there"
}

// newUUID returns a uuid in the service's form.
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails, by its documentation
	return hex.EncodeToString(b[:])
}

func (t *table[T]) get(uuid string) (T, bool) {
	vs := t.rows[uuid]
	if len(vs) == 0 || vs[len(vs)-1].gone {
		var none T
		return none, false
	}
	return vs[len(vs)-1].value, true
}

// had reports whether the uuid is or was there.
func (t *table[T]) had(uuid string) bool { return len(t.rows[uuid]) > 0 }

func (t *table[T]) put(now time.Time, uuid string, value T) {
	if !t.had(uuid) {
		t.order = append(t.order, uuid)
	}
	t.push(uuid, version[T]{at: now, value: value})
}

func (t *table[T]) remove(now time.Time, uuid string) bool {
	if _, is := t.get(uuid); !is {
		return false
	}
	t.push(uuid, version[T]{at: now, gone: true})
	return true
}

func (t *table[T]) removeWhere(now time.Time, match func(T) bool) {
	for _, uuid := range t.order {
		if value, is := t.get(uuid); is && match(value) {
			t.remove(now, uuid)
		}
	}
}

// push adds a version and forgets those that no listing can reach any more.
func (t *table[T]) push(uuid string, v version[T]) {
	if t.rows == nil {
		t.rows = map[string][]version[T]{}
	}
	vs := slices.Concat(t.rows[uuid], []version[T]{v}) // a copy: the old array may have room that others read
	horizon, first := v.at.Add(-historyKept), 0
	for i := range vs {
		if !vs[i].at.After(horizon) {
			first = i
		}
	}
	t.rows[uuid] = slices.Delete(vs, 0, first)
}

// listed is the time of the world that a call's lists show.
func (c *call) listed() time.Time { return c.now.Add(-max(min(c.quirks.ListLag, historyKept), 0)) }

// list returns the objects that keep accepts (nil: all) as a call's listing sees them: as they were ListLag ago, in the
// order the quirks ask for.
func (t *table[T]) list(c *call, keep func(T) bool) []T {
	var out []T
	if at := c.listed(); at.Before(c.now) {
		out = t.asOf(at, keep)
	} else {
		out = t.all(keep)
	}
	if c.quirks.ListNewestFirst {
		slices.Reverse(out)
	}
	return out
}

// all returns the objects that keep accepts as they are now, oldest first.
func (t *table[T]) all(keep func(T) bool) []T {
	var out []T
	for _, uuid := range t.order {
		if value, is := t.get(uuid); is && (keep == nil || keep(value)) {
			out = append(out, value)
		}
	}
	return out
}

func (t *table[T]) asOf(at time.Time, keep func(T) bool) []T {
	var out []T
	for _, uuid := range t.order {
		vs := t.rows[uuid]
		i := len(vs) - 1
		for i >= 0 && vs[i].at.After(at) {
			i--
		}
		if i >= 0 && !vs[i].gone && (keep == nil || keep(vs[i].value)) {
			out = append(out, vs[i].value)
		}
	}
	return out
}

// saved is an object in a saved state.
type saved[T any] struct {
	UUID  string `json:"uuid"`
	Value T      `json:"value"`
}

// MarshalJSON writes the objects that are there, oldest first, without their past.
func (t table[T]) MarshalJSON() ([]byte, error) {
	out := []saved[T]{}
	for _, uuid := range t.order {
		if value, is := t.get(uuid); is {
			out = append(out, saved[T]{uuid, value})
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote. The objects count as old: a lagging list shows them at once.
func (t *table[T]) UnmarshalJSON(raw []byte) error {
	var in []saved[T]
	if err := json.Unmarshal(raw, &in); err != nil {
		return err
	}
	*t = table[T]{}
	for _, s := range in {
		if !isUUID(s.UUID) || t.had(s.UUID) {
			return fmt.Errorf("invalid or repeated uuid %q", s.UUID)
		}
		t.put(time.Time{}, s.UUID, s.Value)
	}
	return nil
}
