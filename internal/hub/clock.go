package hub

import (
	"net/http"
	"sync"
	"time"
)

// serviceClock is the service's own time, as the Date of its answers shows it. Objects carry it as created_at, and no clock of ours can
// be compared with that.
type serviceClock struct {
	mu     sync.Mutex
	ahead  time.Duration // of ours, at least
	likely bool          // ahead is known
}

// saw notes the Date of an answer that has come at now. It is cut to seconds and has been on its way, so the service's clock is not
// behind it.
func (s *serviceClock) saw(h http.Header, now time.Time) {
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ahead, s.likely = date.Sub(now), true
}

func (s *serviceClock) read() (ahead time.Duration, likely bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ahead, s.likely
}

// from gives, when asked, a time of the service that no object made from start on is older than: created_at has whole seconds too.
// It is zero where no answer ever had a Date.
func (s *serviceClock) from(start time.Time) func() time.Time {
	before, had := s.read()
	return func() time.Time {
		ahead, likely := s.read()
		if had {
			ahead = min(ahead, before)
		}
		if !likely {
			return time.Time{}
		}
		return start.Add(ahead).Truncate(time.Second)
	}
}

// older says whether an object is surely from before since. Nothing is where one of the two times is not known.
func older(created string, since time.Time) bool {
	at, err := time.Parse(time.RFC3339, created)
	return err == nil && !since.IsZero() && at.Before(since)
}
