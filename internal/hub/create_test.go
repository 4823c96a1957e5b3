package hub

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestLostCreates is goal R2: however the answer to a create is lost, one object exists at the end, and the create returns it.
func TestLostCreates(t *testing.T) {
	t.Parallel()
	var sum figures
	t.Cleanup(func() {
		t.Log(&sum)
		if sum.cases < 200 || sum.undecided > 0 {
			t.Errorf("%d cases, %d of them undecided: want 200 at least, all decided", sum.cases, sum.undecided)
		}
	})
	t.Run("faults", func(t *testing.T) { t.Parallel(); testLostCreates(t, &sum) })
	t.Run("siblings", func(t *testing.T) { t.Parallel(); testLostSiblings(t, &sum) })
}

// testLostCreates loses one create of each noun in every way, before and after the service processes it.
func testLostCreates(t *testing.T, sum *figures) {
	t.Helper()
	for name, n := range nouns {
		for way, fault := range map[string]mockhub.Fault{
			"reset": {Drop: true}, "500": {Status: 500}, "502": {Status: 502}, "503": {Status: 503}, "504": {Status: 504}, "page": {HTML: true},
			"wrong type": {Status: 200, Body: `7`}, "empty": {Status: 200}, "broken": {Status: 200, Body: `{"uuid":"43474`}, "another object": {Status: 200, Body: `{"name":"x"}`},
		} {
			for _, done := range []bool{true, false} {
				t.Run(fmt.Sprintf("%s/%s/done %t", name, way, done), func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) {
						s := olderServiceInProcess(t, mockhub.Quirks{})
						own := fault
						own.Route, own.Process = n.route, done
						s.Inject(own)
						id, err := n.create(t.Context(), s, 1)
						want := 2
						if done {
							want = 1
						}
						if sent := s.Count(n.route); sent != want || s.FaultsLeft() > 0 {
							t.Errorf("%d creates were sent, want %d", sent, want)
						}
						sum.count(t, n.stored(s), []ID{id}, []error{err}, 1, s.Count(n.route))
					})
				})
			}
		}
	}
}

// testLostSiblings loses a random half of ten identical creates in parallel.
func testLostSiblings(t *testing.T, sum *figures) {
	t.Helper()
	for name, n := range nouns {
		for seed := range uint64(8) {
			t.Run(fmt.Sprintf("%s/%d", name, seed), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					s, r := olderServiceInProcess(t, mockhub.Quirks{}), rand.New(rand.NewPCG(seed, 1))
					outcomes := []outcome{lostBefore, lostBefore, lostAfter, lostAfter, lostAfter, answered, answered, answered, answered, answered}
					r.Shuffle(len(outcomes), func(i, j int) { outcomes[i], outcomes[j] = outcomes[j], outcomes[i] })
					s.decide(r, n.route[strings.LastIndex(n.route, "/"):], outcomes)
					given, errs := together(t, s, n, 10, func(int) int { return 1 })
					sum.count(t, n.stored(s), given, errs, 5, s.Count(n.route)+2) // the two that were lost before did not reach the mock
				})
			})
		}
	}
}

// together sends creates in parallel.
func together(t *testing.T, s *testService, n noun, count int, variant func(i int) int) ([]ID, []error) {
	t.Helper()
	given, errs := make([]ID, count), make([]error, count)
	var wg sync.WaitGroup
	for i := range count {
		wg.Go(func() { given[i], errs[i] = n.create(t.Context(), s, variant(i)) })
	}
	wg.Wait()
	return given, errs
}

// TestCreatesThatAreAnswered: a create whose answer arrives is one request and no list.
func TestCreatesThatAreAnswered(t *testing.T) {
	t.Parallel()
	for name, n := range nouns {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serviceOverHTTP(t, mockhub.Quirks{})
			if _, err := n.create(t.Context(), s, 1); err != nil || s.Count("") != 1 {
				t.Errorf("%d requests, %v", s.Count(""), err)
			}
		})
	}
}
