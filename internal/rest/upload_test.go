package rest

import (
	"io"
	"net/url"
	"testing"
)

// zeros is a file of n zeros.
type zeros struct{ n int64 }

// Read implements io.Reader.
func (z *zeros) Read(b []byte) (int, error) {
	n := min(int64(len(b)), z.n)
	clear(b[:n])
	if z.n -= n; n == 0 {
		return 0, io.EOF
	}
	return int(n), nil
}

// TestLargeUpload: the length of a body does not wrap around where an int has 32 bits: GOARCH=386 go test runs this too.
func TestLargeUpload(t *testing.T) {
	t.Parallel()
	base, err := url.Parse("http://127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	c := New(Config{BaseURL: base, APIKey: "key"})
	for _, size := range []int64{0, 5, 3 << 30, 5 << 30} {
		upload := NewUploadBody("file", File{Name: "a.txt", Size: size, Open: func() (io.ReadCloser, error) { return io.NopCloser(&zeros{size}), nil }}, nil)
		req, err := c.request(t.Context(), Create("/x"), upload)
		if err != nil {
			t.Fatal(err)
		}
		if around := req.ContentLength - size; around < 100 || around > 1000 {
			t.Errorf("a file of %d bytes has a body of %d", size, req.ContentLength)
		}
	}
}
