package rest

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// origin is a server with a separate loopback address, http or https, that counts what it receives.
type origin struct {
	connections, requests atomic.Int32
	bodies, keys          atomic.Int32 // requests that had one
}

func (o *origin) start(t *testing.T, secure bool, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o.requests.Add(1)
		if b, _ := io.ReadAll(r.Body); strings.Contains(string(b), "body-canary") {
			o.bodies.Add(1)
		}
		if r.Header.Get("Authorization") == "Bearer "+resttest.APIKey {
			o.keys.Add(1)
		}
		h(w, r)
	}))
	s.Config.ErrorLog = resttest.Quiet
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			o.connections.Add(1)
		}
	}
	if secure {
		s.StartTLS()
	} else {
		s.Start()
	}
	t.Cleanup(s.Close)
	return s
}

// TestForeignRedirects: no part of a request is sent to another scheme, host or port, whatever the status and the kind of request: 320 cases, with a
// second server that counts the connections, keys and bodies that reach it (goals.md S2).
func TestForeignRedirects(t *testing.T) {
	t.Parallel()
	kinds := map[string]func(context.Context, *Client) error{"read": read, "change": change, "erase": deleteBot, "create": createBot}
	for name, target := range map[string]string{ // H: the origin's name, P: its port, F: the foreign server's port
		"other host":          "https://evil.test:P/api/v1/chatbots",
		"other port":          "https://H:F/api/v1/chatbots",
		"default port":        "https://H/api/v1/chatbots",
		"scheme":              "http://H:P/api/v1/chatbots",
		"scheme and port":     "http://H:F/",
		"sub-domain":          "https://api.H:P/",
		"parent domain":       "https://test:P/",
		"longer name":         "https://H.evil.test:P/",
		"name with a dot":     "https://H.:P/",
		"loopback":            "https://127.0.0.1:F/",
		"user info":           "https://H@evil.test:P/",
		"user info with port": "https://H:P@evil.test:P/",
		"no scheme":           "//evil.test:P/api/v1/chatbots",
		"key in the address":  "https://evil.test:P/?key=" + url.QueryEscape(resttest.APIKey),
		"key as the host":     "https://cAn4ry.evil.test:P/",
		"odd scheme":          "ftp://H:P/",
	} {
		for _, status := range []int{301, 302, 303, 307, 308} {
			for kind, send := range kinds {
				t.Run(name+"/"+http.StatusText(status)+"/"+kind, func(t *testing.T) {
					t.Parallel()
					var foreign, own origin
					elsewhere := foreign.start(t, !strings.HasPrefix(target, "http:"), func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "[]") })
					var location string
					s := own.start(t, true, func(w http.ResponseWriter, _ *http.Request) {
						w.Header().Set("Location", location)
						w.WriteHeader(status)
					})
					_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
					_, elsewherePort, _ := net.SplitHostPort(elsewhere.Listener.Addr().String())
					location = strings.NewReplacer(":P", ":"+port, ":F", ":"+elsewherePort, "H", "hub.example.test").Replace(target)
					if strings.Contains(target, "key=") {
						location = strings.Replace(target, ":P", ":"+port, 1)
					}
					c := clientFor(t, "https://hub.example.test:"+port)
					transportOf(c).network = dialled(s, "hub.example.test:"+port, elsewhere)
					err := send(t.Context(), c)
					if err == nil || strings.Contains(err.Error(), resttest.APIKey) {
						t.Errorf("error %v", err)
					}
					if n := foreign.connections.Load(); n != 0 {
						t.Errorf("%d connections to the foreign origin, %d keys, %d bodies", n, foreign.keys.Load(), foreign.bodies.Load())
					}
					if n := own.requests.Load(); n != 1 {
						t.Errorf("%d requests to the service, want 1", n)
					}
				})
			}
		}
	}
}

// dialled returns a transport that connects the address home to s and every other address to foreign, without looking up names.
func dialled(s *httptest.Server, home string, foreign *httptest.Server) *http.Transport {
	tr := s.Client().Transport.(*http.Transport).Clone()
	tr.TLSClientConfig.InsecureSkipVerify = true
	tr.Proxy = nil
	tr.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		to := foreign.Listener.Addr()
		if address == home {
			to = s.Listener.Addr()
		}
		return new(net.Dialer).DialContext(ctx, network, to.String())
	}
	return tr
}

// TestOwnRedirects: a redirect within the origin is followed if it repeats the request unchanged.
func TestOwnRedirects(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		status  int
		kind    string
		send    func(context.Context, *Client) error
		follows bool
	}{
		{301, "read", read, true}, {302, "read", read, true}, {303, "read", read, true}, {307, "read", read, true}, {308, "read", read, true},
		{301, "change", change, false}, {302, "change", change, false}, {303, "change", change, false}, {307, "change", change, true}, {308, "change", change, true},
		{301, "create", createBot, false}, {302, "create", createBot, false}, {303, "create", createBot, false}, {307, "create", createBot, true}, {308, "create", createBot, true},
		{301, "erase", deleteBot, false}, {302, "erase", deleteBot, false}, {303, "erase", deleteBot, false}, {307, "erase", deleteBot, true}, {308, "erase", deleteBot, true},
	} {
		for _, absolute := range []bool{false, true} {
			t.Run(http.StatusText(tc.status)+"/"+tc.kind, func(t *testing.T) {
				t.Parallel()
				var o origin
				s := o.start(t, false, func(w http.ResponseWriter, r *http.Request) {
					switch {
					case r.URL.Path != "/moved":
						to := "/moved"
						if absolute {
							to = "http://" + r.Host + "/moved"
						}
						w.Header().Set("Location", to)
						w.WriteHeader(tc.status)
					case tc.kind == "read":
						w.Header().Set("Content-Type", "application/json")
						_, _ = io.WriteString(w, "[]")
					default:
						w.Header().Set("Content-Type", "application/json")
						_, _ = io.WriteString(w, `{"uuid":"`+string(someID)+`"}`)
					}
				})
				err := tc.send(t.Context(), clientFor(t, s.URL))
				want := int32(1)
				if tc.follows {
					want = 2
				}
				if (err == nil) != tc.follows || o.requests.Load() != want || o.keys.Load() != want {
					t.Errorf("%v, %d requests, %d keys, want %d", err, o.requests.Load(), o.keys.Load(), want)
				}
				if bodies := o.bodies.Load(); (tc.kind == "change" || tc.kind == "create") && bodies != want {
					t.Errorf("%d bodies, want %d", bodies, want)
				}
			})
		}
	}
}

func TestOddRedirects(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ location, words string }{
		"loop":         {"/api/v1/chatbots", "more than 5 redirects"},
		"no location":  {"", "302 Found"},
		"not a URL":    {"https://%zz/", "redirects to an address that is not a URL"},
		"with the key": {"https://" + resttest.APIKey + "/%zz", "redirects to an address that is not a URL"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := resttest.Serve(t, func(w http.ResponseWriter, _ *http.Request) {
				if tc.location != "" {
					w.Header()["Location"] = []string{tc.location}
				}
				w.WriteHeader(http.StatusFound)
			})
			if err := read(t.Context(), clientFor(t, address)); err == nil || !strings.Contains(err.Error(), tc.words) || strings.Contains(err.Error(), resttest.APIKey) {
				t.Errorf("%v, want %q", err, tc.words)
			}
		})
	}
}

// TestLocationIsNotQuoted: an error and the log name the host that the service redirects to, and nothing else of the address.
func TestLocationIsNotQuoted(t *testing.T) {
	t.Parallel()
	for location, words := range map[string]string{
		"https://me:c4nary@evil.test/c4nary?a=c4nary#c4nary": "redirects to https://evil.test,", "//evil.test/c4nary": "redirects to https://evil.test,",
		"https://%zz/c4nary": "not a URL", "https://evil.test:c4nary/": "not a URL", "c4nary:%zz": "not an http or https URL", "c4nary://c4nary/": "not an http or https URL", "https:c4nary": "not an http or https URL", "https://c4nary\x7f/": "not a URL", "/\x7fc4nary": "not a URL", "https://[c4nary": "not a URL", "://c4nary": "not a URL",
	} {
		var log resttest.Buffer
		c := offline(t, func(*http.Request) (*http.Response, error) {
			return resttest.Reply(http.StatusFound, "", "Location", location), nil
		})
		err := read(tflogtest.RootLogger(t.Context(), &log), c)
		if text := fmt.Sprintf("%v %+v %s", err, err, log.String()); err == nil || strings.Contains(text, "c4nary") || !strings.Contains(text, words) {
			t.Errorf("%q: %s", location, text)
		}
	}
}
