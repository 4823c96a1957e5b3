package probe

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestPairs: with two switches of the mock, the facts that they stand for report their readings, everything is handled, and nothing is left
// behind.
func TestPairs(t *testing.T) {
	t.Parallel()
	type turned struct{ fact, reading, quirk string }
	var all []turned
	for i := range facts {
		for _, r := range facts[i].readings {
			if r.quirk != "" {
				all = append(all, turned{facts[i].id, r.name, r.quirk})
			}
		}
	}
	const seed, pairs = 415, 25
	random := rand.New(rand.NewPCG(seed, seed))
	for range pairs {
		a, b := all[random.IntN(len(all))], all[random.IntN(len(all))]
		if a.fact == b.fact || switchOf(a.quirk) == switchOf(b.quirk) { // one hides the other
			continue
		}
		t.Run(a.quirk+" "+b.quirk, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, func(q *mockhub.Quirks) { setQuirks(t, q, a.quirk+" "+b.quirk) })
			out := probeWith(t, e, "-json", "-ask")
			for _, f := range out.report.Facts {
				reading, _, _ := strings.Cut(f.Seen, " (")
				if f.ID == a.fact && reading != a.reading || f.ID == b.fact && reading != b.reading || f.Verdict != asAssumed && f.Verdict != handled {
					t.Errorf("%s: %s: %s", f.ID, f.Verdict, f.Seen)
				}
			}
			if left, n := e.Chatbots(), e.Count(""); len(left) > 0 || n > maxRequests || len(out.report.Facts) != len(facts) {
				t.Errorf("%d chatbots are left, %d requests\n%s", len(left), n, out.stderr)
			}
		})
	}
}

// switchOf returns the name of the first switch of assignments.
func switchOf(assignments string) string {
	name, _, _ := strings.Cut(assignments, "=")
	return name
}
