package consistency

import (
	"context"
	"fmt"
	"testing"
)

// The sizes of the lists; the names are stable for benchstat.
var sizes = []int{100, 1000, 5000}

func things(n int) []thing {
	out := make([]thing, n)
	for i := range out {
		out[i].ID = thingID(i)
	}
	return out
}

// BenchmarkSnapshot measures the index of a list.
func BenchmarkSnapshot(b *testing.B) {
	for _, n := range sizes {
		items := things(n)
		b.Run(fmt.Sprint("n=", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c := &Collection[thing]{}
				if s := c.snapshot(&listCall[thing]{}, items); len(s.index) != n {
					b.Fatal(len(s.index))
				}
			}
		})
	}
}

// BenchmarkFind measures the look-up of one object in an existing list, as for each resource of a refresh.
func BenchmarkFind(b *testing.B) {
	for _, n := range sizes {
		items := things(n)
		c := &Collection[thing]{fetch: func(context.Context) ([]thing, error) { return items, nil }}
		b.Run(fmt.Sprint("n=", n), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, found, err := c.Find(b.Context(), items[i%n].ID); !found || err != nil {
					b.Fatal(found, err)
				}
			}
		})
	}
}
