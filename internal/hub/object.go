package hub

import (
	"cmp"
	"errors"
	"slices"
)

// Object is what all objects of the service have in common (api.md §1). The type of each object embeds it. Times are RFC 3339, in whole
// seconds; they are empty where an answer lacks them.
type Object struct {
	ID         ID     `json:"uuid"`
	CreatedAt  string `json:"created_at"`
	ModifiedAt string `json:"modified_at"`
}

// AnyObject is a type that embeds Object.
type AnyObject interface{ object() Object }

func (o Object) object() Object { return o }

// check refuses an answer without an id.
func (o *Object) check() error {
	if o.ID == "" {
		return errors.New("the object has no uuid")
	}
	return nil
}

// OldestFirst returns the objects ordered by creation, then by id. The service promises no order, and lists of a Client are shared, so it
// is a copy.
func OldestFirst[T AnyObject](objects []T) []T {
	return slices.SortedFunc(slices.Values(objects), func(a, b T) int {
		x, y := a.object(), b.object()
		return cmp.Or(cmp.Compare(x.CreatedAt, y.CreatedAt), cmp.Compare(x.ID, y.ID))
	})
}
