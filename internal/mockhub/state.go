package mockhub

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// maxRequests is the maximum number of requests on the page of requests.
const maxRequests = 200

// sendState sends the data of a page, which requests it every second. It answers 304 if nothing has changed.
func sendState(w http.ResponseWriter, r *http.Request, state any) {
	raw, err := json.Marshal(state) // it escapes HTML, which encodeJSON does not
	if err != nil {                 // all types of the pages can be encoded
		panic(err)
	}
	tag := fmt.Sprintf(`"%x"`, sha256.Sum256(raw))
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", jsonType)
	_, _ = w.Write(raw) // an error means that the client has closed the connection
}

// serveRequests sends the latest requests, without headers and bodies, which can have secrets.
func (h *Hub) serveRequests(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	list := newest(h.log, maxRequests, (*Request).view)
	h.mu.Unlock()
	sendState(w, r, list)
}

func (r *Request) view() requestView {
	path := r.Path
	if r.Query != "" {
		path += "?" + r.Query
	}
	at := r.At.Format(time.RFC3339Nano)
	return requestView{Key: at, At: at, Method: r.Method, Path: path, Route: r.Route, Status: r.Status, Fault: r.Fault}
}
