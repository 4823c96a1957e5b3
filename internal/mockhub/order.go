package mockhub

import "math/rand/v2"

// shuffle puts items into another order in each listing, if on. It is seeded by the number of listings, so that the same calls
// give the same orders.
func shuffle[T any](h *Hub, on bool, items []T) {
	h.listings++
	if on {
		r := rand.New(rand.NewPCG(1, h.listings))
		r.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	}
}
