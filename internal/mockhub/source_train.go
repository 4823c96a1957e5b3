package mockhub

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// trained is the status of a source that is done (api.md §5).
const trained = "success"

// DocsStatuses are statuses of sources in training as the service's docs have them, for Quirks.TrainingStatuses.
func DocsStatuses() []string { return []string{"await", "queued", "assigned", "running"} }

// SDKStatuses are statuses of sources in training as the vendor's SDK has them, for Quirks.TrainingStatuses.
func SDKStatuses() []string {
	return []string{"await", "queued", "pending", "downloading", "extracting", "chunking", "embedding"}
}

// working are the statuses that a source's training goes through.
func (s Source) working(q Quirks) []string {
	switch {
	case len(s.TrainingStatuses) > 0:
		return s.TrainingStatuses
	case len(q.TrainingStatuses) > 0:
		return q.TrainingStatuses
	}
	return []string{"queued", "running"}
}

// begin puts a source into training.
func (s *Source) begin(now time.Time, q Quirks) {
	took := s.TrainingTime
	if took == 0 {
		var own bool
		if took, own = q.TrainingTimes[s.subject()]; !own {
			took = q.TrainingTime
		}
	}
	s.Status, s.TrainingBegan, s.TrainingEnds = "", now, now.Add(took)
	s.Trainings++
	s.Failing = s.FailsWith != "" && s.FailuresLeft != 0
	if s.FailuresLeft > 0 {
		s.FailuresLeft--
	}
}

// retrain puts a source into training again.
func (s *Source) retrain(now time.Time, q Quirks) {
	title, landed := s.titleAt(now, q)
	s.TrainedBefore = s.known(now, q)
	s.Title, s.TitleWrittenEarly = title, false
	if landed {
		s.AITitle = ""
	}
	s.begin(now, q)
	if q.TitleChangesLate || q.TitleOverwritten {
		s.AITitle = s.aiTitle(q)
	}
}

// fix gives a source a status that stands still; "" lets it follow the training again.
func (s *Source) fix(status string, now time.Time, q Quirks) {
	s.TrainedBefore = s.known(now, q)
	s.Status = status
}

// statusAt is the status at a time: the working ones share the time of the training equally.
func (s Source) statusAt(now time.Time, q Quirks) string {
	switch {
	case s.Status != "":
		return s.Status
	case !now.Before(s.TrainingEnds) && s.Failing:
		return s.FailsWith
	case !now.Before(s.TrainingEnds):
		return trained
	}
	working := s.working(q)
	part := float64(now.Sub(s.TrainingBegan)) / float64(s.TrainingEnds.Sub(s.TrainingBegan))
	// part is below 0 when the clock has been moved back before the beginning.
	return working[min(int(max(part, 0)*float64(len(working))), len(working)-1)]
}

// known reports whether the service knows the size and the tokens of a source.
func (s Source) known(now time.Time, q Quirks) bool {
	return s.TrainedBefore || s.statusAt(now, q) == trained
}

// titleAt is the title at a time, and whether the AI has had its say by then.
func (s Source) titleAt(now time.Time, q Quirks) (title string, landed bool) {
	switch {
	case s.Status == trained, s.AITitle == "":
		landed = true
	case s.Status == "" && !s.Failing:
		landed = !now.Before(s.TrainingEnds.Add(q.TitleDelay))
	}
	if !landed || s.AITitle == "" || s.TitleWritten && !(q.TitleOverwritten && s.TitleWrittenEarly) {
		return s.Title, landed
	}
	return s.AITitle, true
}

// retitle gives a source a title that somebody has written.
func (s *Source) retitle(title string, now time.Time, q Quirks) {
	_, landed := s.titleAt(now, q)
	if landed {
		s.AITitle = ""
	}
	s.Title, s.TitleWritten, s.TitleWrittenEarly = title, true, !landed
}

// aiTitle is the title that the service makes for a source. It is the same for each training unless titles change.
func (s Source) aiTitle(q Quirks) string {
	if q.TitleChangesLate && s.Trainings > 1 {
		return fmt.Sprintf("About %s, training %d", s.subject(), s.Trainings)
	}
	return "About " + s.subject()
}

// at returns a source as it shows at a time.
func (s Source) at(now time.Time, q Quirks) Source {
	status := s.statusAt(now, q)
	if !s.known(now, q) {
		s.FileSize, s.Tokens = 0, 0
	}
	ended := s.TrainingEnds.Truncate(time.Second)
	if q.TrainingTouches && s.Status == "" && !now.Before(s.TrainingEnds) && ended.After(s.ModifiedAt) {
		s.ModifiedAt = ended
	}
	s.Title, _ = s.titleAt(now, q)
	s.Status = status
	return s.clone()
}

// failMark is what makes a training fail: fail-error:token, fail-fail, fail-3x-error:rate limit. A reason is letters and
// spaces; where there can be no spaces, "_", "+" and "%20" stand for them.
var failMark = regexp.MustCompile(`fail-(?:([1-9][0-9]{0,3})x-)?(fail|error(?::[a-z](?:[a-z _+]|%20)*)?)`)

// mark reads the first marker in the texts: it says how often, and with which status, trainings fail.
func (s *Source) mark(q Quirks, texts ...string) {
	for _, text := range texts {
		m := failMark.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		s.FailsWith = strings.TrimSpace(strings.NewReplacer("_", " ", "+", " ", "%20", " ").Replace(m[2]))
		s.FailuresLeft = -1
		if slices.Contains([]string{"error:rate limit", "error:scraper rate limit", "error:download"}, s.FailsWith) {
			s.FailuresLeft = q.TransientFailures
			if s.FailuresLeft == 0 {
				s.FailuresLeft = 1
			}
		}
		if m[1] != "" {
			s.FailuresLeft, _ = strconv.Atoi(m[1]) // the pattern lets nothing but small numbers through
		}
		return
	}
}
