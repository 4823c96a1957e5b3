package acctest

import (
	"net/http"
	"net/http/httptest"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// WithoutNetwork is an option of a provider that passes requests to the mock's handler. The time of a synctest bubble does not pass during
// network I/O, and a goroutine that waits for the network counts as running.
func (e *Env) WithoutNetwork(cfg *hub.Config) {
	cfg.Network = func(http.RoundTripper) http.RoundTripper { return handlerTransport{e.Hub} }
}

// handlerTransport passes requests to a handler.
type handlerTransport struct{ http.Handler }

func (h handlerTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body == nil {
		req.Body = http.NoBody // as a server has it
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w.Result(), nil
}
