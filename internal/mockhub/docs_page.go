package mockhub

import (
	_ "embed"
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// endpointsFile has the endpoints of api.md §2 with their example bodies. A test makes it from there.
//
//go:embed endpoints.json
var endpointsFile string

// endpoint is an endpoint on the page of the API. Body, Answer and Support are cells of api.md §2.
type endpoint struct {
	Operation string `json:"operation"`
	Method    string `json:"method"`
	Path      string `json:"path"`
	Body      string `json:"body"`
	Answer    string `json:"answer"`
	Support   string `json:"support"`
	Example   string `json:"example"` // an example body in JSON, or of a file its name and its text in two lines; "" without a body

	Curl string `json:"curl"` // the request for a shell, with words such as CHATBOT_UUID for uuids
}

// serveDocs sends the endpoints as JSON, for the page.
func (h *Hub) serveDocs(w http.ResponseWriter, r *http.Request) { sendState(w, r, endpointsFor(r)) }

// serveDocsPage sends the page to a browser, and the requests as text to what does not ask for HTML, such as curl.
func (h *Hub) serveDocsPage(w http.ResponseWriter, r *http.Request) {
	if strings.Contains(r.Header.Get("Accept"), "text/html") {
		sendPageFile(w, r, "page.html")
		return
	}
	var text strings.Builder
	for _, e := range endpointsFor(r) {
		text.WriteString("# " + e.Operation + "\n" + e.Curl + "\n\n")
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, text.String()) // an error means that the client has closed the connection
}

// endpointsFor returns the endpoints with the address to which a request was sent.
func endpointsFor(r *http.Request) []endpoint {
	var list []endpoint
	if err := json.Unmarshal([]byte(endpointsFile), &list); err != nil { // a test reads the file
		panic(err)
	}
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	for i := range list {
		list[i].Curl = list[i].request(scheme + r.Host)
	}
	return list
}

// request returns the request for a shell. The key is that of the environment, because this page must not show one that could be real.
func (e *endpoint) request(base string) string {
	path := e.Path
	if kind, rest, found := strings.Cut(path[1:], "/"+idPlaceholder); found {
		path = "/" + kind + "/" + strings.ToUpper(strings.ReplaceAll(kind, "-", "_")) + "_UUID" + rest
	}
	if !strings.HasPrefix(path, "/api/") {
		path = basePath + path
	}
	curl := "curl -sS"
	if strings.HasSuffix(path, "/stream") {
		curl += "N" // prints the answer while it arrives
	}
	if e.Method != http.MethodGet {
		curl += " -X " + e.Method
	}
	curl += " " + shellQuote(base+path) + " \\\n  -H \"Authorization: Bearer $AICHATBOTHUB_API_KEY\""
	name, content, isFile := strings.Cut(e.Example, "\n")
	switch {
	case isFile: // curl -F would send a Content-Type with the file, which no client of the service does
		return "printf '%s\\r\\n' --part 'Content-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"' '' " +
			shellQuote(content) + " --part-- |\n  " + curl + " \\\n  -H 'Content-Type: multipart/form-data; boundary=part' --data-binary @-"
	case e.Example != "":
		return curl + " \\\n  -H 'Content-Type: application/json' \\\n  -d " + shellQuote(e.Example)
	}
	return curl
}

// shellQuote quotes a text for a POSIX shell.
func shellQuote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
