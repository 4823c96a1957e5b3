package hub

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// call sends one request of the API and decodes its answer. in is encoded as JSON; nil sends no body. It is the only function of
// the provider that speaks HTTP. Errors are *Error, *AnswerError or *TransportError, or the context's own.
func call[Out any](ctx context.Context, c *Client, r route, in any) (out Out, err error) {
	defer r.unanswered(&err)
	var none Out
	body, err := c.send(ctx, r, in)
	if err != nil {
		return none, err
	}
	out, err = decode[Out](body)
	if err != nil {
		return none, &AnswerError{Method: r.method, Path: r.template, Reason: c.words(ctx, "it is not what the API promises: "+err.Error())}
	}
	return out, nil
}

// callText is call for an answer that is text. It gives the bytes as they came: empty answers and half characters are the caller's.
// When the answer broke off, the TransportError has what was received.
func callText(ctx context.Context, c *Client, r route, in any) (text string, err error) {
	defer r.unanswered(&err)
	body, err := c.send(ctx, r.plain(), in)
	return string(body), err
}

// success is the answer of deletes: an object. What it could say against the success, send has read (refused).
type success struct{}

// send does the exchange, retries included, and gives the body of a success that is JSON.
func (c *Client) send(ctx context.Context, r route, in any) ([]byte, error) {
	path, err := r.path()
	if err != nil {
		return nil, err
	}
	x := &exchange{route: r}
	x.parcel, _ = in.(*parcel)
	x.caller = ctx
	if r.effect == creating {
		var done context.CancelFunc
		ctx, done = lingering(ctx)
		defer done()
	}
	ctx = context.WithValue(ctx, exchangeKey{}, x)
	req, err := c.request(ctx, r, path, in)
	if err != nil {
		return nil, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, c.noAnswer(ctx, x, err)
	}
	_ = resp.Body.Close() // it is empty: the transport has put the answer into x
	if isSuccess(resp.StatusCode) {
		said, _, _ := strings.Cut(resp.Header.Get("Content-Type"), ";")
		kind := strings.ToLower(strings.TrimSpace(said))
		if err := c.checkContent(ctx, r, kind, x.body); err != nil {
			return nil, err
		}
		if r.text && !isJSON(kind) || !refused(x.body) {
			return x.body, nil
		}
	}
	e := parseError(r, resp.StatusCode, x.body, func(s string) string { return c.words(ctx, s) })
	e.RetryAfter, _ = retryAfter(resp.Header, time.Now())
	return nil, e
}

// lingering is ctx that lives on for a moment after its caller has left (Ctrl-C): an answer under way may hold the only copy of a new id.
func lingering(ctx context.Context) (context.Context, context.CancelFunc) {
	long, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		last := time.AfterFunc(lastWord, func() { cancel(context.Cause(ctx)) })
		context.AfterFunc(long, func() { last.Stop() })
	})
	return long, func() { stop(); cancel(nil) }
}

func isSuccess(status int) bool { return status >= 200 && status <= 299 }

// refused says whether a success status carries a refusal: {"error": "text"} or "success": false, and no object. It must not be
// read as "deleted", and the words in it are better than "the answer has no uuid".
func refused(body []byte) bool {
	var o struct {
		UUID    json.RawMessage `json:"uuid"`
		Error   json.RawMessage `json:"error"`
		Success json.RawMessage `json:"success"`
	}
	if !bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")) || json.Unmarshal(body, &o) != nil || o.UUID != nil {
		return false
	}
	switch string(o.Error) {
	case "", "null", `""`, "false", "0", "[]", "{}":
		return string(o.Success) == "false" || string(o.Success) == "0"
	}
	return true
}

// request builds the request that every try repeats.
func (c *Client) request(ctx context.Context, r route, path string, in any) (*retryablehttp.Request, error) {
	payload, contentType, err := payload(in)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", r.method, r.template, err)
	}
	if !strings.HasPrefix(path, "/api/") {
		path = apiPrefix + path
	}
	u := c.base.JoinPath(path)
	u.RawQuery = r.query.Encode()
	req, err := retryablehttp.NewRequestWithContext(ctx, r.method, u.String(), payload)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", r.method, r.template, err)
	}
	req.Header.Set("Authorization", "Bearer "+c.key)
	accept := "application/json"
	if r.text {
		accept = "text/plain"
	}
	req.Header.Set("Accept", accept)
	req.Header.Set("User-Agent", c.userAgent)
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	return req, nil
}

// payload is the body of a request in a form that can be sent again, and its content type. Files are streamed, the rest is JSON.
func payload(in any) (body any, contentType string, err error) {
	switch in := in.(type) {
	case nil:
		return nil, "", nil
	case *parcel:
		return in.body(), in.contentType, nil
	}
	raw, err := json.Marshal(in)
	return raw, "application/json", err
}

func isJSON(kind string) bool { return kind == "application/json" || strings.HasSuffix(kind, "+json") }

// checkContent refuses a success that is not JSON, or not text where that is expected. A web page with 200 is what a wrong base URL
// answers (api.md §1).
func (c *Client) checkContent(ctx context.Context, r route, kind string, body []byte) error {
	text := strings.TrimSpace(string(body[:min(len(body), 64)]))
	bad := &AnswerError{Method: r.method, Path: r.template}
	switch {
	case kind == "text/html" || looksLikeHTML(text) && !(r.text && kind == "text/plain"):
		bad.HTML, bad.Reason = true, "a web page came back where the API was expected"
	case r.text:
		return nil
	case text == "":
		bad.Reason = "it is empty"
	case kind != "" && !isJSON(kind):
		bad.Reason = fmt.Sprintf("it is of type %q where JSON was expected", c.words(ctx, kind))
	default:
		return nil
	}
	return bad
}

// noAnswer words a request that ended without an answer. Too large an answer is an answer.
func (c *Client) noAnswer(ctx context.Context, x *exchange, err error) error {
	if errors.Is(err, errTooLarge) {
		return &AnswerError{Method: x.route.method, Path: x.route.template, Reason: errTooLarge.Error()}
	}
	words := &worded{text: c.words(ctx, reason(err)), err: err}
	if ctx.Err() != nil {
		cause := context.Cause(ctx)
		words.text, words.err = c.words(ctx, cause.Error()), errors.Join(cause, ctx.Err())
	}
	e := &TransportError{Method: x.route.method, Path: x.route.template, Sent: x.mayBeDone(), Err: words}
	if x.route.text {
		e.Received = string(x.body)
	}
	return e
}

// worded is an error with other words: net/http's contain the URL, which contains ids.
type worded struct {
	text string
	err  error
}

func (w *worded) Error() string { return w.text }
func (w *worded) Unwrap() error { return w.err }

// reason is an error's text without the URL that net/http puts around it, and without what it quotes of an answer that is not HTTP.
func reason(err error) string {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	var wire *net.OpError
	text := err.Error()
	if strings.Contains(text, "transport connection broken") && !errors.As(err, &wire) && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return "what came back is not HTTP"
	}
	return text
}

// refuseForeignRedirects is http.Client.CheckRedirect: the key goes to the origin the user named and nowhere else, and a write is
// not turned into a GET on the way.
func refuseForeignRedirects(req *http.Request, via []*http.Request) error {
	first := via[0]
	switch {
	case !sameOrigin(first.URL, req.URL):
		return fmt.Errorf("%w: the service redirects to %s://%s, and the API key is sent to %s://%s only; if that is the right address, set base_url to it",
			errRedirect, req.URL.Scheme, req.URL.Host, first.URL.Scheme, first.URL.Host)
	case req.Method != first.Method:
		return fmt.Errorf("%w: the service answers a %s with a redirect that would make it a %s; base_url is probably not the service's own address", errRedirect, first.Method, req.Method)
	case len(via) >= 5:
		return fmt.Errorf("%w: more than 5 redirects", errRedirect)
	}
	return nil
}
