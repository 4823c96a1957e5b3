package hub

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/hashicorp/go-retryablehttp"
)

// call sends one request of the API and decodes its answer. in is encoded as JSON; nil sends no body. It is the only function of
// the provider that speaks HTTP. Errors are *Error, *AnswerError or *TransportError, or the context's own.
func call[Out any](ctx context.Context, c *Client, r route, in any) (Out, error) {
	var out Out
	body, err := c.send(ctx, r, in)
	if err != nil {
		return out, err
	}
	if out, err = decode[Out](body); err != nil {
		return out, &AnswerError{Method: r.method, Path: r.template, Reason: "it is not what the API promises: " + c.redact(shorten(err.Error(), maxWords))}
	}
	return out, nil
}

// success is the answer of deletes.
type success struct {
	Success *Bool `json:"success"`
}

func (s *success) check() error {
	if s.Success != nil && !bool(*s.Success) {
		return errors.New(`it says "success": false`)
	}
	return nil
}

// send does the exchange, retries included, and gives the body of a success that is JSON.
func (c *Client) send(ctx context.Context, r route, in any) ([]byte, error) {
	path, err := r.path()
	if err != nil {
		return nil, err
	}
	ctx = context.WithValue(ctx, exchangeKey{}, &exchange{route: r})
	req, err := c.request(ctx, r, path, in)
	if err != nil {
		return nil, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, c.noAnswer(ctx, r, err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, c.noAnswer(ctx, r, err)
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		e := parseError(r, resp.StatusCode, body, c.redact)
		e.RetryAfter, _ = retryAfter(resp.Header, c.now())
		return nil, e
	}
	return body, checkContent(r, resp.Header.Get("Content-Type"), body)
}

// request builds the request that every try repeats.
func (c *Client) request(ctx context.Context, r route, path string, in any) (*retryablehttp.Request, error) {
	var payload any
	if in != nil {
		raw, err := json.Marshal(in)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", r.method, r.template, err)
		}
		payload = raw
	}
	if !strings.HasPrefix(path, "/api/") {
		path = apiPrefix + path
	}
	req, err := retryablehttp.NewRequestWithContext(ctx, r.method, c.base.JoinPath(path).String(), payload)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", r.method, r.template, err)
	}
	req.Header.Set("Authorization", "Bearer "+c.key)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.userAgent)
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// checkContent refuses a success that is not JSON. A web page with 200 is what a wrong base URL answers (api.md §1).
func checkContent(r route, contentType string, body []byte) error {
	kind, _, _ := mime.ParseMediaType(contentType)
	text := strings.TrimSpace(string(body[:min(len(body), 64)]))
	bad := &AnswerError{Method: r.method, Path: r.template}
	switch {
	case kind == "text/html" || looksLikeHTML(text):
		bad.HTML, bad.Reason = true, "a web page came back where the API was expected"
	case text == "":
		bad.Reason = "it is empty"
	case kind != "" && kind != "application/json" && !strings.HasSuffix(kind, "+json"):
		bad.Reason = fmt.Sprintf("it is of type %q where JSON was expected", shorten(kind, 60))
	default:
		return nil
	}
	return bad
}

// noAnswer words a request that ended without an answer. Too large an answer is an answer.
func (c *Client) noAnswer(ctx context.Context, r route, err error) error {
	if errors.Is(err, errTooLarge) {
		return &AnswerError{Method: r.method, Path: r.template, Reason: errTooLarge.Error()}
	}
	cause := err
	if ctx.Err() != nil {
		cause = context.Cause(ctx)
	}
	return &TransportError{Method: r.method, Path: r.template, Sent: exchangeOf(ctx).sent.Load(), Err: &worded{text: c.redact(reason(cause)), err: cause}}
}

// worded is an error with other words: net/http's contain the URL, which contains ids.
type worded struct {
	text string
	err  error
}

func (w *worded) Error() string { return w.text }
func (w *worded) Unwrap() error { return w.err }

// reason is an error's text without the URL that net/http puts around it.
func reason(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return shorten(err.Error(), maxWords)
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
