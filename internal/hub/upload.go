package hub

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"mime/multipart"
	"sync"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// ErrFileChanged says that a file had another size while it was uploaded than was said before. The service cannot have taken it.
var ErrFileChanged = errors.New("the file changed while it was uploaded")

// slowestUpload is the speed, in bytes a second, that an upload may fall to before a try counts as timed out.
const slowestUpload = 64 << 10

// Upload is a file for a chatbot. It is streamed: memory does not grow with its size.
type Upload struct {
	Name string // with the extension, which decides whether the service takes it (api.md §3)
	Size int64  // bytes
	// Open gives the content from its beginning. It is called for each try.
	Open func() (io.ReadCloser, error)
	// ReferenceSourceLink is the link that citations show; "" sends none.
	ReferenceSourceLink string
}

// UploadSource uploads a file and gives the source and the SHA-256 of the bytes that were sent. A file of that name in the chatbot is a
// conflict: see ConflictingSource. Errors of reading the file are among the causes of the error.
func (c *Client) UploadSource(ctx context.Context, chatbot ID, u Upload) (Source, [sha256.Size]byte, error) {
	p := newParcel(u)
	s, err := c.bearSource(ctx, chatbot, []any{u.Name, u.Size}, u.fits, func() (Source, error) {
		return call[Source](ctx, c, create("/chatbot/{uuid}/data-source/upload", chatbot), p)
	})
	return s, p.sum(), err
}

// fits says whether a source can be what the upload has made. Its size may not be known before the training.
func (u Upload) fits(s Source) bool {
	size := s.FileSize == nil || *s.FileSize == 0 || int64(*s.FileSize) == u.Size
	return s.Type != SourceQA && s.Type != SourceLink && s.FileName == u.Name && size
}

// parcel is an upload as a multipart body that can be sent again.
type parcel struct {
	Upload
	head, tail  []byte // around the content
	contentType string

	mu   sync.Mutex
	sent [sha256.Size]byte // of the latest try that was read to its end
	end  bool              // the latest try was read to its end
}

// newParcel writes what stands around the content once, so that every try has the same length.
func newParcel(u Upload) *parcel {
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	if u.ReferenceSourceLink != "" {
		_ = w.WriteField("reference_source_link", u.ReferenceSourceLink) // into memory
	}
	_, _ = w.CreateFormFile("file", u.Name)
	p := &parcel{Upload: u, head: bytes.Clone(buf.Bytes()), contentType: w.FormDataContentType()}
	buf.Reset()
	_ = w.Close()
	p.tail = buf.Bytes()
	return p
}

// patience is what a try may take beyond request_timeout; nothing for a nil parcel.
func (p *parcel) patience() time.Duration {
	if p == nil {
		return 0
	}
	return time.Duration(p.Size/slowestUpload) * time.Second
}

func (p *parcel) sum() [sha256.Size]byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent
}

// leftWhole says whether the latest try took the content to its end.
func (p *parcel) leftWhole() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.end
}

// body opens the file for a try.
func (p *parcel) body() retryablehttp.ReaderFunc {
	return func() (io.Reader, error) {
		file, err := p.Open()
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", p.Name, err)
		}
		p.mu.Lock()
		p.end = false
		p.mu.Unlock()
		content := &content{parcel: p, file: file, hash: sha256.New(), left: p.Size}
		return &wrapped{
			Reader: io.MultiReader(bytes.NewReader(p.head), content, bytes.NewReader(p.tail)),
			Closer: file, length: len(p.head) + int(p.Size) + len(p.tail),
		}, nil
	}
}

// wrapped is a body whose length go-retryablehttp can ask for.
type wrapped struct {
	io.Reader
	io.Closer
	length int
}

// Len is the whole body's length in bytes.
func (w *wrapped) Len() int { return w.length }

// content reads a file of a known size and hashes it on the way. Another size than that is an error.
type content struct {
	parcel *parcel
	file   io.Reader
	hash   hash.Hash
	left   int64
	done   bool
}

// Read implements io.Reader.
func (c *content) Read(b []byte) (int, error) {
	if c.done {
		return 0, io.EOF
	}
	n, err := c.file.Read(b)
	if c.left -= int64(n); c.left < 0 {
		return 0, ErrFileChanged
	}
	_, _ = c.hash.Write(b[:n]) // never fails
	if err == io.EOF {
		if c.left > 0 {
			return n, ErrFileChanged
		}
		c.done = true
		c.parcel.mu.Lock()
		c.hash.Sum(c.parcel.sent[:0])
		c.parcel.end = true
		c.parcel.mu.Unlock()
	}
	return n, err
}
