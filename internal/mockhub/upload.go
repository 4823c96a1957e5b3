package mockhub

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// logKept is how much of an upload's body the request log keeps, in bytes.
	logKept = 64 << 10
	// headKept is how much of a file is searched for markers, in bytes.
	headKept = 8 << 10
	// tailKept is enough for the end of a multipart body: a boundary has at most 70 characters.
	tailKept = 128
	// maxText is the largest text part accepted, in bytes.
	maxText = 64 << 10
)

// upload is the file of an upload: its marks, but not its content, which can be large.
type upload struct {
	name, hash string
	size       int64
	head       head
	whole      bool // there was a file, and the body was read to its end
}

// head counts what is written to it and keeps the beginning.
type head struct {
	limit int
	kept  []byte
	size  int64
}

func (h *head) Write(p []byte) (int, error) {
	h.kept = append(h.kept, p[:min(len(p), h.limit-len(h.kept))]...)
	h.size += int64(len(p))
	return len(p), nil
}

// tail keeps the end of what is written to it.
type tail struct{ kept []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.kept = append(t.kept, p[max(len(p)-tailKept, 0):]...)
	t.kept = slices.Delete(t.kept, 0, max(len(t.kept)-tailKept, 0))
	return len(p), nil
}

// readUpload reads a body that must be multipart/form-data with one file. What is wrong with its parts is kept in c.body, as
// it is with a JSON object's fields.
func readUpload(c *call, r *http.Request) {
	start, end := head{limit: logKept}, tail{}
	body := io.TeeReader(r.Body, io.MultiWriter(&start, &end))
	c.upload = &upload{head: head{limit: headKept}}
	c.body = &object{fields: map[string]json.RawMessage{}}
	err := readForm(c, r.Header.Values("Content-Type"), body, &end)
	// What is left is read too: a client that is still sending might not see the answer.
	if _, rest := io.Copy(io.Discard, body); err == nil {
		err = rest
	}
	c.raw, c.size = start.kept, start.size
	c.upload.whole = err == nil && c.upload.hash != ""
	if err != nil && c.refusal == nil {
		c.refuse("body", "the body is not whole: "+err.Error(), "value_error")
	}
}

// readForm reads the parts one after the other. It returns an error when they do not come to their end.
func readForm(c *call, contentType []string, body io.Reader, end *tail) error {
	boundary := formBoundary(contentType)
	if boundary == "" {
		c.refuse("content-type", "Content-Type must be multipart/form-data with a boundary", "value_error.content_type")
		return nil
	}
	parts, seen := multipart.NewReader(body, boundary), map[string]bool{}
	for {
		// Raw: an encoding of the content would hide its size.
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) { // also in the midst of a part
			break
		}
		if err != nil {
			return err
		}
		if err := readPart(c, part, seen); err != nil {
			return err
		}
	}
	if _, err := io.Copy(io.Discard, body); err != nil {
		return err
	}
	if !bytes.HasSuffix(bytes.TrimSuffix(end.kept, []byte("\r\n")), []byte("--"+boundary+"--")) {
		return errors.New("it does not end with its boundary")
	}
	if !seen["file"] {
		c.body.add("field required", "value_error.missing", "file")
	}
	return nil
}

// formBoundary returns the boundary of a multipart form, "" if the content type is another one.
func formBoundary(values []string) string {
	if len(values) != 1 {
		return ""
	}
	media, params, err := mime.ParseMediaType(values[0])
	if err != nil || media != "multipart/form-data" || len(params) != 1 {
		return ""
	}
	return params["boundary"]
}

// readPart reads one part, or notes what is wrong with it; the reader then skips the rest of it.
func readPart(c *call, part *multipart.Part, seen map[string]bool) error {
	o := c.body
	name, fileName, isFile := partNames(part)
	if name == "" {
		o.add("a part has no name", "value_error.multipart", "body")
		return nil
	}
	for key := range part.Header {
		if key != "Content-Disposition" && key != "Content-Type" {
			o.add("the part has the header "+key, "value_error.multipart", name)
		}
	}
	if seen[name] {
		o.add("the part comes twice", "value_error.multipart", name)
		return nil
	}
	seen[name] = true
	switch {
	case name == "file" && !isFile:
		o.add("the part has no file name", "value_error.multipart", name)
	case name == "file":
		return readFile(c, part, fileName)
	case name == "reference_source_link" && isFile:
		o.add("the part must be text", "value_error.multipart", name)
	case name == "reference_source_link":
		return readText(c, part, name)
	default:
		o.add("extra fields not permitted", "value_error.extra", name)
	}
	return nil
}

// partNames returns the names of a part and of its file. Unlike those that mime/multipart has for this, it leaves a path in the
// file name. The part's name is "" if it has none.
func partNames(part *multipart.Part) (name, fileName string, isFile bool) {
	media, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil || media != "form-data" {
		return "", "", false
	}
	fileName, isFile = params["filename"]
	return params["name"], fileName, isFile
}

func readFile(c *call, part io.Reader, name string) error {
	if name == "" || !utf8.ValidString(name) || strings.ContainsAny(name, `/\`) || strings.ContainsFunc(name, unicode.IsControl) {
		c.body.add("the file name must be a plain name", "value_error.multipart", "file")
	}
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(sum, &c.upload.head), part)
	c.upload.name, c.upload.size, c.upload.hash = name, size, hex.EncodeToString(sum.Sum(nil))
	return err
}

func readText(c *call, part io.Reader, name string) error {
	raw, err := io.ReadAll(io.LimitReader(part, maxText+1))
	if err != nil {
		return err
	}
	if len(raw) > maxText || !utf8.Valid(raw) {
		c.body.add("str type expected", "type_error.str", name)
		return nil
	}
	c.body.fields[name], err = json.Marshal(string(raw))
	return err
}

// Uploads returns how many uploads have come in whole since the hub was made or Forget was called, whatever their answers
// were, and how many bytes their files had together.
func (h *Hub) Uploads() (count int, bytes int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.uploads, h.uploaded
}

// UploadHash returns the SHA-256 in hex of the content that a source was uploaded with, "" if it was not uploaded or is gone.
func (h *Hub) UploadHash(uuid string) string {
	s, _ := h.Source(uuid)
	return s.Hash
}
