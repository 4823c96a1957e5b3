package mockhub

import (
	"embed"
	"html/template"
	"net"
	"net/http"
	"net/netip"
	"path"
	"strings"
)

// The pages are for people who try the provider: what the hub holds, and the chat of a chatbot. They are no part of the API:
// they need no key, are not in the request log, and meet neither faults nor limits nor latency.
//
//go:embed page
var pageFiles embed.FS

var noticeTemplate = template.Must(template.ParseFS(pageFiles, "page/notice.html"))

// pagePolicy lets a page load what the hub itself serves, and nothing from elsewhere.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors "

func (h *Hub) pageRoutes() *http.ServeMux {
	m := http.NewServeMux()
	m.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { sendPageFile(w, r, "overview.html") })
	m.HandleFunc("GET /page/overview.json", h.serveOverview)
	for _, name := range []string{
		"base.css", "dom.js", "overview.css", "overview.js", "overview-parts.js", "widget.css", "widget.js",
	} {
		m.HandleFunc("GET /page/"+name, func(w http.ResponseWriter, r *http.Request) { sendPageFile(w, r, name) })
	}
	m.HandleFunc("GET "+widgetPath, h.serveWidget)
	m.HandleFunc("POST "+widgetPath+"/session", h.beginChat)
	m.HandleFunc("GET "+widgetPath+"/session/{session}", h.serveChat)
	m.HandleFunc("POST "+widgetPath+"/session/{session}/message", h.chat)
	return m
}

// servePage answers a request for a page or for a part of one, and reports whether the request was for such.
func (h *Hub) servePage(w http.ResponseWriter, r *http.Request) bool {
	if _, pattern := h.pages.Handler(r); pattern == "" {
		return false
	}
	framedBy := "'none'"
	if strings.HasPrefix(r.URL.Path, "/widget/") {
		framedBy = "*"
	}
	header := w.Header()
	header.Set("Content-Security-Policy", pagePolicy+framedBy)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cache-Control", "no-store")
	if !ownHost(r.Host) {
		notice{
			Status: http.StatusMisdirectedRequest, Title: "Not under this name",
			Text: "The pages of the mock are served under an IP address and under localhost only.",
		}.send(w)
		return true
	}
	// No other site may chat in the visitor's name; reading is kept from it by the browser.
	if err := new(http.CrossOriginProtection).Check(r); err != nil {
		http.Error(w, "This request comes from another site.", http.StatusForbidden)
		return true
	}
	h.pages.ServeHTTP(w, r)
	return true
}

// ownHost refuses names of others, which can be made to point at this machine: a page there could then read these.
func ownHost(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.Trim(hostport, "[]")
	}
	_, err = netip.ParseAddr(host)
	return err == nil || strings.EqualFold(host, "localhost")
}

func sendPageFile(w http.ResponseWriter, r *http.Request, name string) {
	// Left to itself, net/http asks the machine, and some machines say that a script is text.
	types := map[string]string{".html": htmlType, ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
	w.Header().Set("Content-Type", types[path.Ext(name)])
	http.ServeFileFS(w, r, pageFiles, "page/"+name)
}

// notice is a page that says one thing. Code, if there is any, is what to type.
type notice struct {
	Status            int
	Title, Text, Code string
}

func (n notice) send(w http.ResponseWriter) {
	w.Header().Set("Content-Type", htmlType)
	w.WriteHeader(n.Status)
	_ = noticeTemplate.Execute(w, n) // the client may have gone; there is nobody to tell
}
