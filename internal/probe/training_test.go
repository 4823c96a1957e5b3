package probe

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// seenOf returns what a report says about a fact.
func seenOf(t *testing.T, out output, id string) string {
	t.Helper()
	i := slices.IndexFunc(out.report.Facts, func(f jsonFact) bool { return f.ID == id })
	if i < 0 {
		t.Fatalf("the report has no %s", id)
	}
	return out.report.Facts[i].Seen
}

// TestTrainingStatuses: the statuses of trainings are in the report with their times, in the order in which they were seen. The wait for the
// end is bounded.
func TestTrainingStatuses(t *testing.T) {
	t.Parallel()
	timed := regexp.MustCompile(`([a-z]+) \d+ s`)
	for name, c := range map[string]struct {
		takes time.Duration
		ended bool
	}{"a while": {150 * time.Millisecond, true}, "forever": {time.Hour, false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, func(q *mockhub.Quirks) { q.TrainingTime = c.takes })
			seen := seenOf(t, probeWith(t, e, "-json"), "training-statuses")
			order := []string{"await", "queued", "downloading", "extracting", "chunking", "embedding", "success"}
			last := -1
			for _, status := range timed.FindAllStringSubmatch(seen, -1) {
				i := slices.Index(order, status[1])
				if i <= last && last < len(order)-1 { // behind success are those of other sources
					t.Errorf("%s is not in its place: %s", status[1], seen)
				}
				last = max(i, last)
			}
			if !strings.HasPrefix(seen, "those of the vendor's client (await 0 s") || strings.HasSuffix(seen, "still in training)") == c.ended || (last == len(order)-1) != c.ended {
				t.Error(seen)
			}
		})
	}
}

// TestFailedTraining: a training that fails is a reading, and its reason is shown if it has the form of one.
func TestFailedTraining(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]string{
		"error:token":                 "a failure (await 0 s, error:token 0 s)",
		"Error:No Text":               "a failure (await 0 s, error:no text 0 s)",
		"error:https://x.test/?k=abc": "a failure (await 0 s, another text 0 s)",
	} {
		e := acctest.Start(t)
		e.Inject(mockhub.Fault{Route: "GET /chatbot/{uuid}/data-sources", Skip: 1, Times: -1, Mutate: func(list []byte) []byte {
			return []byte(strings.ReplaceAll(string(list), `"status":"success"`, `"status":"`+status+`"`))
		}})
		if seen := seenOf(t, probeWith(t, e, "-json"), "training-statuses"); seen != want {
			t.Errorf("%s: %s", status, seen)
		}
	}
}
