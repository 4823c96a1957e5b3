package hub

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// bytesOf is an upload of n bytes that are made while they are read; delta bytes more or less come than it says.
func bytesOf(n, delta int64, opened *atomic.Int64) Upload {
	return Upload{Name: `a "quoted" näme.txt`, Size: n, ReferenceSourceLink: "https://example.com/a", Open: func() (io.ReadCloser, error) {
		if opened != nil {
			opened.Add(1)
		}
		return io.NopCloser(io.LimitReader(pattern{}, n+delta)), nil
	}}
}

// pattern is an endless stream without memory.
type pattern struct{}

func (pattern) Read(b []byte) (int, error) { return copy(b, block), nil }

var block = bytes.Repeat([]byte("x"), 64<<10)

func hashOf(n int64) [32]byte {
	h := sha256.New()
	_, _ = io.Copy(h, io.LimitReader(pattern{}, n))
	return [32]byte(h.Sum(nil))
}

// receiver is a service that takes uploads, after failing the first ones.
func receiver(t *testing.T, fail func(n int64, w http.ResponseWriter, r *http.Request) bool) (*Client, *atomic.Int64) {
	t.Helper()
	var tries atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			w.WriteHeader(http.StatusInternalServerError) // what it has cannot be seen
			return
		}
		n := tries.Add(1)
		if r.ContentLength <= 0 || len(r.TransferEncoding) > 0 {
			t.Error("an upload must say its length")
		}
		if fail != nil && fail(n, w, r) {
			return
		}
		parts, err := r.MultipartReader()
		if err != nil {
			t.Error(err)
			return
		}
		h := sha256.New()
		for {
			part, err := parts.NextPart()
			if err != nil {
				break
			}
			switch part.FormName() {
			case "file":
				if part.FileName() != `a "quoted" näme.txt` {
					t.Errorf("the file is named %q", part.FileName())
				}
				if _, err := io.Copy(h, part); err != nil {
					panic(http.ErrAbortHandler) // the body broke off
				}
			case "reference_source_link":
			default:
				t.Errorf("part %q", part.FormName())
			}
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"uuid":"`+strings.Repeat("a", 32)+`","title":"","type":"upload","status":"queued","file_name":"x"}`)
	}))
	t.Cleanup(server.Close)
	base, err := ParseBaseURL(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return New(Config{rest.Config{BaseURL: base, APIKey: "k", MaxRetries: 4, BackoffMin: 1, BackoffMax: 1}, consistency.Options{Settle: time.Millisecond}}), &tries
}

func TestUpload(t *testing.T) {
	t.Parallel()
	for name, n := range map[string]int64{"small": 10, "50 MB": 50 << 20} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var opened atomic.Int64
			c, tries := receiver(t, func(n int64, w http.ResponseWriter, _ *http.Request) bool {
				if n == 1 { // not processed: the file is sent again from its beginning
					w.WriteHeader(http.StatusTooManyRequests)
				}
				return n == 1
			})
			s, sum, err := c.UploadSource(t.Context(), ID(strings.Repeat("b", 32)), bytesOf(n, 0, &opened))
			if err != nil || s.Status != "queued" || sum != hashOf(n) {
				t.Errorf("%+v %x %v", s, sum, err)
			}
			if tries.Load() != 2 {
				t.Errorf("%d tries", tries.Load())
			}
		})
	}
}

// TestUploadBrokenOff: a connection that is dropped in the middle of a file is no risk of a second source, so the file is sent again. One
// that is dropped behind its end is.
func TestUploadBrokenOff(t *testing.T) {
	t.Parallel()
	const n = 50 << 20
	drop := func(read int64) func(int64, http.ResponseWriter, *http.Request) bool {
		return func(try int64, w http.ResponseWriter, r *http.Request) bool {
			if try > 1 {
				return false
			}
			_, _ = io.CopyN(io.Discard, r.Body, read)
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return true
			}
			_ = conn.Close()
			return true
		}
	}
	c, tries := receiver(t, drop(1<<20))
	s, sum, err := c.UploadSource(t.Context(), ID(strings.Repeat("b", 32)), bytesOf(n, 0, nil))
	if err != nil || s.Status != "queued" || sum != hashOf(n) || tries.Load() != 2 {
		t.Errorf("dropped in the middle: %v after %d tries", err, tries.Load())
	}
	c, tries = receiver(t, drop(n+10_000))
	if _, _, err = c.UploadSource(t.Context(), ID(strings.Repeat("b", 32)), bytesOf(n, 0, nil)); !IsAmbiguous(err) || tries.Load() != 1 {
		t.Errorf("dropped behind the end: %v after %d tries", err, tries.Load())
	}
}

// TestFileChanges: a file that is shorter or longer than it was is an error, sent once, and nothing can have been made of it.
func TestFileChanges(t *testing.T) {
	t.Parallel()
	for name, delta := range map[string]int64{"shorter": -1, "longer": 1, "empty": -100_000} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, tries := receiver(t, nil)
			_, _, err := c.UploadSource(t.Context(), ID(strings.Repeat("b", 32)), bytesOf(100_000, delta, nil))
			if !errors.Is(err, ErrFileChanged) || IsAmbiguous(err) || tries.Load() > 1 {
				t.Errorf("%v, ambiguous %t, %d tries", err, IsAmbiguous(err), tries.Load())
			}
		})
	}
}

func TestConflictingSource(t *testing.T) {
	t.Parallel()
	id := strings.Repeat("c", 32)
	c, _ := receiver(t, func(_ int64, w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusConflict)
		_, _ = io.WriteString(w, `{"uuid":"`+id+`","title":"Old","file_name":"x.txt","type":"upload","status":"success"}`)
		return true
	})
	_, _, err := c.UploadSource(t.Context(), ID(strings.Repeat("b", 32)), Upload{Name: "x.txt", Size: 1, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader([]byte("x"))), nil
	}})
	if s, ok := ConflictingSource(err); !ok || string(s.ID) != id || *s.Title != "Old" {
		t.Errorf("%+v %t %v", s, ok, err)
	}
}

// TestUploadMemory is P7: ten uploads of 50 MB at once allocate less in all, on both ends, than they may add to the memory in use. It is not
// parallel, because it counts what the process allocates.
func TestUploadMemory(t *testing.T) {
	c, _ := receiver(t, nil)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			if _, _, err := c.UploadSource(t.Context(), ID(strings.Repeat("b", 32)), bytesOf(50<<20, 0, nil)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	runtime.ReadMemStats(&after)
	allocated := after.TotalAlloc - before.TotalAlloc
	t.Logf("ten uploads of 50 MB allocated %d kB", allocated>>10)
	if allocated > 64<<20 {
		t.Errorf("ten uploads of 50 MB allocated %d MB, want 64 at most", allocated>>20)
	}
}
