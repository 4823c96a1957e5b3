package mockhub_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"runtime"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const uploadRoute = "POST /chatbot/{uuid}/data-source/upload"

func (w *testHub) upload(name, content, link string) reply {
	w.t.Helper()
	return w.uploadTo(chatbotID, name, content, link)
}

// uploadTo uploads a file as any client would; "" leaves reference_source_link out.
func (w *testHub) uploadTo(chatbot, name, content, link string) reply {
	w.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	if link != "" {
		if err := m.WriteField("reference_source_link", link); err != nil {
			w.t.Fatal(err)
		}
	}
	part, err := m.CreatePart(textproto.MIMEHeader{"Content-Disposition": {multipart.FileContentDisposition("file", name)}})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := io.WriteString(part, content); err != nil {
		w.t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		w.t.Fatal(err)
	}
	return w.form(chatbot, m.FormDataContentType(), &b)
}

// form sends any body to the upload of a chatbot.
func (w *testHub) form(chatbot, contentType string, body io.Reader) reply {
	w.t.Helper()
	req := w.request(w.t.Context(), "POST", "/chatbot/"+chatbot+"/data-source/upload", "")
	req.Body = io.NopCloser(body)
	req.ContentLength = -1
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	r, err := w.send(req)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func TestUploadTypes(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	for ext := range strings.FieldsSeq("pdf docx doc txt md tex csv xlsx xls png jpg jpeg gif webp bmp PDF") {
		if got := w.upload("a.b."+ext, "x", "").object(t); got["type"] != "upload" || got["file_name"] != "a.b."+ext {
			t.Errorf("%s: %v", ext, got)
		}
	}
	for _, name := range []string{"a.exe", "a", "pdf", "a.pdf.zip", "a.html", "a."} {
		w.upload(name, "x", "").is(t, 400, `{"error":"file type not allowed"}`)
	}
	w.SetQuirks(func(q *mockhub.Quirks) { q.ErrorForm = "text" })
	w.upload("a.exe", "x", "").is(t, 400, `file type not allowed`)
	if got := len(w.Sources(chatbotID)); got != 16 {
		t.Errorf("%d sources", got)
	}
}

// part writes one part of a form with the boundary "b".
func part(disposition, content string) string {
	return "--b\r\nContent-Disposition: " + disposition + "\r\n\r\n" + content + "\r\n"
}

func TestUploadForms(t *testing.T) {
	t.Parallel()
	const form = "multipart/form-data; boundary=b"
	file, end := part(`form-data; name="file"; filename="a.txt"`, "A"), "--b--\r\n"
	link := func(text string) string { return part(`form-data; name="reference_source_link"`, text) }
	for name, tc := range map[string]struct{ contentType, body, loc, msg string }{
		"good, link last":     {form, file + link("https://example.com") + end, "", ""},
		"good, link first":    {form, link("https://example.com") + file + end, "", ""},
		"good, bare end":      {form, file + "--b--", "", ""},
		"no content type":     {"", file + end, `"content-type"`, "Content-Type must be multipart/form-data with a boundary"},
		"JSON":                {"application/json", "{}", `"content-type"`, "Content-Type must be multipart/form-data with a boundary"},
		"mixed":               {"multipart/mixed; boundary=b", file + end, `"content-type"`, "Content-Type must be multipart/form-data with a boundary"},
		"no boundary":         {"multipart/form-data", file + end, `"content-type"`, "Content-Type must be multipart/form-data with a boundary"},
		"another boundary":    {"multipart/form-data; boundary=c", file + end, `"body"`, "the body is incomplete: it does not end with its boundary"},
		"empty":               {form, "", `"body"`, "the body is incomplete: it does not end with its boundary"},
		"cut in the file":     {form, file[:len(file)-2], `"body"`, "the body is incomplete: unexpected EOF"},
		"cut in the link":     {form, file + link("https://example.com")[:90], `"body"`, "the body is incomplete: unexpected EOF"},
		"cut before the end":  {form, file + "--b\r\n", `"body"`, "the body is incomplete: it does not end with its boundary"},
		"text after the end":  {form, file + end + "x", `"body"`, "the body is incomplete: it does not end with its boundary"},
		"no part":             {form, end, `"file"`, needed},
		"link alone":          {form, link("https://example.com") + end, `"file"`, needed},
		"no file name":        {form, part(`form-data; name="file"`, "A") + end, `"file"`, "the part has no file name"},
		"empty file name":     {form, part(`form-data; name="file"; filename=""`, "A") + end, `"file"`, "the file name must be a plain name"},
		"path":                {form, part(`form-data; name="file"; filename="a/b.txt"`, "A") + end, `"file"`, "the file name must be a plain name"},
		"Windows path":        {form, part(`form-data; name="file"; filename="c:\\b.txt"`, "A") + end, `"file"`, "the file name must be a plain name"},
		"not UTF-8":           {form, part("form-data; name=\"file\"; filename=\"\xff.txt\"", "A") + end, `"file"`, "the file name must be a plain name"},
		"another name":        {form, part(`form-data; name="upload"; filename="a.txt"`, "A") + file + end, `"upload"`, noKey},
		"a title":             {form, part(`form-data; name="title"`, "A") + file + end, `"title"`, noKey},
		"no name":             {form, part(`form-data; filename="a.txt"`, "A") + file + end, `"body"`, "a part has no name"},
		"attachment":          {form, part(`attachment; name="x"`, "A") + file + end, `"body"`, "a part has no name"},
		"two files":           {form, file + file + end, `"file"`, "the part is a duplicate"},
		"two links":           {form, link("https://example.com") + link("https://example.com") + file + end, `"reference_source_link"`, "the part is a duplicate"},
		"link, empty":         {form, link("") + file + end, `"reference_source_link"`, badLink},
		"link, no URL":        {form, link("example.com") + file + end, `"reference_source_link"`, badLink},
		"link, not UTF-8":     {form, link("https://\xff") + file + end, `"reference_source_link"`, noText},
		"link, too long":      {form, link("https://example.com/"+strings.Repeat("x", 64<<10)) + file + end, `"reference_source_link"`, noText},
		"link, as a file":     {form, part(`form-data; name="reference_source_link"; filename="a.txt"`, "A") + file + end, `"reference_source_link"`, "the part must be text"},
		"encoded":             {form, strings.Replace(file, "\r\n\r\n", "\r\nContent-Transfer-Encoding: base64\r\n\r\n", 1) + end, `"file"`, "the part has the header Content-Transfer-Encoding"},
		"content type":        {form, strings.Replace(file, "\r\n\r\n", "\r\nContent-Type: text/plain\r\n\r\n", 1) + end, `"file"`, "the part has the header Content-Type"},
		"typed link":          {form, strings.Replace(link("https://example.com"), "\r\n\r\n", "\r\nContent-Type: text/plain\r\n\r\n", 1) + file + end, `"reference_source_link"`, "the part has the header Content-Type"},
		"broken part headers": {form, "--b\r\nx\r\n\r\nA\r\n" + end, `"body"`, "the body is incomplete: malformed MIME header"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := bot(t, mockhub.Quirks{})
			r := w.form(chatbotID, tc.contentType, strings.NewReader(tc.body))
			if tc.loc == "" {
				r.object(t)
				return
			}
			if r.status != 422 || !strings.HasPrefix(r.body, `[{"loc":[`+tc.loc+`],"msg":"`+tc.msg) || strings.Count(r.body, `"loc"`) != 1 {
				t.Errorf("%d %s, want %s %s", r.status, r.body, tc.loc, tc.msg)
			}
			if len(w.Sources(chatbotID)) != 0 {
				t.Error("a refused upload made a source")
			}
			if log := w.Requests()[0]; string(log.Body) != tc.body[:min(len(tc.body), 64<<10)] || log.Size != int64(len(tc.body)) {
				t.Errorf("log has %d of %d bytes", len(log.Body), log.Size)
			}
		})
	}
}

// zeros is an endless body that counts the bytes that were read.
type zeros struct{ left int64 }

func (z *zeros) Read(p []byte) (int, error) {
	if z.left == 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), z.left)
	clear(p[:n])
	z.left -= n
	return int(n), nil
}

// TestLargeUpload is not parallel, because it measures the allocations of the process.
func TestLargeUpload(t *testing.T) {
	const size = 64 << 20
	w := bot(t, mockhub.Quirks{})
	head := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"large.pdf\"\r\n\r\n"
	body := func() io.Reader {
		return io.MultiReader(strings.NewReader(head), &zeros{size}, strings.NewReader("\r\n--b--\r\n"))
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	made := w.form(chatbotID, "multipart/form-data; boundary=b", body()).object(t)
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > size/8 {
		t.Errorf("%d bytes were allocated for an upload of %d", used, size)
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, &zeros{size}); err != nil {
		t.Fatal(err)
	}
	id := made["uuid"].(string)
	if got := w.source(id); got.FileSize != size || w.UploadHash(id) != hex.EncodeToString(sum.Sum(nil)) {
		t.Errorf("stored %+v", got)
	}
	log := w.Requests()[0]
	if len(log.Body) != 64<<10 || !log.Truncated || log.Size != int64(len(head)+size+len("\r\n--b--\r\n")) || !strings.HasPrefix(string(log.Body), head) {
		t.Errorf("log has %d of %d bytes, truncated %v", len(log.Body), log.Size, log.Truncated)
	}
	w.SetQuirks(func(q *mockhub.Quirks) { q.MaxUpload = size - 1 })
	if r := w.form(chatbotID, "multipart/form-data; boundary=b", strings.NewReader(head+"x\r\n--b--\r\n")); r.status != 409 {
		t.Errorf("a small file with the same name: %d %s", r.status, r.body)
	}
	w.form(chatbotID, "multipart/form-data; boundary=b", body()).is(t, 413, `{"error":"the file is too large"}`)
}

func TestUploadsAreCounted(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	want := func(count int, bytes int64) {
		t.Helper()
		if c, b := w.Uploads(); c != count || b != bytes {
			t.Errorf("%d uploads with %d bytes, want %d with %d", c, b, count, bytes)
		}
	}
	want(0, 0)
	w.upload("a.txt", "12345", "").object(t)
	want(1, 5)
	w.upload("a.txt", "123", "") // duplicates and requests with a fault count too
	w.Inject(mockhub.Fault{Route: uploadRoute, Status: 500})
	w.upload("b.txt", "12", "").is(t, 500, `{"error":"injected fault: Internal Server Error"}`)
	want(3, 10)
	w.form(chatbotID, "multipart/form-data; boundary=b", strings.NewReader(part(`form-data; name="file"; filename="c.txt"`, "A")))
	w.form(chatbotID, "application/json", strings.NewReader("{}"))
	want(3, 10)
	if len(w.Sources(chatbotID)) != 1 || w.Count(uploadRoute) != 5 {
		t.Errorf("%d requests left %+v", w.Count(uploadRoute), w.Sources(chatbotID))
	}
	w.Forget()
	want(0, 0)
}

func TestUploadThatEndsEarly(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	whole := part(`form-data; name="file"; filename="c.txt"`, "A") + "--b--\r\n"
	req := w.request(t.Context(), "POST", "/chatbot/"+chatbotID+"/data-source/upload", "")
	req.Body, req.ContentLength = io.NopCloser(strings.NewReader(whole)), int64(len(whole)+1)
	req.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	if _, err := w.send(req); err == nil {
		t.Error("a short body was sent")
	}
	if n, _ := w.Uploads(); n != 0 || len(w.Sources(chatbotID)) != 0 {
		t.Error("a short body made a source")
	}
}

func TestUploadNeedsTheKey(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	req := w.request(t.Context(), "POST", "/chatbot/"+chatbotID+"/data-source/upload", "")
	req.Body = io.NopCloser(strings.NewReader(strings.Repeat("x", 1<<20)))
	req.Header.Set("Authorization", "Bearer x")
	if r, err := w.send(req); err != nil || r.status != http.StatusUnauthorized {
		t.Errorf("%v %+v", err, r)
	}
}
