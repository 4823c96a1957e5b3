package rest

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"mime/multipart"
	"net/textproto"
	"slices"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// ErrFileChanged is the error for a file whose size or hash differs from that of File. The service cannot have accepted it, because the end of
// the request is not sent.
var ErrFileChanged = errors.New("the file changed while it was uploaded")

// minUploadSpeed, in bytes per second, extends the time limit of an attempt by the size of its upload.
const minUploadSpeed = 64 << 10

// File is a file to upload.
type File struct {
	Name string
	Size int64 // bytes
	// SHA256 is the hash of the content. The end of the request is sent only after a content with this hash.
	SHA256 [sha256.Size]byte
	// Open returns the content from its beginning. It is called for each attempt.
	Open func() (io.ReadCloser, error)
}

// UploadBody is a request body of type multipart/form-data with one file. The file is streamed: memory does not grow with its size.
type UploadBody struct {
	file        File
	fields      map[string]string // the other fields
	head, tail  []byte            // before and after the content
	contentType string

	done atomic.Bool // the latest attempt sent the whole content, and it is the announced one
}

// NewUploadBody returns a body with the file in the form field fileField, after the other fields. A field with an empty value is left out. The
// part of the file has no Content-Type, as in the requests of the vendor's client (api.md §2). Quotes and line breaks in the name are escaped.
func NewUploadBody(fileField string, file File, fields map[string]string) *UploadBody {
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf) // once, so that all attempts have the same length
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if value := fields[name]; value != "" {
			_ = w.WriteField(name, value) // a bytes.Buffer returns no error
		}
	}
	_, _ = w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {multipart.FileContentDisposition(fileField, file.Name)}})
	u := &UploadBody{file: file, fields: fields, head: bytes.Clone(buf.Bytes()), contentType: w.FormDataContentType()}
	buf.Reset()
	_ = w.Close()
	u.tail = buf.Bytes()
	return u
}

// complete reports whether the latest attempt may have sent the request to its end.
func (u *UploadBody) complete() bool { return u.done.Load() }

// extraTime returns what an attempt may take beyond request_timeout. It is 0 for nil.
func (u *UploadBody) extraTime() time.Duration {
	if u == nil {
		return 0
	}
	return time.Duration(u.file.Size/minUploadSpeed) * time.Second
}

// open returns the function that opens the body for an attempt.
func (u *UploadBody) open() retryablehttp.ReaderFunc {
	return func() (io.Reader, error) {
		file, err := u.file.Open()
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", u.file.Name, err)
		}
		u.done.Store(false)
		content := &hashingReader{upload: u, file: file, hash: sha256.New(), left: u.file.Size}
		return struct {
			io.Reader
			io.Closer
		}{io.MultiReader(bytes.NewReader(u.head), content, bytes.NewReader(u.tail)), file}, nil
	}
}

// length returns the length of the whole body in bytes. go-retryablehttp would ask for it as an int, which a file of 2 GiB does not fit into on
// systems with 32 bits.
func (u *UploadBody) length() int64 { return int64(len(u.head)) + u.file.Size + int64(len(u.tail)) }

// hashingReader reads a file and computes its hash. A size or a hash other than the announced one is an error instead of the end, so that the
// end of the body is never sent.
type hashingReader struct {
	upload *UploadBody
	file   io.Reader
	hash   hash.Hash
	left   int64
}

// Read implements io.Reader.
func (r *hashingReader) Read(b []byte) (int, error) {
	n, err := r.file.Read(b)
	if r.left -= int64(n); r.left < 0 {
		return 0, ErrFileChanged
	}
	_, _ = r.hash.Write(b[:n]) // never returns an error
	if err == io.EOF {
		if r.left > 0 || [sha256.Size]byte(r.hash.Sum(nil)) != r.upload.file.SHA256 {
			return n, ErrFileChanged
		}
		r.upload.done.Store(true)
	}
	return n, err
}
