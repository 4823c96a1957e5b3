package hostile

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
)

// compressed returns a text in gzip.
func compressed(t *testing.T, text io.Reader) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.Copy(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// flood writes a text again and again until the client leaves.
func flood(w io.Writer, text string) {
	page := []byte(strings.Repeat(text, max(1, 1<<16/len(text))))
	for {
		if _, err := w.Write(page); err != nil {
			return
		}
	}
}

// raw answers a request with what write sends, without net/http.
func raw(w http.ResponseWriter, write func(io.Writer)) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	write(conn)
	_ = conn.Close()
}

// head is the beginning of an answer with more header lines.
const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

// TestHostileConnections: gzip bombs, also nested ones, endless streams and headers are a clear error after one request, and cost less than
// 64 MB (goals.md S4). What a wrong form is read as is in TestHostileAnswers.
func TestHostileConnections(t *testing.T) {
	objects := compressed(t, repeated{head: "[{}", unit: ",{}", tail: "]"}.reader())
	zeros := compressed(t, repeated{unit: " ", size: 4 * largest}.reader()) // more than is read
	nested := compressed(t, bytes.NewReader(zeros))
	encoded := func(encoding string, body []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Encoding", encoding)
			_, _ = w.Write(body)
		}
	}
	endless := func(start, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			raw(w, func(w io.Writer) { _, _ = io.WriteString(w, start); flood(w, text) })
		}
	}
	var deflated bytes.Buffer
	d, _ := flate.NewWriter(&deflated, flate.BestSpeed)
	_, _ = d.Write([]byte("[]"))
	_ = d.Close()
	const unusable = "does not have the form that the API documents"
	cases := map[string]struct {
		serve http.HandlerFunc
		words string
	}{
		"gzip of empty objects":         {encoded("gzip", objects), "too many values for its size"},
		"gzip bomb":                     {encoded("gzip", zeros), "larger than 32 MiB"},
		"nested gzip bomb":              {encoded("gzip", nested), unusable},
		"gzip named twice":              {encoded("gzip, gzip", nested), unusable},
		"other encoding":                {encoded("br", []byte("[]\x03")), unusable},
		"deflate":                       {encoded("deflate", deflated.Bytes()), unusable},
		"endless list":                  {endless(head+"\r\n[{}", ",{}"), "larger than 32 MiB"},
		"endless white space":           {endless(head+"\r\n", " \n"), "larger than 32 MiB"},
		"endless chunks":                {endless(head+"Transfer-Encoding: chunked\r\n\r\n", "2\r\n{}\r\n"), "larger than 32 MiB"},
		"endless header line":           {endless("HTTP/1.1 200 OK\r\nX-A: ", "a"), "header is larger than 256 KiB"},
		"endless header":                {endless("HTTP/1.1 200 OK\r\n", "X-A: a\r\n"), "header is larger than 256 KiB"},
		"endless status line":           {endless("HTTP/1.1 200 ", "a"), "header is larger than 256 KiB"},
		"endless informational answers": {endless("", "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"), "header is larger than 256 KiB"},
		"endless refusal":               {endless("HTTP/1.1 403 Forbidden\r\n\r\n", "x "), "403 Forbidden"},
		"many lines of a header":        {encodedHeader(100_000), "header is larger than 256 KiB"},
	}
	most := 0
	for name, tc := range cases {
		var requests atomic.Int32
		address := service(t, func(w http.ResponseWriter, r *http.Request) { requests.Add(1); tc.serve(w, r) })
		c := client(t, address, nil)
		var err error
		n := cost(func() { err = lists["chatbots"](t.Context(), c) })
		most = max(most, n)
		if err == nil || !strings.Contains(err.Error(), tc.words) || requests.Load() != 1 || n > allowed {
			t.Errorf("%s: %.300v, %d requests, %d MB", name, err, requests.Load(), n/1e6)
		}
	}
	t.Logf("S4: %d hostile connections, at most %.0f MB each", len(cases), float64(most)/1e6)
}

// encodedHeader answers with a header of so many fields.
func encodedHeader(fields int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := range fields {
			w.Header().Set(fmt.Sprint("X-", i), "a")
		}
		_, _ = io.WriteString(w, "[]")
	}
}
