package hub

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// maxAnswer is the largest answer that is read, in bytes after decompression.
const maxAnswer = 32 << 20

// exchange is one call's state over all its tries. It travels in the request's context, because that is what the retry rules get.
type exchange struct {
	route route
	tries int
	sent  atomic.Bool // the latest try had a connection, so the service may have seen it
}

type exchangeKey struct{}

// exchangeOf finds the call that a request belongs to.
func exchangeOf(ctx context.Context) *exchange {
	x, _ := ctx.Value(exchangeKey{}).(*exchange)
	return x
}

// transport makes one try: it waits for the process's budget, bounds the try's time, reads the whole answer within the bound, so that
// a truncated answer counts as a failed try, and logs the event without contents.
type transport struct {
	next    http.RoundTripper
	limits  *limits
	timeout time.Duration // per try, waiting for the budget not counted
	pause   func(attempt int, resp *http.Response) time.Duration
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	x := exchangeOf(req.Context())
	x.sent.Store(false)
	if err := t.limits.wait(req.Context()); err != nil {
		return nil, err
	}
	x.tries++
	ctx, cancel := context.WithTimeoutCause(req.Context(), t.timeout, errTryTimeout)
	defer cancel()
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { x.sent.Store(true) }}

	start := time.Now()
	resp, err := t.next.RoundTrip(req.WithContext(httptrace.WithClientTrace(ctx, trace)))
	if err == nil {
		err = slurp(resp)
	}
	if err != nil && req.Context().Err() == nil && errors.Is(context.Cause(ctx), errTryTimeout) {
		err = fmt.Errorf("%w: no complete answer within %s", errTryTimeout, t.timeout)
	}
	logTry(req.Context(), x, resp, err, time.Since(start))
	if err != nil {
		return nil, err
	}
	if resp.StatusCode == http.StatusTooManyRequests {
		t.limits.pause(t.pause(x.tries-1, resp))
	}
	return resp, nil
}

// slurp reads the answer into memory and puts it back, at most maxAnswer bytes of it.
func slurp(resp *http.Response) error {
	defer func() { _ = resp.Body.Close() }()
	if resp.ContentLength > maxAnswer {
		return errTooLarge
	}
	var buf bytes.Buffer
	if resp.ContentLength > 0 {
		buf.Grow(int(resp.ContentLength) + bytes.MinRead)
	}
	if _, err := buf.ReadFrom(io.LimitReader(resp.Body, maxAnswer+1)); err != nil {
		return fmt.Errorf("the answer broke off: %w", err)
	}
	if buf.Len() > maxAnswer {
		return errTooLarge
	}
	resp.Body = io.NopCloser(&buf)
	return nil
}

// logTry records that a try happened, and nothing of what it carried: no header, no body, no id (house.md §3.13).
func logTry(ctx context.Context, x *exchange, resp *http.Response, err error, took time.Duration) {
	fields := map[string]any{"method": x.route.method, "path": x.route.template, "attempt": x.tries, "ms": took.Milliseconds()}
	if err != nil {
		fields["error"] = reason(err)
		tflog.Warn(ctx, "API request failed", fields)
		return
	}
	fields["status"] = resp.StatusCode
	tflog.Debug(ctx, "API request", fields)
}
