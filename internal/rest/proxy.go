package rest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// ProxyError is the error for a proxy that refuses to connect to the service.
type ProxyError struct {
	Host   string // of the proxy
	Status int
}

// Error implements error.
func (e *ProxyError) Error() string {
	return fmt.Sprintf("the proxy %s refused to connect to the service: %s", e.Host, statusText(e.Status))
}

// checkProxy is http.Transport.OnProxyConnectResponse. Without it, the error of a refused CONNECT is the text of the status alone.
func checkProxy(_ context.Context, proxy *url.URL, _ *http.Request, resp *http.Response) error {
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	return &ProxyError{Host: proxy.Host, Status: resp.StatusCode}
}

// isRefusedByProxy reports whether a proxy refuses to connect, and would do so again.
func isRefusedByProxy(err error) bool {
	refused, ok := errors.AsType[*ProxyError](err)
	return ok && refused.Status < http.StatusInternalServerError && refused.Status != http.StatusTooManyRequests
}
