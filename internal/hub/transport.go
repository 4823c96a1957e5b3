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

// maxAnswer and maxRefusal are how much of a success and of anything else is read, in bytes after decompression. More than the one
// is an error; of the other, the beginning has the words.
const (
	maxAnswer  = 32 << 20
	maxRefusal = 1 << 20
)

// exchange is one call's state over all its tries. It travels in the request's context, because that is what the retry rules get.
type exchange struct {
	route  route
	caller context.Context //nolint:containedctx // of the call; the requests of a create outlive it for a moment
	pause  time.Duration   // before the next try
	tries  int
	sent   atomic.Bool // the latest try had a connection, so the service may have processed it
	body   []byte      // of the latest answer, or what there is of it
	parcel *parcel     // nil for everything but uploads
}

// mayBeDone says whether the service may have processed the latest try. A file that had not left whole is never processed: the end of
// the body says where it ends.
func (x *exchange) mayBeDone() bool {
	return x.sent.Load() && (x.parcel == nil || x.parcel.leftWhole())
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
	clock   *serviceClock
	timeout time.Duration // per try, waiting for the budget not counted
	words   func(ctx context.Context, s string) string
	// shortest and longest bound the wait between tries when the service does not say how long.
	shortest, longest time.Duration
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	x := exchangeOf(req.Context())
	x.sent.Store(false)
	x.body = nil
	err := sleep(x.caller, x.pause)
	if err == nil {
		err = t.limits.wait(x.caller)
	}
	if err != nil {
		if req.Body != nil {
			_ = req.Body.Close()
		}
		return nil, err
	}
	x.tries++
	timeout := t.timeout + x.parcel.patience()
	ctx, cancel := context.WithCancelCause(req.Context())
	defer cancel(nil)
	alarm := time.AfterFunc(timeout, func() { cancel(errTryTimeout) })
	defer alarm.Stop()
	trace := &httptrace.ClientTrace{
		GetConn: func(string) { x.sent.Store(false) }, // again, when nothing could be written to a kept connection
		GotConn: func(httptrace.GotConnInfo) { x.sent.Store(true) },
	}

	start := time.Now()
	resp, err := t.next.RoundTrip(req.WithContext(httptrace.WithClientTrace(ctx, trace)))
	if err == nil {
		t.clock.saw(resp.Header, time.Now())
		if resp.StatusCode == http.StatusTooManyRequests { // at once: the body may take its time
			x.sent.Store(false)
			t.limits.pause(backoff(t.shortest, t.longest, x.tries-1, resp))
		}
		if x.route.text { // it takes as long as it takes, as long as something comes
			resp.Body = &alive{resp.Body, func() { alarm.Reset(timeout) }}
		}
		err = x.read(resp)
	}
	if err != nil && req.Context().Err() == nil && errors.Is(context.Cause(ctx), errTryTimeout) {
		err = fmt.Errorf("%w: %s %s", errTryTimeout, x.route.overdue(), timeout)
	}
	t.log(req.Context(), x, resp, err, time.Since(start))
	if err != nil {
		return nil, err
	}
	return resp, nil
}

// alive calls back whenever something came.
type alive struct {
	io.ReadCloser
	came func()
}

// Read implements io.Reader.
func (a *alive) Read(p []byte) (int, error) {
	n, err := a.ReadCloser.Read(p)
	if n > 0 {
		a.came()
	}
	return n, err
}

// read takes the answer's body out of resp. A success must be whole; anything else says enough by its status, whatever there is of
// its body.
func (x *exchange) read(resp *http.Response) (err error) {
	body := resp.Body
	defer func() { _ = body.Close() }()
	resp.Body = http.NoBody
	if !isSuccess(resp.StatusCode) {
		x.body, _ = io.ReadAll(io.LimitReader(body, maxRefusal))
		return nil
	}
	if resp.ContentLength > maxAnswer {
		return errTooLarge
	}
	x.body, err = readWhole(body)
	return err
}

// readWhole reads at most maxAnswer bytes, piece by piece: a buffer that doubles would hold three times as much on its way. It gives what
// had come of an answer that broke off, too.
func readWhole(r io.Reader) ([]byte, error) {
	var pieces [][]byte
	piece, size := make([]byte, 0, 4<<10), 0
	for {
		n, err := r.Read(piece[len(piece):cap(piece)])
		piece = piece[:len(piece)+n]
		size += n
		switch {
		case size > maxAnswer:
			return nil, errTooLarge
		case err == io.EOF:
			return bytes.Join(append(pieces, piece), nil), nil
		case err != nil:
			return bytes.Join(append(pieces, piece), nil), fmt.Errorf("the answer broke off: %w", err)
		case len(piece) == cap(piece):
			pieces = append(pieces, piece)
			piece = make([]byte, 0, min(2*cap(piece), 1<<20))
		}
	}
}

// log records that a try happened, and nothing of what it carried: no header, no body, no id (architecture.md §3.13).
func (t *transport) log(ctx context.Context, x *exchange, resp *http.Response, err error, took time.Duration) {
	fields := map[string]any{"method": x.route.method, "path": x.route.template, "attempt": x.tries, "ms": took.Milliseconds()}
	if err != nil {
		fields["error"] = t.words(ctx, reason(err))
		tflog.Warn(ctx, "API request failed", fields)
		return
	}
	fields["status"] = resp.StatusCode
	tflog.Debug(ctx, "API request", fields)
}
