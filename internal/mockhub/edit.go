package mockhub

import (
	"fmt"
	"time"
)

// editable is a pointer to a stored object of type T.
type editable[T any] interface {
	*T
	// clone returns a copy that shares no memory with the object.
	clone() T
	// restoreIDs sets the uuids, and what else an edit must not change, to those of old.
	restoreIDs(old T)
	// times returns the creation and the modification time.
	times() (created, modified *time.Time)
}

// edit lets change alter a stored object and reports whether the object was found. The modification time is set to now
// unless change sets it. change runs with the lock held.
func edit[T any, P editable[T]](h *Hub, t *table[T], uuid string, change func(*T)) bool {
	return h.modify(func(now time.Time) bool {
		old, found := t.get(uuid)
		if !found {
			return false
		}
		edited := P(&old).clone()
		change(&edited)
		stored := P(&edited).clone() // change may have kept a reference to what it was given
		P(&stored).restoreIDs(old)
		created, modified := P(&stored).times()
		if _, before := P(&old).times(); modified.Equal(*before) {
			*modified = now
		}
		*created, *modified = fillTimes(now, *created, *modified)
		t.put(now, uuid, stored)
		return true
	})
}

// mustExist panics when the parent of an object that a test adds does not exist.
func mustExist[T any](t *table[T], function, noun, uuid string) {
	if _, found := t.get(uuid); !found {
		panic(fmt.Sprintf("mockhub: %s: there is no %s %q", function, noun, uuid))
	}
}

// mustBeUnused panics when the uuid of an object that a test adds is malformed or already used.
func mustBeUnused[T any](t *table[T], function, uuid string) {
	if !isUUID(uuid) {
		panic(fmt.Sprintf("mockhub: %s: %q is not a uuid of 32 lower-case hex digits", function, uuid))
	}
	if t.existed(uuid) {
		panic(fmt.Sprintf("mockhub: %s: the uuid %s is already used", function, uuid))
	}
}

// fillTimes returns the times of an object that a test adds or edits. A zero creation time becomes now, and a zero
// modification time becomes the creation time. All times of the service have whole seconds (api.md §1).
func fillTimes(now, created, modified time.Time) (time.Time, time.Time) {
	if created.IsZero() {
		created = now
	}
	if modified.IsZero() {
		modified = created
	}
	return created.UTC().Truncate(time.Second), modified.UTC().Truncate(time.Second)
}
