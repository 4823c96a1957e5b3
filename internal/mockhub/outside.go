package mockhub

import (
	"fmt"
	"time"
)

// mustHave panics when the parent of an object that is added from outside is not there: a typing error in a test.
func mustHave[T any](t *table[T], who, noun, uuid string) {
	if _, is := t.get(uuid); !is {
		panic(fmt.Sprintf("mockhub: %s: there is no %s %q", who, noun, uuid))
	}
}

// mustBeFree panics when the uuid of an object that is added from outside is malformed or taken.
func mustBeFree[T any](t *table[T], who, uuid string) {
	if !isUUID(uuid) {
		panic(fmt.Sprintf("mockhub: %s: %q is not a uuid of 32 lower-case hex digits", who, uuid))
	}
	if t.had(uuid) {
		panic(fmt.Sprintf("mockhub: %s: the uuid %s is taken", who, uuid))
	}
}

// stamps completes the times of an object from outside: created now and modified when created, unless they are set. They have
// whole seconds, as all times of the service.
func stamps(now, created, modified time.Time) (time.Time, time.Time) {
	if created.IsZero() {
		created = now
	}
	if modified.IsZero() {
		modified = created
	}
	return created.UTC().Truncate(time.Second), modified.UTC().Truncate(time.Second)
}
