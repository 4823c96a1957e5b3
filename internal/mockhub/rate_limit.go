package mockhub

import (
	"net/http"
	"strconv"
	"time"
)

const windowLength = time.Minute

// window counts requests for Quirks.RequestsPerMinute. Windows are fixed, not sliding, so that Retry-After is exact.
type window struct {
	start time.Time
	count int
}

// over counts one request and returns 429 if the limit is exceeded. Refused requests are not counted.
func (w *window) exceeded(now time.Time, q Quirks) (answer, bool) {
	if q.RequestsPerMinute <= 0 {
		return answer{}, false
	}
	if age := now.Sub(w.start); age < 0 || age >= windowLength {
		*w = window{start: now}
	}
	if w.count < q.RequestsPerMinute {
		w.count++
		return answer{}, false
	}
	rest := w.start.Add(windowLength).Sub(now)
	seconds := int64((rest + time.Second - 1) / time.Second)
	a := failure(q, http.StatusTooManyRequests, "too many requests")
	a.header = http.Header{"Retry-After": {strconv.FormatInt(seconds, 10)}}
	return a, true
}
