package mockhub

import (
	"context"
	"io"
	"iter"
	"net/http"
	"time"
	"unicode/utf8"
)

// stream sends an answer's text in small pieces, each flushed, under the header that w has by then, with status 200 and without
// a Content-Length. It breaks the connection when the utterance or the fault says so, or when nobody listens any more; the
// service finishes its work all the same.
func (h *Hub) stream(ctx context.Context, w http.ResponseWriter, u *utterance, f Fault) {
	text, broken := u.text, u.broken
	if f.Truncate != 0 {
		text, broken = text[:truncated(f.Truncate, len(text))], true
	}
	held := min(max(f.HoldAfter, 0), len(text))
	w.WriteHeader(http.StatusOK)
	_ = http.NewResponseController(w).Flush() // an empty answer would get a Content-Length
	whole := h.say(ctx, w, text[:held], u.pause)
	if whole && f.HoldAfter > 0 {
		f.reached()
		whole = h.hold(ctx, f.Hold)
	}
	whole = whole && h.say(ctx, w, text[held:], u.pause)
	u.finish()
	if broken || !whole {
		panic(http.ErrAbortHandler) // net/http ends the connection without the last chunk; what was flushed still arrives
	}
}

// say writes a text piece by piece and reports whether all of it went out.
func (h *Hub) say(ctx context.Context, w http.ResponseWriter, text string, pause time.Duration) bool {
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

// pieces cuts a text after 1, 2, 3, 5 and 7 bytes, then after twice as many and so on, so that 64 kB are 60 pieces. A cut in front
// of a character of several bytes is moved into it: who decodes each piece by itself is to notice.
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
