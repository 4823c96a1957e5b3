package mockhub

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"
)

// maxBody is the largest JSON body accepted, in bytes. The service's own limit is unknown; prompts of 100 kB must fit.
const maxBody = 8 << 20

// readBody reads the body by the rules of the route. Problems are stored in c.refusal and answered after the key has been
// checked.
func (c *call) readBody(r *http.Request) {
	if c.route.body != nil {
		c.route.body(c, r)
		return
	}
	if readAny(c, r); c.refusal == nil && len(c.raw) > 0 {
		c.refuse("body", "this endpoint takes no body", "value_error.extra")
	}
}

// readAny reads a body of any content type.
func readAny(c *call, r *http.Request) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	c.raw, c.size = raw, int64(len(raw))
	switch {
	case err != nil:
		c.refuse("body", "the body ended early", "value_error")
	case len(raw) > maxBody:
		c.raw = raw[:maxBody]
		a := failure(Quirks{}, http.StatusRequestEntityTooLarge, "the body is too large")
		c.refusal = &a
	}
}

// readObject reads a body that must be a JSON object.
func readObject(c *call, r *http.Request) {
	if readAny(c, r); c.refusal != nil {
		return
	}
	if !isJSON(r.Header.Values("Content-Type")) {
		c.refuse("content-type", "Content-Type must be application/json", "value_error.content_type")
		return
	}
	o, err := parseObject(c.raw)
	if err != nil {
		c.refuse("body", err.Error(), "value_error.jsondecode")
		return
	}
	c.body = o
}

func (c *call) refuse(field, msg, kind string) {
	a := invalid(problem{[]any{field}, msg, kind})
	c.refusal = &a
}

func isJSON(values []string) bool {
	if len(values) != 1 {
		return false
	}
	media, params, err := mime.ParseMediaType(values[0])
	if err != nil || media != jsonType {
		return false
	}
	if charset, found := params["charset"]; found && !strings.EqualFold(charset, "utf-8") {
		return false
	}
	delete(params, "charset")
	return len(params) == 0
}

// object is a JSON object in a request and the problems that were found in it. Its methods read fields and check presence,
// null and type. All problems are collected, so that the answer can list them together.
type object struct {
	fields   map[string]json.RawMessage
	problems []problem
	path     []any // the location in the body; nil for the body itself
}

// parseObject parses a JSON object. Unlike encoding/json it returns an error for duplicate keys and invalid UTF-8.
func parseObject(raw []byte) (*object, error) {
	if !utf8.Valid(raw) {
		return nil, errors.New("the body is not UTF-8")
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.New("the body is not a JSON object")
	}
	o := &object{fields: map[string]json.RawMessage{}}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return nil, fmt.Errorf("invalid JSON: %w", err)
		}
		key, _ := t.(string) // the decoder returns an error for other keys
		if _, twice := o.fields[key]; twice {
			return nil, fmt.Errorf("the key %q comes twice", key)
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, fmt.Errorf("invalid JSON: %w", err)
		}
		o.fields[key] = value
	}
	if _, err := dec.Token(); err != nil {
		return nil, fmt.Errorf("invalid JSON: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("text after the JSON object")
	}
	return o, nil
}
