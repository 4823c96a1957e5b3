package mockhub

import "math/rand/v2"

// shuffle puts items into a random order if on is true. The seed is the number of lists so far, so that the same requests
// get the same orders.
func shuffle[T any](h *Hub, on bool, items []T) {
	h.listings++
	if on {
		r := rand.New(rand.NewPCG(1, h.listings))
		r.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	}
}
