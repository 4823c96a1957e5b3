package mockhub

import (
	"context"
	"io"
	"iter"
	"net/http"
	"time"
	"unicode/utf8"
)

// stream sends the text of an answer in small pieces and flushes each, with status 200 and without a Content-Length. It
// closes the connection early if the answer or the fault requires it, or if the client has closed it. What is to be stored is
// stored in each case.
func (h *Hub) stream(ctx context.Context, w http.ResponseWriter, u *streamedAnswer, f Fault) {
	text, broken := u.text, u.broken
	if f.Truncate != 0 {
		text, broken = text[:truncatedLength(f.Truncate, len(text))], true
	}
	held := min(max(f.HoldAfter, 0), len(text))
	w.WriteHeader(http.StatusOK)
	_ = http.NewResponseController(w).Flush() // without it an empty answer gets a Content-Length
	whole := h.writePieces(ctx, w, text[:held], u.pause)
	if whole && f.HoldAfter > 0 {
		f.signalReached()
		whole = h.hold(ctx, f.Hold)
	}
	whole = whole && h.writePieces(ctx, w, text[held:], u.pause)
	u.finish()
	if broken || !whole {
		panic(http.ErrAbortHandler) // net/http closes the connection without the last chunk, after what has been flushed
	}
}

// writePieces writes a text in pieces and reports whether all of them were sent.
func (h *Hub) writePieces(ctx context.Context, w http.ResponseWriter, text string, pause time.Duration) bool {
	rc := http.NewResponseController(w)
	for piece := range pieces(text) {
		if !h.pause(ctx, pause) {
			return false
		}
		if _, err := io.WriteString(w, piece); err != nil || rc.Flush() != nil {
			return false
		}
	}
	return true
}

// pieces splits a text into pieces of 1, 2, 3, 5 and 7 bytes, then of twice as many bytes, and so on: 64 kB are 60 pieces. A
// boundary before a multi-byte character is moved into the character, so that clients that decode each piece by itself
// fail.
func pieces(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for factor := 1; ; factor *= 2 {
			for _, size := range []int{1, 2, 3, 5, 7} {
				n := min(size*factor, len(text))
				if n < len(text) && text[n] >= utf8.RuneSelf && utf8.RuneStart(text[n]) {
					n++
				}
				if n == 0 || !yield(text[:n]) {
					return
				}
				text = text[n:]
			}
		}
	}
}
