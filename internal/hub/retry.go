package hub

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
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
func retryable(ctx context.Context, resp *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, context.Cause(ctx)
	}
	x := exchangeOf(ctx)
	safe := x.route.effect != creating
	if err != nil {
		return !isFinal(err) && (safe || !x.sent.Load()), nil
	}
	switch resp.StatusCode {
	case http.StatusTooManyRequests:
		return true, nil
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return safe, nil
	}
	return false, nil
}

// isFinal says whether an error would only repeat itself.
func isFinal(err error) bool {
	var cert *tls.CertificateVerificationError
	var dns *net.DNSError
	var notTLS tls.RecordHeaderError
	return errors.Is(err, errTooLarge) || errors.Is(err, errRedirect) || errors.As(err, &cert) || errors.As(err, &notTLS) ||
		errors.As(err, &dns) && dns.IsNotFound
}

// backoff is go-retryablehttp's Backoff: what the service asked for, else doubling with half of it random.
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
	return d/2 + jitter(5*d)
}

// retryAfter reads the header in seconds or as a date, capped at maxRetryAfter. A date counts from the answer's own Date, so that
// a wrong clock on either side does no harm. Anything else, and the past, is as if nothing was said.
func retryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	raw := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.ParseFloat(raw, 64); err == nil {
		if !(seconds >= 0) { // NaN too
			return 0, false
		}
		return time.Duration(min(seconds, maxRetryAfter.Seconds()) * float64(time.Second)), true
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
