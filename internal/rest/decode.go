package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
)

// Checker is implemented by answers that can be incomplete although they are valid JSON.
type Checker interface {
	// Check returns an error if something is missing that every such answer has.
	Check() error
}

// Lenient is implemented by answers of which a part may be unreadable.
type Lenient interface {
	// SetUnreadable records the paths of the fields that were left out; see DecodeObject.
	SetUnreadable(paths []string)
}

// List is implemented by lists that are decoded with DecodeObjects.
type List interface {
	// DecodeList decodes a JSON array of objects, and checks each. goOn is called between objects; its error ends the work.
	DecodeList(raw []byte, goOn func() error) error
}

// Decode decodes a JSON answer and checks it. An incomplete answer is an error. Fields of objects in an unknown form are left out, if the
// type of the answer is Lenient or a List.
func Decode[Out any](body []byte) (Out, error) {
	return decode[Out](body, func() error { return nil })
}

// decode is Decode with a function that is called between the elements of a list; its error ends the work.
func decode[Out any](body []byte, goOn func() error) (out Out, err error) {
	if list, ok := any(&out).(List); ok {
		return out, list.DecodeList(body, goOn)
	}
	if err := decodeLenient(body, &out); err != nil {
		return out, err
	}
	if c, ok := any(&out).(Checker); ok {
		return out, c.Check()
	}
	return out, nil
}

// decodeLenient decodes a JSON value, with DecodeObject if out is Lenient.
func decodeLenient[T any](raw []byte, out *T) error {
	lenient, ok := any(out).(Lenient)
	if !ok {
		return unmarshal(raw, out)
	}
	unreadable, err := DecodeObject(raw, out)
	lenient.SetUnreadable(unreadable)
	return err
}

// unmarshal is json.Unmarshal, except for a text with too many values for its size. The members of its object are fields of a struct, unless
// out has no type.
func unmarshal[T any](raw []byte, out *T) error {
	shallow := 1
	if _, untyped := any(out).(*any); untyped {
		shallow = 0
	}
	if !affordable(raw, shallow) {
		return errTooHeavy
	}
	return json.Unmarshal(raw, out)
}

// DecodeAny decodes a JSON value of any form with its numbers as they are written (json.Number). It returns false for a text that is no JSON
// or has too many values for its size.
func DecodeAny(raw []byte) (value any, ok bool) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if !affordable(raw, 0) || dec.Decode(&value) != nil {
		return nil, false
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, false
	}
	return value, true
}

// DecodeObject decodes a JSON object into out. Members whose values out cannot have are left out, so that one of them does not make the
// object unreadable, nor a list that contains it (api.md §1). It returns their paths in alphabetical order, such as "meta.tags". A value that
// is not an object is an error, and so is a uuid that is not an id, because it identifies the object.
func DecodeObject[T any](raw []byte, out *T) (unreadable []string, err error) {
	if !affordable(raw, 0) {
		return nil, errTooHeavy
	}
	if err = json.Unmarshal(raw, out); err == nil {
		return nil, nil
	}
	*out = *new(T)
	readable, unreadable, ok := readableMembers(raw, func(raw []byte) bool { return json.Unmarshal(raw, new(T)) == nil })
	if !ok || slices.ContainsFunc(unreadable, func(path string) bool { return strings.EqualFold(path, "uuid") }) {
		return nil, err
	}
	return unreadable, json.Unmarshal(readable, out)
}

// readableMembers returns a JSON object without the members that accepts refuses, and their paths. Of a member that is an object itself
// only the members are left out that are refused. ok is false for a value that is not an object or is refused whatever its members are.
func readableMembers(raw []byte, accepts func([]byte) bool) (readable []byte, refused []string, ok bool) {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil || members == nil || !accepts([]byte("{}")) {
		return nil, nil, false
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		alone := func(value []byte) []byte {
			object, _ := json.Marshal(map[string]json.RawMessage{name: value}) // value is valid JSON
			return object
		}
		if accepts(alone(members[name])) {
			continue
		}
		inner, paths, ok := readableMembers(members[name], func(value []byte) bool { return accepts(alone(value)) })
		if !ok {
			delete(members, name)
			refused = append(refused, name)
			continue
		}
		members[name] = inner
		for _, path := range paths {
			refused = append(refused, name+"."+path)
		}
	}
	readable, _ = json.Marshal(members) // all values are valid JSON
	return readable, refused, true
}
