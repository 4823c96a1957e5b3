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
	tries  int
	sent   atomic.Bool // the latest try had a connection, so the service may have processed it
	body   []byte      // of the latest answer
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
	timeout time.Duration // per try, waiting for the budget not counted
	words   func(ctx context.Context, s string) string
	backoff func(attempt int, resp *http.Response) time.Duration
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	x := exchangeOf(req.Context())
	x.sent.Store(false)
	if err := t.limits.wait(req.Context()); err != nil {
		if req.Body != nil {
			_ = req.Body.Close()
		}
		return nil, err
	}
	x.tries++
	timeout := t.timeout + x.parcel.patience()
	ctx, cancel := context.WithTimeoutCause(req.Context(), timeout, errTryTimeout)
	defer cancel()
	trace := &httptrace.ClientTrace{
		GetConn: func(string) { x.sent.Store(false) }, // again, when nothing could be written to a kept connection
		GotConn: func(httptrace.GotConnInfo) { x.sent.Store(true) },
	}

	start := time.Now()
	resp, err := t.next.RoundTrip(req.WithContext(httptrace.WithClientTrace(ctx, trace)))
	if err == nil {
		if resp.StatusCode == http.StatusTooManyRequests { // at once: the body may take its time
			x.sent.Store(false)
			t.limits.pause(t.backoff(x.tries-1, resp))
		}
		err = x.read(resp)
	}
	if err != nil && req.Context().Err() == nil && errors.Is(context.Cause(ctx), errTryTimeout) {
		err = fmt.Errorf("%w: no complete answer within %s", errTryTimeout, timeout)
	}
	t.log(req.Context(), x, resp, err, time.Since(start))
	if err != nil {
		return nil, err
	}
	return resp, nil
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

// readWhole reads at most maxAnswer bytes, piece by piece: a buffer that doubles would hold three times as much on its way.
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
			return nil, fmt.Errorf("the answer broke off: %w", err)
		case len(piece) == cap(piece):
			pieces = append(pieces, piece)
			piece = make([]byte, 0, min(2*cap(piece), 1<<20))
		}
	}
}

// log records that a try happened, and nothing of what it carried: no header, no body, no id (house.md §3.13).
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
