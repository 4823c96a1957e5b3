package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// parameters returns the JSON Schema of a tool function as an expression, with its keys in the order of the service. JSON that an
// expression would change is returned as a string. ok is false if there are no parameters: null, {} or [].
func parameters(raw json.RawMessage) (v value, ok bool) {
	switch strings.Join(strings.Fields(string(raw)), "") {
	case "", "null", "{}", "[]":
		return nil, false
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if o, err := decodeValue(dec, 0); err == nil {
		return encoded{o, raw}, true
	}
	var compact bytes.Buffer
	_ = json.Compact(&compact, raw) // raw is valid JSON
	return short(compact.String()), true
}

// errInexact means that the JSON of an expression would differ.
var errInexact = errors.New("an expression would change the JSON")

// maxDepth is the maximum nesting of an expression.
const maxDepth = 20

// exact matches numbers that an expression does not change.
var exact = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$`)

// decodeValue reads one JSON value.
func decodeValue(dec *json.Decoder, depth int) (value, error) {
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
			return decodeList(dec, depth)
		}
		return decodeObject(dec, depth)
	case json.Number:
		if !exact.MatchString(t.String()) {
			return nil, errInexact
		}
		return verbatim{t.String(), t}, nil
	case string:
		if !norm.NFC.IsNormalString(t) { // Terraform would normalize it
			return nil, errInexact
		}
		return short(t), nil
	case bool:
		return boolean(t), nil
	}
	return verbatim{"null", nil}, nil
}

func decodeList(dec *json.Decoder, depth int) (value, error) {
	l := list{}
	for dec.More() {
		v, err := decodeValue(dec, depth+1)
		if err != nil {
			return nil, err
		}
		l = append(l, v)
	}
	_, err := dec.Token()
	return l, err
}

func decodeObject(dec *json.Decoder, depth int) (value, error) {
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
		v, err := decodeValue(dec, depth+1)
		if err != nil {
			return nil, err
		}
		o = append(o, member{key: name, value: v})
	}
	_, err := dec.Token()
	return o, err
}
