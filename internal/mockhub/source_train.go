package mockhub

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// statusSuccess is the status after a successful training (api.md §5).
const statusSuccess = "success"

// DocsStatuses returns the statuses of training in the documentation of the service, for Quirks.TrainingStatuses (api.md §5).
func DocsStatuses() []string { return []string{"await", "queued", "assigned", "running"} }

// clientStatuses returns the statuses of training in the vendor's client, in their order (api.md §5).
func clientStatuses() []string {
	return []string{"await", "queued", "downloading", "extracting", "chunking", "embedding"}
}

// trainingStatuses returns the statuses that a source has in turn during its training.
func (s Source) trainingStatuses(q Quirks) []string {
	switch {
	case len(s.TrainingStatuses) > 0:
		return s.TrainingStatuses
	case len(q.TrainingStatuses) > 0:
		return q.TrainingStatuses
	}
	return clientStatuses()
}

// startTraining starts a training of a source.
func (s *Source) startTraining(now time.Time, q Quirks) {
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

// retrain starts another training of a source.
func (s *Source) retrain(now time.Time, q Quirks) {
	title, final := s.titleAt(now, q)
	s.TrainedBefore = s.countsKnown(now, q)
	s.Title, s.TitleWrittenEarly = title, false
	if final {
		s.AITitle = ""
	}
	s.startTraining(now, q)
	if q.TitleChangesLate || q.TitleOverwritten {
		s.AITitle = s.generatedTitle(q)
	}
}

// setStatus sets a status that does not follow the training. "" makes the status follow the training again.
func (s *Source) setStatus(status string, now time.Time, q Quirks) {
	s.TrainedBefore = s.countsKnown(now, q)
	s.Status = status
}

// statusAt is the status at a time. The statuses of training take equal shares of its time.
func (s Source) statusAt(now time.Time, q Quirks) string {
	switch {
	case s.Status != "":
		return s.Status
	case !now.Before(s.TrainingEnds) && s.Failing:
		return s.FailsWith
	case !now.Before(s.TrainingEnds):
		return statusSuccess
	}
	trainingStatuses := s.trainingStatuses(q)
	part := float64(now.Sub(s.TrainingBegan)) / float64(s.TrainingEnds.Sub(s.TrainingBegan))
	// part is negative if the clock has been moved back to a time before the training.
	return trainingStatuses[min(int(max(part, 0)*float64(len(trainingStatuses))), len(trainingStatuses)-1)]
}

// countsKnown reports whether answers have the size and the tokens of a source.
func (s Source) countsKnown(now time.Time, q Quirks) bool {
	return s.TrainedBefore || s.statusAt(now, q) == statusSuccess
}

// titleAt is the title at a time. final is true if the generated title, if any, has been set by then.
func (s Source) titleAt(now time.Time, q Quirks) (title string, final bool) {
	switch {
	case s.Status == statusSuccess, s.AITitle == "":
		final = true
	case s.Status == "" && !s.Failing:
		final = !now.Before(s.TrainingEnds.Add(q.TitleDelay))
	}
	if !final || s.AITitle == "" || s.TitleWritten && !(q.TitleOverwritten && s.TitleWrittenEarly) {
		return s.Title, final
	}
	return s.AITitle, true
}

// setTitle sets the title by an update or edit.
func (s *Source) setTitle(title string, now time.Time, q Quirks) {
	_, final := s.titleAt(now, q)
	if final {
		s.AITitle = ""
	}
	s.Title, s.TitleWritten, s.TitleWrittenEarly = title, true, !final
}

// generatedTitle is the title that the service generates. It depends on the training only with Quirks.TitleChangesLate.
func (s Source) generatedTitle(q Quirks) string {
	if q.TitleChangesLate && s.Trainings > 1 {
		return fmt.Sprintf("About %s, training %d", s.subject(), s.Trainings)
	}
	return "About " + s.subject()
}

// snapshot returns a source with its values at a time.
func (s Source) snapshot(now time.Time, q Quirks) Source {
	status := s.statusAt(now, q)
	if !s.countsKnown(now, q) {
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

// trainingMarker matches a marker that makes trainings fail: fail-error:token, fail-fail, fail-3x-error:rate limit. A reason
// consists of letters and spaces. "_", "+" and "%20" can replace a space.
var trainingMarker = regexp.MustCompile(`fail-(?:([1-9][0-9]{0,3})x-)?(fail|error(?::[a-z](?:[a-z _+]|%20)*)?)`)

// readMarker sets how often, and with which status, trainings fail, from the first marker in the texts.
func (s *Source) readMarker(q Quirks, texts ...string) {
	for _, text := range texts {
		m := trainingMarker.FindStringSubmatch(text)
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
			s.FailuresLeft, _ = strconv.Atoi(m[1]) // the pattern matches numbers up to 9999 only
		}
		return
	}
}
