package rest

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

// maxRetryAfter is the longest pause that a Retry-After can cause.
const maxRetryAfter = 5 * time.Minute

// checkRetry is retryablehttp.Client.CheckRetry. It decides by the effect of the request and by whether it was sent.
//
//   - 429: the service did not process the request, so it is sent again.
//   - 502, 503, 504: transient (api.md §1); a create is not sent again, because it may have been processed behind a proxy.
//   - no answer: a create is sent again only if there was no connection.
//
// It also sets the backoff, which the transport waits for: go-retryablehttp would wait for the end of the request's context, which for
// a create ends later than the caller's.
//
// An answer that was received is returned even if ctx has ended: it may contain the only copy of a new id.
func (t *transport) checkRetry(ctx context.Context, resp *http.Response, err error) (bool, error) {
	x := exchangeOf(ctx)
	again := x.route.effect != creating
	switch {
	case err != nil:
		again = !isFinal(err) && (again || !x.mayBeProcessed())
	case resp.StatusCode == http.StatusTooManyRequests:
		again = true
	case resp.StatusCode != http.StatusBadGateway && resp.StatusCode != http.StatusServiceUnavailable && resp.StatusCode != http.StatusGatewayTimeout:
		again = false
	}
	if again && x.caller.Err() != nil {
		return false, context.Cause(x.caller)
	}
	x.backoff = waitBetween(t.minBackoff, t.maxBackoff, x.attempts-1, resp)
	return again, nil
}

// isFinal reports whether another attempt would fail in the same way.
func isFinal(err error) bool {
	var cert *tls.CertificateVerificationError
	var dns *net.DNSError
	var notTLS tls.RecordHeaderError
	for _, final := range []error{errTooLarge, errLargeHeader, errCallTimeout, ErrFileChanged, errRedirect} {
		if errors.Is(err, final) {
			return true
		}
	}
	return isRefusedByProxy(err) || errors.As(err, &cert) || errors.As(err, &notTLS) || errors.Is(err, http.ErrSchemeMismatch) ||
		errors.As(err, &dns) && dns.IsNotFound
}

// waitBetween returns how long to wait before the next attempt. After a 429 that is 0, because all callers pause then (limits.wait).
func waitBetween(shortest, longest time.Duration, attempt int, resp *http.Response) time.Duration {
	if resp != nil && resp.StatusCode == http.StatusTooManyRequests {
		return 0
	}
	d := backoff(shortest, longest, attempt, resp)
	return d + jitter(d)
}

// backoff returns what the service asked for, or else a time that doubles from shortest to longest and of which half is random.
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
	return d/2 + time.Duration(rand.Float64()*float64(d/2)) //nolint:gosec // no secret depends on it
}

// plainSeconds matches Retry-After in seconds; some servers write a fraction.
var plainSeconds = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)

// retryAfter parses Retry-After, in seconds or as a date, up to maxRetryAfter. A date is compared with the Date of the answer, so that
// clocks may differ. Zero, the past and anything else are ignored.
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
