package hub

import (
	"context"
	"crypto/tls"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// maxRetryAfter is the longest pause that a Retry-After can ask for.
const maxRetryAfter = 5 * time.Minute

// errTooLarge and errRedirect end a request at once: asking again would give the same.
var (
	errTooLarge = errors.New("it is larger than 32 MiB")
	errRedirect = errors.New("redirect refused")
)

// errTryTimeout is the cause of a try that took longer than request_timeout.
var errTryTimeout = errors.New("request_timeout exceeded")

// retryable is go-retryablehttp's CheckRetry: it decides by what the request does to the service, and by whether it was sent.
//
//   - 429: not processed, whatever the request was.
//   - 502, 503, 504: transient (api.md §1), but a create may have been done behind the proxy that answered.
//   - no answer: a create is sent again only when no connection was had, that is, when not a byte of it left.
//
// How long to wait is decided here too (exchange.pause), because go-retryablehttp would wait for as long as a create lingers.
//
// An answer that has come is kept even if ctx ended meanwhile: it may hold the only copy of a new id.
func (t *transport) retryable(ctx context.Context, resp *http.Response, err error) (bool, error) {
	x := exchangeOf(ctx)
	again := x.route.effect != creating
	switch {
	case err != nil:
		again = !isFinal(err) && (again || !x.mayBeDone())
	case resp.StatusCode == http.StatusTooManyRequests:
		again = true
	case resp.StatusCode != http.StatusBadGateway && resp.StatusCode != http.StatusServiceUnavailable && resp.StatusCode != http.StatusGatewayTimeout:
		again = false
	}
	if again && x.caller.Err() != nil {
		return false, context.Cause(x.caller)
	}
	x.pause = betweenTries(t.shortest, t.longest, x.tries-1, resp)
	return again, nil
}

// isFinal says whether an error would only repeat itself.
func isFinal(err error) bool {
	var cert *tls.CertificateVerificationError
	var dns *net.DNSError
	var notTLS tls.RecordHeaderError
	return errors.Is(err, errTooLarge) || errors.Is(err, ErrFileChanged) || errors.Is(err, errRedirect) || errors.As(err, &cert) || errors.As(err, &notTLS) || errors.Is(err, http.ErrSchemeMismatch) ||
		errors.As(err, &dns) && dns.IsNotFound
}

// betweenTries is how long to wait before the next try. After a 429 it is the process that pauses (limits.wait), this caller included, so there
// is nothing to wait for here.
func betweenTries(shortest, longest time.Duration, attempt int, resp *http.Response) time.Duration {
	if resp != nil && resp.StatusCode == http.StatusTooManyRequests {
		return 0
	}
	d := backoff(shortest, longest, attempt, resp)
	return d + jitter(d)
}

// backoff is what the service asked for, else from shortest doubling to longest with half of it random.
func backoff(shortest, longest time.Duration, attempt int, resp *http.Response) time.Duration {
	if resp != nil {
		if d, ok := retryAfter(resp.Header, time.Now()); ok {
			return d
		}
	}
	d := longest
	if attempt < 16 && shortest<<attempt < longest {
		d = shortest << attempt
	}
	return d/2 + time.Duration(rand.Float64()*float64(d/2)) //nolint:gosec // spreads load, guards nothing
}

// plainSeconds is Retry-After in seconds; some servers write a fraction.
var plainSeconds = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)

// retryAfter reads the header in seconds or as a date, capped at maxRetryAfter. A date counts from the answer's own Date, so that
// a wrong clock on either side does no harm. Anything else, zero and the past are as if nothing was said.
func retryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	raw := strings.TrimSpace(h.Get("Retry-After"))
	if plainSeconds.MatchString(raw) {
		seconds, _ := strconv.ParseFloat(raw, 64) // infinite when there are too many digits
		d := time.Duration(min(seconds, maxRetryAfter.Seconds()) * float64(time.Second))
		return d, d > 0
	}
	at, err := http.ParseTime(raw)
	if err != nil {
		return 0, false
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	if !at.After(now) {
		return 0, false
	}
	return min(at.Sub(now), maxRetryAfter), true
}
