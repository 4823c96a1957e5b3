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
	// loggedBytes is the number of bytes of an upload that the request log keeps.
	loggedBytes = 64 << 10
	// searchedBytes is the number of bytes of a file that are searched for markers.
	searchedBytes = 8 << 10
	// keptBytes is the number of bytes of a file that are kept while it is read. Those of a text are stored, for answers.
	keptBytes = 64 << 10
	// tailBytes is enough for the end of a multipart body: a boundary has at most 70 characters.
	tailBytes = 128
	// maxTextPart is the largest accepted text part, in bytes.
	maxTextPart = 64 << 10
)

// upload describes an uploaded file. Only the beginning of the content is kept, because it can be large.
type upload struct {
	textPart   string // the name of the optional text part
	typedParts bool   // parts may have a Content-Type
	name, hash string
	size       int64
	head       head
	whole      bool // the body has a file and was read to its end
}

// head is a writer that counts bytes and keeps the first ones.
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

// tail is a writer that keeps the last bytes.
type tail struct{ kept []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.kept = append(t.kept, p[max(len(p)-tailBytes, 0):]...)
	t.kept = slices.Delete(t.kept, 0, max(len(t.kept)-tailBytes, 0))
	return len(p), nil
}

// readUpload reads a body that must be multipart/form-data with one file. Problems with its parts are stored in c.body, like
// those with the fields of a JSON object.
func readUpload(c *call, r *http.Request) {
	readMultipart(c, r, upload{textPart: "reference_source_link"})
}

// readDocument is readUpload for a document of a session. The vendor's client repeats the file name in a text part, and curl sends a Content-Type
// with the file.
func readDocument(c *call, r *http.Request) {
	readMultipart(c, r, upload{textPart: "filename", typedParts: true})
}

func readMultipart(c *call, r *http.Request, of upload) {
	start, end := head{limit: loggedBytes}, tail{}
	body := io.TeeReader(r.Body, io.MultiWriter(&start, &end))
	of.head.limit = keptBytes
	c.upload = &of
	c.body = &object{fields: map[string]json.RawMessage{}}
	err := readForm(c, r.Header.Values("Content-Type"), body, &end)
	// The rest is read too, because a client that is still sending might not read the answer.
	if _, rest := io.Copy(io.Discard, body); err == nil {
		err = rest
	}
	c.raw, c.size = start.kept, start.size
	c.upload.whole = err == nil && c.upload.hash != ""
	if err != nil && c.refusal == nil {
		c.refuse("body", "the body is incomplete: "+err.Error(), "value_error")
	}
}

// readForm reads all parts. It returns an error if the body is incomplete.
func readForm(c *call, contentType []string, body io.Reader, end *tail) error {
	boundary := formBoundary(contentType)
	if boundary == "" {
		c.refuse("content-type", "Content-Type must be multipart/form-data with a boundary", "value_error.content_type")
		return nil
	}
	parts, seen := multipart.NewReader(body, boundary), map[string]bool{}
	for {
		// NextRawPart does not decode the content, so that its size is that of the body.
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) { // also returned within a part
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
		c.body.addProblem("field required", "value_error.missing", "file")
	}
	return nil
}

// formBoundary returns the boundary of a multipart form, or "" for another content type.
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

// readPart reads one part, or adds a problem and does not read the part.
func readPart(c *call, part *multipart.Part, seen map[string]bool) error {
	o := c.body
	name, fileName, isFile := partNames(part)
	if name == "" {
		o.addProblem("a part has no name", "value_error.multipart", "body")
		return nil
	}
	for key := range part.Header {
		if key != "Content-Disposition" && !(key == "Content-Type" && c.upload.typedParts) { // the vendor's client sends no other (api.md §2)
			o.addProblem("the part has the header "+key, "value_error.multipart", name)
		}
	}
	if seen[name] {
		o.addProblem("the part is a duplicate", "value_error.multipart", name)
		return nil
	}
	seen[name] = true
	switch {
	case name == "file" && !isFile:
		o.addProblem("the part has no file name", "value_error.multipart", name)
	case name == "file":
		return readFile(c, part, fileName)
	case name == c.upload.textPart && isFile:
		o.addProblem("the part must be text", "value_error.multipart", name)
	case name == c.upload.textPart:
		return readText(c, part, name)
	default:
		o.addProblem("extra fields not permitted", "value_error.extra", name)
	}
	return nil
}

// partNames returns the names of a part and of its file. Unlike the methods of mime/multipart it does not remove a path from
// the file name. The name of a part without a name is "".
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
		c.body.addProblem("the file name must be a plain name", "value_error.multipart", "file")
	}
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(sum, &c.upload.head), part)
	c.upload.name, c.upload.size, c.upload.hash = name, size, hex.EncodeToString(sum.Sum(nil))
	return err
}

func readText(c *call, part io.Reader, name string) error {
	raw, err := io.ReadAll(io.LimitReader(part, maxTextPart+1))
	if err != nil {
		return err
	}
	if len(raw) > maxTextPart || !utf8.Valid(raw) {
		c.body.addProblem("str type expected", "type_error.str", name)
		return nil
	}
	c.body.fields[name], err = json.Marshal(string(raw))
	return err
}

// beginning returns the first bytes of the file, in which markers are searched.
func (u *upload) beginning() string {
	return string(u.head.kept[:min(len(u.head.kept), searchedBytes)])
}

// text returns the beginning of a text file, without a character that is cut off; "" for other files.
func (u *upload) text() string {
	if !slices.Contains([]string{"txt", "md", "tex", "csv"}, extension(u.name)) {
		return ""
	}
	kept := u.head.kept
	for cut := range min(utf8.UTFMax, len(kept)) {
		if whole := kept[:len(kept)-cut]; utf8.Valid(whole) {
			return string(whole)
		}
	}
	return ""
}

// Uploads returns the number of complete uploads, whatever their answers, and the total number of bytes in their files,
// since the hub was made or Forget was called.
func (h *Hub) Uploads() (count int, bytes int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.uploads, h.uploadedBytes
}

// UploadHash returns the SHA-256, in hex, of the uploaded file of a source, or "" if there is no such source or file.
func (h *Hub) UploadHash(uuid string) string {
	s, _ := h.Source(uuid)
	return s.Hash
}
