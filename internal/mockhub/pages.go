package mockhub

import (
	"embed"
	"html"
	"net"
	"net/http"
	"net/netip"
	"path"
	"strings"
)

// pageFiles are the web pages for people who try the provider: an overview of all objects, the requests, the switches, the API, and the chat of a
// chatbot. The pages are not part of the API. They need no key, are not in the request log, and have no faults, limits or latency.
//
//go:embed page
var pageFiles embed.FS

// noticePage is the page of a notice. It has no template of html/template, which would make the provider's binary larger by 0.3 MB.
//
//go:embed page/notice.html
var noticePage string

// pagePolicy is the content security policy of pages. They can load files of the hub only.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors "

func (h *Hub) pageRoutes() *http.ServeMux {
	m := http.NewServeMux()
	for _, path := range []string{"/{$}", "/requests", "/quirks"} {
		m.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) { sendPageFile(w, r, "page.html") })
	}
	m.HandleFunc("GET /docs", h.serveDocsPage)
	m.HandleFunc("GET /page/overview.json", h.serveOverview)
	m.HandleFunc("GET /page/requests.json", h.serveRequests)
	m.HandleFunc("GET /page/quirks.json", h.serveQuirks)
	m.HandleFunc("GET /page/docs.json", h.serveDocs)
	for _, name := range []string{
		"base.css", "page.css", "parts.css", "page.js", "dom.js", "parts.js", "overview.js", "requests.js", "quirks.js", "docs.js", "widget.css", "widget.js",
	} {
		m.HandleFunc("GET /page/"+name, func(w http.ResponseWriter, r *http.Request) { sendPageFile(w, r, name) })
	}
	m.HandleFunc("GET "+widgetPath, h.serveWidget)
	m.HandleFunc("POST "+widgetPath+"/session", h.createChatSession)
	m.HandleFunc("GET "+widgetPath+"/session/{session}", h.serveChat)
	m.HandleFunc("POST "+widgetPath+"/session/{session}/message", h.answerChat)
	return m
}

// servePage answers requests of web pages, and reports whether the request was one.
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
	if !isLocalHost(r.Host) {
		notice{
			Status: http.StatusMisdirectedRequest, Title: "Host name not allowed",
			Text: foreignHost,
		}.send(w)
		return true
	}
	// Other sites must not send messages. The browser prevents them from reading.
	if err := new(http.CrossOriginProtection).Check(r); err != nil {
		http.Error(w, "This request comes from another site.", http.StatusForbidden)
		return true
	}
	h.pages.ServeHTTP(w, r)
	return true
}

// foreignHost is the answer to a request for another host.
const foreignHost = "The mock is served at an IP address and at localhost only."

// LocalHosts returns a handler that refuses requests for other hosts than localhost and IP addresses, as the pages do, and passes the others to h.
func LocalHosts(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isLocalHost(r.Host) {
			http.Error(w, foreignHost, http.StatusMisdirectedRequest)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// isLocalHost reports whether the host is localhost or an IP address. Another name can be a DNS rebinding attack: a foreign
// site whose name resolves to this machine could read the pages and send requests.
func isLocalHost(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.Trim(hostport, "[]")
	}
	_, err = netip.ParseAddr(host)
	return err == nil || strings.EqualFold(host, "localhost")
}

func sendPageFile(w http.ResponseWriter, r *http.Request, name string) {
	// By default net/http uses the content types of the system, which are wrong on some systems.
	types := map[string]string{".html": htmlType, ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
	w.Header().Set("Content-Type", types[path.Ext(name)])
	http.ServeFileFS(w, r, pageFiles, "page/"+name)
}

// notice is a page with a short message. Code is an optional example.
type notice struct {
	Status            int
	Title, Text, Code string
}

func (n notice) send(w http.ResponseWriter) {
	w.Header().Set("Content-Type", htmlType)
	w.WriteHeader(n.Status)
	code := ""
	if n.Code != "" {
		code = "<pre>" + html.EscapeString(n.Code) + "</pre>"
	}
	page := strings.NewReplacer("TITLE", html.EscapeString(n.Title), "TEXT", html.EscapeString(n.Text), "CODE", code)
	_, _ = page.WriteString(w, noticePage) // an error means that the client has closed the connection
}
