package rest

import (
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// Config configures a Client. A duration of zero means the default.
type Config struct {
	BaseURL   *url.URL // from ParseBaseURL
	APIKey    string   // sent as a bearer token, never logged
	UserAgent string
	// MaxRetries is how often a failed request is sent again; with 0 each request is sent once.
	MaxRetries int
	// RequestTimeout limits each attempt, including the time to read its answer. The default is 60 seconds.
	RequestTimeout time.Duration
	// RequestsPerMinute limits the requests of all callers of the Client together; 0 means no limit.
	RequestsPerMinute int
	// BackoffMin and BackoffMax limit the wait between attempts when the service does not specify it. Defaults: 500 ms and 30 s.
	BackoffMin, BackoffMax time.Duration
	// Public reports whether errors may repeat the text of a field of a request body, such as the name of an object. path has the names of
	// the field and of those around it. If it is nil, errors repeat no text of a body.
	Public func(path []string) bool
	// Transport, if not nil, wraps the transport that makes the attempts.
	Transport func(http.RoundTripper) http.RoundTripper
	// Network, if not nil, wraps the network below the transport. It is for tests.
	Network func(http.RoundTripper) http.RoundTripper
}

// Client sends requests to one deployment with one API key. It is safe for concurrent use. All callers share one request budget.
type Client struct {
	// BaseURL is the address of the deployment, without the path of the API.
	BaseURL *url.URL
	// Clock is the service's clock, as far as answers have shown it.
	Clock Clock

	key       string
	secrets   secrets
	userAgent string
	public    func(path []string) bool
	http      *retryablehttp.Client
}

// New returns a client. It sends nothing.
func New(cfg Config) *Client {
	c := &Client{BaseURL: cfg.BaseURL, key: cfg.APIKey, userAgent: cfg.UserAgent, public: cfg.Public}
	if cfg.APIKey != "" {
		c.secrets.add(cfg.APIKey, "(API key)")
		c.secrets.add("Bearer "+cfg.APIKey, "(API key)") // base64 encodes the two together
	}
	t := &transport{
		network:    newNetwork(cfg.MaxRetries <= 0),
		limits:     newLimits(cfg.RequestsPerMinute),
		clock:      &c.Clock,
		timeout:    OrDefault(cfg.RequestTimeout, time.Minute),
		retries:    cfg.MaxRetries,
		minBackoff: OrDefault(cfg.BackoffMin, 500*time.Millisecond),
		maxBackoff: OrDefault(cfg.BackoffMax, 30*time.Second),
	}
	if cfg.Network != nil {
		t.network = cfg.Network(t.network)
	}
	c.http = retryablehttp.NewClient()
	c.http.Logger = nil // it would log URLs, which contain ids
	c.http.RetryMax = cfg.MaxRetries
	c.http.CheckRetry = t.checkRetry
	c.http.Backoff = func(time.Duration, time.Duration, int, *http.Response) time.Duration { return 0 } // the transport waits
	c.http.ErrorHandler = retryablehttp.PassthroughErrorHandler                                         // keeps the last answer
	c.http.HTTPClient = &http.Client{CheckRedirect: checkRedirect, Transport: t}
	if cfg.Transport != nil {
		c.http.HTTPClient.Transport = cfg.Transport(t)
	}
	return c
}

// newNetwork returns net/http's transport with a connection pool for Terraform's parallelism. net/http repeats a GET when a kept
// connection was closed, and HTTP/2 repeats what the server did not process. With once, connections are not kept and use HTTP/1, so that
// each request is sent exactly once.
func newNetwork(once bool) *http.Transport {
	t := &http.Transport{
		Proxy: http.ProxyFromEnvironment,

		OnProxyConnectResponse: checkProxy,

		DialContext:            (&net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		ExpectContinueTimeout:  time.Second,
		IdleConnTimeout:        90 * time.Second,
		MaxIdleConnsPerHost:    16,
		MaxResponseHeaderBytes: maxHeader,
		DisableKeepAlives:      once,
		Protocols:              new(http.Protocols),
	}
	t.Protocols.SetHTTP1(true)
	t.Protocols.SetHTTP2(!once)
	return t
}

// OrDefault returns d, or fallback if d is zero.
func OrDefault(d, fallback time.Duration) time.Duration {
	if d == 0 {
		return fallback
	}
	return d
}
