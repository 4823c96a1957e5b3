package rest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// errTryTimeout is the cause of an attempt that took longer than request_timeout, and errCallTimeout that of attempts that together took longer
// than maxCall.
var (
	errTryTimeout  = errors.New("timeout")
	errCallTimeout = errors.New("the answer takes too long")
)

// maxCall limits the attempts of a call together, without the waits between them: those after redirects, and an answer that never ends. It is
// longer if request_timeout allows more for the retries.
const maxCall = 20 * time.Minute

// transport makes one attempt. It waits for the request budget, limits the time of the attempt, reads the whole answer within that time,
// so that a truncated answer counts as a failed attempt, and logs the attempt without contents.
type transport struct {
	network http.RoundTripper
	limits  *limits
	clock   *Clock
	timeout time.Duration // for each attempt, without the wait for the budget
	retries int
	// minBackoff and maxBackoff limit the wait between attempts when the service does not specify it.
	minBackoff, maxBackoff time.Duration
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	x := exchangeOf(req.Context())
	x.sent.Store(false)
	x.body = nil
	if err := t.waitToSend(x); err != nil {
		if req.Body != nil {
			_ = req.Body.Close()
		}
		return nil, err
	}
	x.attempts++
	timeout := t.timeout + x.upload.extraTime()
	total := max(maxCall, time.Duration(t.retries+1)*timeout)
	ctx, cancel := context.WithCancelCause(req.Context())
	defer cancel(nil)
	timer := time.AfterFunc(timeout, func() { cancel(errTryTimeout) })
	defer timer.Stop()
	last := time.AfterFunc(total-x.spent, func() { cancel(fmt.Errorf("%w: it did not end within %s", errCallTimeout, total)) })
	defer last.Stop()
	trace := &httptrace.ClientTrace{
		GetConn: func(string) { x.sent.Store(false) }, // called again when nothing could be written to a kept connection
		GotConn: func(httptrace.GotConnInfo) { x.sent.Store(true) },
	}

	start := time.Now()
	x.deadline = start.Add(min(timeout, total-x.spent))
	resp, err := t.network.RoundTrip(req.WithContext(httptrace.WithClientTrace(ctx, trace)))
	if err == nil {
		t.clock.observe(resp.Header, time.Now())
		if resp.StatusCode == http.StatusTooManyRequests { // at once: the body may arrive slowly
			x.sent.Store(false)
			t.limits.pause(backoff(t.minBackoff, t.maxBackoff, x.attempts-1, resp))
		}
		if x.route.streams() && isSuccess(resp.StatusCode) {
			resp.Body = &activityReader{resp.Body, func() { timer.Reset(timeout) }}
		}
		err = x.read(resp)
	} else if isLargeHeader(err) {
		err = errLargeHeader
	}
	x.spent += time.Since(start)
	if err != nil && req.Context().Err() == nil {
		err = timeoutError(ctx, x.route, timeout, err)
	}
	t.log(req.Context(), x, resp, err, time.Since(start))
	if err != nil {
		return nil, err
	}
	return resp, nil
}

// isLargeHeader reports whether err is that of net/http for a header of more than maxHeader bytes, which has no type.
func isLargeHeader(err error) bool {
	return strings.Contains(err.Error(), "server response headers exceeded") || strings.Contains(err.Error(), "response header list larger than")
}

// waitToSend waits for the backoff of the previous attempt and for the request budget, or until the caller's context ends.
func (t *transport) waitToSend(x *exchange) error {
	if err := Sleep(x.caller, x.backoff); err != nil {
		return err
	}
	return t.limits.wait(x.caller)
}

// timeoutError returns the error of an attempt that was cancelled because it took too long, and err for any other.
func timeoutError(ctx context.Context, r Route, timeout time.Duration, err error) error {
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, errCallTimeout):
		return cause
	case !errors.Is(cause, errTryTimeout):
		return err
	case r.streams():
		return fmt.Errorf("%w: nothing was received for %s", errTryTimeout, timeout)
	}
	return fmt.Errorf("%w: no complete answer within %s", errTryTimeout, timeout)
}

// log records an attempt. It contains no header, body or id (architecture.md §3.13).
func (t *transport) log(ctx context.Context, x *exchange, resp *http.Response, err error, took time.Duration) {
	fields := map[string]any{"method": x.route.Method, "path": x.route.Template, "attempt": x.attempts, "ms": took.Milliseconds()}
	if err != nil {
		fields["error"] = x.sanitize(networkReason(err))
		tflog.Warn(ctx, "API request failed", fields)
		return
	}
	fields["status"] = resp.StatusCode
	tflog.Debug(ctx, "API request", fields)
}

// activityReader calls received whenever data arrives.
type activityReader struct {
	io.ReadCloser
	received func()
}

// Read implements io.Reader.
func (a *activityReader) Read(p []byte) (int, error) {
	n, err := a.ReadCloser.Read(p)
	if n > 0 {
		a.received()
	}
	return n, err
}
