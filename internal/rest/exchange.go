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
	// maxHeader limits the header of an answer.
	maxHeader = 256 << 10
	// maxChunks is the size from which an answer is read into one buffer.
	maxChunks = 2 << 20
)

// errTooLarge is the error for a successful answer of more than maxAnswer bytes, and errLargeHeader for one with a header of more than maxHeader
// bytes. errSlowDecoding is that for an answer that cannot be decoded within request_timeout, and errBrokeOff for one without its end.
var (
	errTooLarge     = errors.New("it is larger than 32 MiB")
	errLargeHeader  = errors.New("its header is larger than 256 KiB")
	errSlowDecoding = errors.New("timeout: it could not be decoded in time")
	errBrokeOff     = errors.New("the answer broke off")
)

// exchange is the state of one call over all its attempts.
type exchange struct {
	route    Route
	sanitize func(string) string // makes a text of the service fit for an error
	caller   context.Context     //nolint:containedctx // of the call; a request that creates may outlive it by AnswerGrace
	backoff  time.Duration       // before the next attempt
	attempts int
	spent    time.Duration // on the attempts, without the waits between them
	deadline time.Time     // of the latest attempt, until which its answer has to be decoded
	sent     atomic.Bool   // the latest attempt had a connection, so the service may have processed it
	body     []byte        // of the latest answer; incomplete if it broke off
	upload   *UploadBody   // nil if the request is not an upload
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

// inTime returns an error after the end of request_timeout, which limits the decoding of an answer, too.
func (x *exchange) inTime() error {
	if time.Now().After(x.deadline) {
		return errSlowDecoding
	}
	return nil
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

// readLimited reads at most maxAnswer bytes. It returns what was read before an error, too.
func readLimited(r io.Reader) ([]byte, error) {
	var b answerBuffer
	for {
		n, err := r.Read(b.free())
		b.add(n)
		switch {
		case b.size > maxAnswer:
			return nil, errTooLarge
		case err == io.EOF:
			return b.bytes(), nil
		case err != nil:
			return b.bytes(), fmt.Errorf("%w: %w", errBrokeOff, err)
		}
	}
}

// answerBuffer holds a small answer in chunks, and one of more than maxChunks in one buffer: one that doubles would need three times the
// memory.
type answerBuffer struct {
	chunks [][]byte // only the last one has space left
	size   int
}

// free returns the space for what is read next.
func (b *answerBuffer) free() []byte {
	var last []byte
	if n := len(b.chunks); n > 0 {
		last = b.chunks[n-1]
	}
	switch {
	case len(last) < cap(last):
	case b.size < maxChunks:
		b.chunks = append(b.chunks, make([]byte, 0, min(max(2*cap(last), 4<<10), 1<<20)))
	default: // the system gives memory when it is written to
		whole := make([]byte, 0, maxAnswer+1)
		for _, chunk := range b.chunks {
			whole = append(whole, chunk...)
		}
		b.chunks = [][]byte{whole}
	}
	last = b.chunks[len(b.chunks)-1]
	return last[len(last):cap(last)]
}

// add records that n bytes were read into the free space.
func (b *answerBuffer) add(n int) {
	last := &b.chunks[len(b.chunks)-1]
	*last = (*last)[:len(*last)+n]
	b.size += n
}

// bytes returns the answer.
func (b *answerBuffer) bytes() []byte {
	if len(b.chunks) == 1 {
		return b.chunks[0]
	}
	return bytes.Join(b.chunks, nil)
}
