package rest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"time"
)

// maxAnswer and maxErrorBody limit how much of a successful and of any other answer is read, in bytes after decompression. A larger
// success is an error; of an error, the beginning is enough.
const (
	maxAnswer    = 32 << 20
	maxErrorBody = 1 << 20
)

// errTooLarge is the error for a successful answer of more than maxAnswer bytes.
var errTooLarge = errors.New("it is larger than 32 MiB")

// exchange is the state of one call over all its attempts.
type exchange struct {
	route    Route
	sanitize func(string) string // makes a text of the service fit for an error
	caller   context.Context     //nolint:containedctx // of the call; a request that creates may outlive it by AnswerGrace
	backoff  time.Duration       // before the next attempt
	attempts int
	sent     atomic.Bool // the latest attempt had a connection, so the service may have processed it
	body     []byte      // of the latest answer; incomplete if it broke off
	upload   *UploadBody // nil if the request is not an upload
}

type exchangeKey struct{}

// withExchange returns a context that holds x. net/http passes nothing else from the caller of http.Client.Do to the transport and to
// the retry rules. The key is private to this package: callers of the package pass arguments.
func withExchange(ctx context.Context, x *exchange) context.Context {
	return context.WithValue(ctx, exchangeKey{}, x)
}

// exchangeOf returns the exchange that a request belongs to.
func exchangeOf(ctx context.Context) *exchange {
	x, _ := ctx.Value(exchangeKey{}).(*exchange)
	return x
}

// mayBeProcessed reports whether the service may have processed the latest attempt. An upload that was not sent to its end is never
// processed, because the end of the body marks the end of the file.
func (x *exchange) mayBeProcessed() bool {
	return x.sent.Load() && (x.upload == nil || x.upload.complete())
}

// read moves the body of an answer into x. A success must be complete. For any other status, a part of the body is enough.
func (x *exchange) read(resp *http.Response) (err error) {
	body := resp.Body
	defer func() { _ = body.Close() }()
	resp.Body = http.NoBody
	if !isSuccess(resp.StatusCode) {
		x.body, _ = io.ReadAll(io.LimitReader(body, maxErrorBody))
		return nil
	}
	if resp.ContentLength > maxAnswer {
		return errTooLarge
	}
	x.body, err = readLimited(body)
	return err
}

// readLimited reads at most maxAnswer bytes, in chunks: a buffer that doubles would need three times the memory. It returns what was
// read before an error, too.
func readLimited(r io.Reader) ([]byte, error) {
	var chunks [][]byte
	chunk, size := make([]byte, 0, 4<<10), 0
	for {
		n, err := r.Read(chunk[len(chunk):cap(chunk)])
		chunk = chunk[:len(chunk)+n]
		size += n
		switch {
		case size > maxAnswer:
			return nil, errTooLarge
		case err == io.EOF:
			return bytes.Join(append(chunks, chunk), nil), nil
		case err != nil:
			return bytes.Join(append(chunks, chunk), nil), fmt.Errorf("the answer broke off: %w", err)
		case len(chunk) == cap(chunk):
			chunks = append(chunks, chunk)
			chunk = make([]byte, 0, min(2*cap(chunk), 1<<20))
		}
	}
}
