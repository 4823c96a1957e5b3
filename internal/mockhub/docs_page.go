package mockhub

import (
	_ "embed"
	"encoding/json"
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

// serveDocs sends the endpoints.
func (h *Hub) serveDocs(w http.ResponseWriter, r *http.Request) {
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
	sendState(w, r, list)
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
