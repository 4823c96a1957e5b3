package mockhub

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// historyLength is how far back a table can be listed, by the hub's clock.
const historyLength = 10 * time.Minute

// version is an object from a time on. gone is true if it was deleted at that time.
type version[T any] struct {
	at    time.Time
	gone  bool
	value T
}

// table holds the objects of one noun, oldest first, with their recent versions. The zero value is an empty table. Slices
// and maps in stored objects must not be modified, only replaced, because older versions and answers may share them.
type table[T any] struct {
	rows  map[string][]version[T]
	order []string // uuids by age, including those of removed objects
}

// newUUID returns a uuid in the service's form.
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // documented to never return an error
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

// existed reports whether the uuid is or was in the table.
func (t *table[T]) existed(uuid string) bool { return len(t.rows[uuid]) > 0 }

func (t *table[T]) put(now time.Time, uuid string, value T) {
	if !t.existed(uuid) {
		t.order = append(t.order, uuid)
	}
	t.push(uuid, version[T]{at: now, value: value})
}

func (t *table[T]) remove(now time.Time, uuid string) bool {
	if _, found := t.get(uuid); !found {
		return false
	}
	t.push(uuid, version[T]{at: now, gone: true})
	return true
}

// deleteOne is the answer to a request that deletes one object. remove removes it and reports whether it was found.
func deleteOne[T any](c *call, t *table[T], noun string, remove func(now time.Time, uuid string) bool) answer {
	if remove(c.now, c.id) || c.quirks.SecondDeleteSucceeds && t.existed(c.id) {
		return success()
	}
	return notFound(c, noun, t.existed(c.id))
}

func (t *table[T]) removeWhere(now time.Time, match func(T) bool) {
	for _, uuid := range t.order {
		if value, found := t.get(uuid); found && match(value) {
			t.remove(now, uuid)
		}
	}
}

// push adds a version and removes those that no list can show any more.
func (t *table[T]) push(uuid string, v version[T]) {
	if t.rows == nil {
		t.rows = map[string][]version[T]{}
	}
	vs := slices.Concat(t.rows[uuid], []version[T]{v}) // a copy, because the old array may be shared
	horizon, first := v.at.Add(-historyLength), 0
	for i := range vs {
		if !vs[i].at.After(horizon) {
			first = i
		}
	}
	t.rows[uuid] = slices.Delete(vs, 0, first)
}

// listTime is the time as of which lists show objects in this call.
func (c *call) listTime() time.Time { return c.now.Add(-max(min(c.quirks.ListLag, historyLength), 0)) }

// list returns the objects for which keep returns true (nil: all) as a list shows them in this call: as of
// Quirks.ListLag ago, and in the order of Quirks.ListNewestFirst.
func (t *table[T]) list(c *call, keep func(T) bool) []T {
	var out []T
	if at := c.listTime(); at.Before(c.now) {
		out = t.listAt(at, keep)
	} else {
		out = t.all(keep)
	}
	if c.quirks.ListNewestFirst {
		slices.Reverse(out)
	}
	return out
}

// all returns the current objects for which keep returns true (nil: all), oldest first.
func (t *table[T]) all(keep func(T) bool) []T {
	var out []T
	for _, uuid := range t.order {
		if value, found := t.get(uuid); found && (keep == nil || keep(value)) {
			out = append(out, value)
		}
	}
	return out
}

func (t *table[T]) listAt(at time.Time, keep func(T) bool) []T {
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

// saved is an object in the JSON of Save.
type saved[T any] struct {
	UUID  string `json:"uuid"`
	Value T      `json:"value"`
}

// MarshalJSON returns the current objects, oldest first, without older versions.
func (t table[T]) MarshalJSON() ([]byte, error) {
	out := []saved[T]{}
	for _, uuid := range t.order {
		if value, found := t.get(uuid); found {
			out = append(out, saved[T]{uuid, value})
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads the JSON of MarshalJSON. Lists show the objects immediately, also with Quirks.ListLag.
func (t *table[T]) UnmarshalJSON(raw []byte) error {
	var in []saved[T]
	if err := json.Unmarshal(raw, &in); err != nil {
		return err
	}
	*t = table[T]{}
	for _, s := range in {
		if !isUUID(s.UUID) || t.existed(s.UUID) {
			return fmt.Errorf("invalid or repeated uuid %q", s.UUID)
		}
		t.put(time.Time{}, s.UUID, s.Value)
	}
	return nil
}
