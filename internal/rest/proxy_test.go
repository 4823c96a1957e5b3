package rest

import (
	"crypto/x509"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// TestProxyRefuses: the error of a proxy that refuses to connect names the proxy and the status. It is not retried.
func TestProxyRefuses(t *testing.T) {
	t.Parallel()
	for status, requests := range map[int]int32{http.StatusForbidden: 1, http.StatusProxyAuthRequired: 1, http.StatusBadGateway: 3} {
		var seen atomic.Int32
		proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			seen.Add(1)
			w.WriteHeader(status)
		}))
		t.Cleanup(proxy.Close)
		address, _ := url.Parse("http://me:c4nary@" + strings.TrimPrefix(proxy.URL, "http://"))
		network := newNetwork(false)
		network.Proxy = http.ProxyURL(address)
		c := offline(t, network.RoundTrip)
		_, err := Call[Empty](t.Context(), c, Create("/x"), nil)
		refused, ok := errors.AsType[*ProxyError](err)
		if !ok || refused.Status != status || !strings.Contains(err.Error(), "the proxy "+address.Host+" refused to connect") || strings.Contains(err.Error(), "c4nary") || seen.Load() != requests {
			t.Errorf("%d after %d requests: %v", status, seen.Load(), err)
		}
	}
}

// TestInvalidProxy: net/http repeats an invalid address of a proxy with its password.
func TestInvalidProxy(t *testing.T) {
	t.Parallel()
	network := newNetwork(false)
	network.Proxy = func(*http.Request) (*url.URL, error) {
		return nil, errors.New(`invalid proxy address "http://me:c4nary@a b": parse failed`)
	}
	_, err := Call[Empty](t.Context(), offline(t, network.RoundTrip), Get("/x"), nil)
	if err == nil || strings.Contains(err.Error(), "c4nary") || !strings.Contains(err.Error(), "HTTPS_PROXY") {
		t.Errorf("%v", err)
	}
}

// TestUnknownAuthority: the cause is in the tree of the error, so that diagnostics can give advice.
func TestUnknownAuthority(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = resttest.Quiet
	server.StartTLS()
	t.Cleanup(server.Close)
	_, err := Call[Empty](t.Context(), clientFor(t, server.URL), Get("/x"), nil)
	if unknown := (x509.UnknownAuthorityError{}); !errors.As(err, &unknown) {
		t.Errorf("%v", err)
	}
}
