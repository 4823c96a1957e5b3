package consistency

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// ID is the uuid of an object.
type ID = rest.ID

// Object is what all objects of the service have in common (api.md §1). The type of each object embeds it. Times are RFC 3339, in whole
// seconds; they are empty where an answer lacks them.
type Object struct {
	ID         ID     `json:"uuid"`
	CreatedAt  string `json:"created_at"`
	ModifiedAt string `json:"modified_at"`
	// Unreadable has the paths of the fields whose values could not be read, such as "meta.tags". They count as absent.
	Unreadable []string `json:"-"`
}

// AnyObject is a type that embeds Object.
type AnyObject interface{ object() Object }

func (o Object) object() Object { return o }

// Check implements rest.Checker. It refuses an answer without an id.
func (o *Object) Check() error {
	if o.ID == "" {
		return errors.New("the object has no uuid")
	}
	return nil
}

// IsUnreadable reports whether a field, such as "name" or "meta.tags", could not be read.
func (o Object) IsUnreadable(field string) bool { return slices.Contains(o.Unreadable, field) }

// SetUnreadable implements rest.Lenient.
func (o *Object) SetUnreadable(paths []string) { o.Unreadable = paths }

// CreatedBefore reports whether the object was created before t, a time of the service. known is false if one of the two times is not
// known.
func (o Object) CreatedBefore(t time.Time) (before, known bool) {
	at, err := time.Parse(time.RFC3339, o.CreatedAt)
	known = err == nil && !t.IsZero()
	return known && at.Before(t), known
}

// OldestFirst returns the objects ordered by creation, then by id. The service guarantees no order, and lists are shared, so it is a copy.
func OldestFirst[T AnyObject](objects []T) []T {
	return SortedFunc(objects, func(a, b T) int {
		x, y := a.object(), b.object()
		return cmp.Or(cmp.Compare(x.CreatedAt, y.CreatedAt), cmp.Compare(x.ID, y.ID))
	})
}

// SortedFunc returns a sorted copy of values. Equal values keep their order. It sorts indexes, because the compiler makes a sort of its own for each
// type of values, of about 25 kB.
func SortedFunc[T any](values []T, compare func(a, b T) int) []T {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return compare(values[a], values[b]) })
	sorted := make([]T, len(values))
	for i, from := range order {
		sorted[i] = values[from]
	}
	return sorted
}

// IDs returns the ids of the objects.
func IDs[T AnyObject](objects []T) []ID {
	ids := make([]ID, len(objects))
	for i, o := range objects {
		ids[i] = o.object().ID
	}
	return ids
}

// List is a JSON array of objects. Any other value, an element without an id and an id that occurs twice are errors: an incomplete list must not be
// taken for the deletion of what it lacks (goals.md R4).
type List[T AnyObject] []T

// Check returns an error if an object has no id or the id of another one.
func (l List[T]) Check() error {
	check := checkObjects[T](len(l), func() error { return nil })
	for i := range l {
		if err := check(&l[i]); err != nil {
			return fmt.Errorf("element %d: %w", i, err)
		}
	}
	return nil
}

// DecodeList implements rest.List.
func (l *List[T]) DecodeList(raw []byte, goOn func() error) error {
	n, err := rest.CountObjects(raw)
	if err == nil {
		*l, err = rest.DecodeObjects(raw, n, checkObjects[T](n, goOn))
	}
	return err
}

// maxSeen is for how many ids checkObjects takes memory before it has seen them.
const maxSeen = 100_000

// checkObjects returns a function that checks n objects of a list, one after the other.
func checkObjects[T AnyObject](n int, goOn func() error) func(*T) error {
	seen := make(map[ID]bool, min(n, maxSeen))
	return func(object *T) error {
		if c, ok := any(object).(rest.Checker); ok {
			if err := c.Check(); err != nil {
				return err
			}
		}
		id := (*object).object().ID
		if seen[id] {
			return fmt.Errorf("uuid %s occurs twice in the list", id)
		}
		seen[id] = true
		return goOn()
	}
}
