package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// parameters writes a tool function's JSON Schema as an expression, with its keys in the service's order. JSON that an expression could
// change is written as the text it is. ok is false where there are none: the service may answer null, {} or [].
func parameters(raw json.RawMessage) (v value, ok bool) {
	switch strings.Join(strings.Fields(string(raw)), "") {
	case "", "null", "{}", "[]":
		return nil, false
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if o, err := decoded(dec, 0); err == nil {
		return encoded{o, raw}, true
	}
	var compact bytes.Buffer
	_ = json.Compact(&compact, raw) // it comes out of valid JSON
	return short(compact.String()), true
}

// errInexact says that an expression would not give the same JSON again.
var errInexact = errors.New("an expression would change it")

// maxDepth bounds how deep an expression is nested.
const maxDepth = 20

// exact are the numbers that come out of an expression as they went in.
var exact = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$`)

// decoded reads one JSON value.
func decoded(dec *json.Decoder, depth int) (value, error) {
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	if depth > maxDepth {
		return nil, errInexact
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '[' {
			return decodedList(dec, depth)
		}
		return decodedObject(dec, depth)
	case json.Number:
		if !exact.MatchString(t.String()) {
			return nil, errInexact
		}
		return verbatim{t.String(), t}, nil
	case string:
		if !norm.NFC.IsNormalString(t) { // Terraform would normalise it
			return nil, errInexact
		}
		return short(t), nil
	case bool:
		return boolean(t), nil
	}
	return verbatim{"null", nil}, nil
}

func decodedList(dec *json.Decoder, depth int) (value, error) {
	l := list{}
	for dec.More() {
		v, err := decoded(dec, depth+1)
		if err != nil {
			return nil, err
		}
		l = append(l, v)
	}
	_, err := dec.Token()
	return l, err
}

func decodedObject(dec *json.Decoder, depth int) (value, error) {
	o := object{}
	seen := map[string]bool{}
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return nil, err
		}
		name, _ := token.(string)
		if seen[name] || !norm.NFC.IsNormalString(name) {
			return nil, errInexact
		}
		seen[name] = true
		v, err := decoded(dec, depth+1)
		if err != nil {
			return nil, err
		}
		o = append(o, member{key: name, value: v})
	}
	_, err := dec.Token()
	return o, err
}
