package rest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// apiPrefix is the beginning of almost every path of the API (api.md §1).
const apiPrefix = "/api/v1"

// AnswerGrace is how long a request that creates an object may continue after its caller's context has ended.
const AnswerGrace = 7 * time.Second

// byteOrderMark at the beginning of an answer is ignored, as RFC 8259 allows for JSON.
const byteOrderMark = "\ufeff"

// Empty is an answer whose content is not used, such as that of a delete. An error in it is reported all the same.
type Empty struct{}

// Call sends a request and decodes its JSON answer. in is encoded as JSON; nil sends no body; an *UploadBody is sent as it is.
// Errors are *Error, *AnswerError, *TransportError, or the context's own.
func Call[Out any](ctx context.Context, c *Client, r Route, in any) (out Out, err error) {
	defer r.recoverCreate(&err)
	var none Out
	x, err := c.send(ctx, r, in)
	if err != nil {
		return none, err
	}
	out, err = decode[Out](x.body, x.inTime)
	if err != nil {
		reason := errSlowDecoding.Error()
		if !errors.Is(err, errSlowDecoding) {
			reason = x.sanitize("it does not have the form that the API documents: " + err.Error())
		}
		return none, &AnswerError{Method: r.Method, Path: r.Template, Reason: reason}
	}
	return out, nil
}

// CallText sends a request whose answer is plain text and returns the bytes unchanged; they may be empty or end within a character.
// When the answer broke off, the TransportError holds what was received.
func CallText(ctx context.Context, c *Client, r Route, in any) (text string, err error) {
	defer r.recoverCreate(&err)
	x, err := c.send(ctx, r.AsText(), in)
	if err != nil {
		return "", err
	}
	return string(x.body), nil
}

// Answer is an answer as it was received.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte // of an answer that is no success, at most 1 MiB
}

// Exchange sends a request like Call, and returns the answer without a judgment of its status or its body. The error is a *TransportError or
// that of the context.
func Exchange(ctx context.Context, c *Client, r Route, in any) (Answer, error) {
	_, a, err := c.exchange(ctx, r, in)
	return a, err
}

// exchange sends a request, retries included.
func (c *Client) exchange(ctx context.Context, r Route, in any) (*exchange, Answer, error) {
	x := &exchange{route: r, caller: ctx, sanitize: c.sanitizer(in)}
	x.upload, _ = in.(*UploadBody)
	if r.effect == creating {
		var done context.CancelFunc
		ctx, done = withGrace(ctx)
		defer done()
	}
	req, err := c.request(withExchange(ctx, x), r, in)
	if err != nil {
		return nil, Answer{}, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, Answer{}, noAnswer(ctx, x, err)
	}
	_ = resp.Body.Close() // it is empty: the transport has moved the answer into x
	return x, Answer{Status: resp.StatusCode, Header: resp.Header, Body: x.body}, nil
}

// send sends a request, retries included, and returns the exchange with the body of a successful answer.
func (c *Client) send(ctx context.Context, r Route, in any) (*exchange, error) {
	x, a, err := c.exchange(ctx, r, in)
	if err != nil {
		return nil, err
	}
	if !r.text {
		x.body = bytes.TrimPrefix(x.body, []byte(byteOrderMark))
	}
	if isSuccess(a.Status) {
		mediaType, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
		mediaType = strings.ToLower(strings.TrimSpace(mediaType))
		if err := x.checkContent(mediaType); err != nil {
			return nil, err
		}
		if r.text && !isJSON(mediaType) || !isRefusal(x.body) {
			return x, nil
		}
	}
	e := parseError(r, a.Status, x.body[:min(len(x.body), maxErrorBody)], x.sanitize)
	e.RetryAfter, _ = retryAfter(a.Header, time.Now())
	return nil, e
}

// withGrace returns a context that ends AnswerGrace later than ctx. A create that was sent may be the only request whose answer contains
// the new id, so it is not cancelled at once when the user interrupts Terraform.
func withGrace(ctx context.Context) (context.Context, context.CancelFunc) {
	long, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		last := time.AfterFunc(AnswerGrace, func() { cancel(context.Cause(ctx)) })
		context.AfterFunc(long, func() { last.Stop() })
	})
	return long, func() { stop(); cancel(nil) }
}

// request builds the request that every attempt sends.
func (c *Client) request(ctx context.Context, r Route, in any) (*retryablehttp.Request, error) {
	path, err := r.Path()
	if err != nil {
		return nil, err
	}
	body, contentType, err := encode(in)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", r.Method, r.Template, err)
	}
	if !strings.HasPrefix(path, "/api/") {
		path = apiPrefix + path
	}
	u := c.BaseURL.JoinPath(path)
	u.RawQuery = r.Query.Encode()
	req, err := retryablehttp.NewRequestWithContext(ctx, r.Method, u.String(), body)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", r.Method, r.Template, err)
	}
	if upload, ok := in.(*UploadBody); ok {
		req.ContentLength = upload.length()
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

// encode returns a request body that can be sent repeatedly, and its content type. Uploads are streamed, everything else is JSON.
func encode(in any) (body any, contentType string, err error) {
	switch in := in.(type) {
	case nil:
		return nil, "", nil
	case *UploadBody:
		return in.open(), in.contentType, nil
	}
	raw, err := json.Marshal(in)
	return raw, "application/json", err
}

// noAnswer returns the error for a request without a complete answer.
func noAnswer(ctx context.Context, x *exchange, err error) error {
	for _, large := range []error{errTooLarge, errLargeHeader} {
		if errors.Is(err, large) {
			return &AnswerError{Method: x.route.Method, Path: x.route.Template, Reason: large.Error()}
		}
	}
	clean := &sanitizedError{text: x.sanitize(networkReason(err)), err: err}
	if ctx.Err() != nil {
		cause := context.Cause(ctx)
		clean.text, clean.err = x.sanitize(cause.Error()), errors.Join(cause, ctx.Err())
	}
	e := &TransportError{Method: x.route.Method, Path: x.route.Template, Sent: x.mayBeProcessed() || errors.Is(err, errRedirect), Err: clean}
	if x.route.text {
		e.Received = string(x.body)
	}
	return e
}

// checkContent refuses a success that is not JSON, or not text where text is expected. A wrong base URL usually answers 200 with a web
// page (api.md §1).
func (x *exchange) checkContent(mediaType string) error {
	r, start := x.route, strings.TrimSpace(string(x.body[:min(len(x.body), 64)]))
	bad := &AnswerError{Method: r.Method, Path: r.Template}
	switch {
	case mediaType == "text/html" || looksLikeHTML(start) && !(r.text && mediaType == "text/plain"):
		bad.HTML, bad.Reason = true, "it is a web page and not an answer of the API"
	case r.text:
		return nil
	case start == "":
		bad.Reason = "it is empty"
	case mediaType != "" && !isJSON(mediaType):
		bad.Reason = fmt.Sprintf("its content type is %q instead of JSON", x.sanitize(mediaType))
	default:
		return nil
	}
	return bad
}

func isJSON(mediaType string) bool {
	return mediaType == "application/json" || strings.HasSuffix(mediaType, "+json")
}

func isSuccess(status int) bool {
	return status >= http.StatusOK && status < http.StatusMultipleChoices
}
