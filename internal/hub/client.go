package hub

import (
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// Config is what a Client needs. Durations of zero mean the default.
type Config struct {
	BaseURL   *url.URL // from ParseBaseURL
	APIKey    string   // sent as a bearer token, never logged
	UserAgent string
	// MaxRetries is how often a failed request is sent again; 0 sends exactly one.
	MaxRetries int
	// RequestTimeout bounds each try, the reading of its answer included. Default 60 s.
	RequestTimeout time.Duration
	// RequestsPerMinute bounds the whole process; 0 = no limit of our own.
	RequestsPerMinute int
	// PollInterval is between two looks at sources in training, and PollFirst before the first one. Default 5 s and 1 s.
	PollInterval, PollFirst time.Duration
	// Patience is how long a group of deletes waits for another one that it expects. Default 250 ms.
	Patience time.Duration
	// Settle is how long a list may need to show what was just made (goals.md R2). Default 5 s.
	Settle time.Duration
	// Lag is how far a list can be behind a write (goals.md R5). Default 30 s.
	Lag time.Duration
	// BackoffMin and BackoffMax bound the wait between tries when the service does not say how long. Default 500 ms and 30 s.
	BackoffMin, BackoffMax time.Duration
	// Uncoalesced has every reader list for itself and every delete go out alone, as a provider without coalescing does. It is there to
	// measure what coalescing gains.
	Uncoalesced bool
	// Transport, if not nil, is put around the one that sends the requests. It is there for tests.
	Transport func(http.RoundTripper) http.RoundTripper
}

// Client speaks to one deployment with one key. It is safe for concurrent use; all its callers share one budget of requests.
type Client struct {
	base      *url.URL
	key       string
	userAgent string
	http      *retryablehttp.Client
	limits    *limits

	collections sync.Map // path of a list → its *collection
	owners      owners
	claims      claims
	births      sync.Map // path of a list → *nursery of what it shows
	clock       serviceClock
	polls       sync.Map // chatbot → *poller
	deletes     sync.Map // chatbot → *batch
	talks       sync.Map // session → *talk
	said        sync.Map // message that is being deleted → its session
	going       sync.Map // source whose delete is under way → channel closed at its end

	patience, pollInterval, pollFirst, settle, lag time.Duration
	uncoalesced                                    bool
}

// New makes a client. It sends nothing.
func New(cfg Config) *Client {
	c := &Client{base: cfg.BaseURL, key: cfg.APIKey, userAgent: cfg.UserAgent, limits: newLimits(cfg.RequestsPerMinute),
		patience: cfg.Patience, pollInterval: orDefault(cfg.PollInterval, 5*time.Second), pollFirst: orDefault(cfg.PollFirst, time.Second),
		settle: orDefault(cfg.Settle, 5*time.Second), lag: orDefault(cfg.Lag, 30*time.Second), uncoalesced: cfg.Uncoalesced}
	rc := retryablehttp.NewClient()
	rc.Logger = nil // it would log URLs
	rc.RetryMax = cfg.MaxRetries
	t := &transport{
		next:     newTransport(cfg.MaxRetries <= 0),
		limits:   c.limits,
		clock:    &c.clock,
		words:    c.words,
		timeout:  orDefault(cfg.RequestTimeout, time.Minute),
		shortest: orDefault(cfg.BackoffMin, 500*time.Millisecond),
		longest:  orDefault(cfg.BackoffMax, 30*time.Second),
	}
	rc.CheckRetry = t.retryable
	rc.Backoff = func(time.Duration, time.Duration, int, *http.Response) time.Duration { return 0 } // the transport waits
	rc.ErrorHandler = retryablehttp.PassthroughErrorHandler                                         // keeps the service's last words
	rc.HTTPClient = &http.Client{CheckRedirect: refuseForeignRedirects, Transport: t}
	if cfg.Transport != nil {
		rc.HTTPClient.Transport = cfg.Transport(t)
	}
	c.http = rc
	return c
}

// shared gives what all callers of the client have together under a key of m. made becomes it if there is nothing yet.
func shared[V any](c *Client, m *sync.Map, key any, made V) V {
	if c.uncoalesced {
		return made
	}
	return kept(m, key, made)
}

// kept gives what a map of the client has under a key. made becomes it if there is nothing yet.
func kept[V any](m *sync.Map, key any, made V) V {
	v, _ := m.LoadOrStore(key, made)
	return v.(V) //nolint:forcetypeassert // a map of the client holds one type, and a path of a list one type of object
}

// newTransport is net/http's own with connections sized to Terraform's parallelism. Go repeats a GET on its own when a kept
// connection turns out to be dead, and HTTP/2 repeats what a server says it did not process; with once, connections are not kept and
// speak HTTP/1, so that one request is one request.
func newTransport(once bool) *http.Transport {
	t := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout:   10 * time.Second,
		ExpectContinueTimeout: time.Second,
		IdleConnTimeout:       90 * time.Second,
		MaxIdleConnsPerHost:   16,
		DisableKeepAlives:     once,
		Protocols:             new(http.Protocols),
	}
	t.Protocols.SetHTTP1(true)
	t.Protocols.SetHTTP2(!once)
	return t
}

// orDefault gives d, or fallback for zero.
func orDefault(d, fallback time.Duration) time.Duration {
	if d == 0 {
		return fallback
	}
	return d
}
