package mockhub

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// items reads a list with elements of any type.
func (o *object) items(key string) ([]json.RawMessage, bool) {
	raw, found := o.value(key)
	if !found {
		return nil, false
	}
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil {
		o.addProblem("value is not a valid list", "type_error.list", key)
		return nil, false
	}
	return items, true
}

// texts reads a list of strings into to, which is not changed if the field is absent or invalid.
func (o *object) texts(key string, to *[]string, trim func(string) string) bool {
	items, found := o.items(key)
	if !found {
		return false
	}
	out, before := make([]string, len(items)), len(o.problems)
	for i, item := range items {
		switch {
		case string(item) == "null":
			o.addProblem("none is not an allowed value", "type_error.none.not_allowed", key, i)
		case json.Unmarshal(item, &out[i]) != nil:
			o.addProblem("str type expected", "type_error.str", key, i)
		}
		out[i] = trim(out[i])
	}
	if len(o.problems) > before {
		return false
	}
	*to = out
	return true
}

// uuids reads a list of different uuids into to, which is not changed if the field is absent or invalid. exists reports
// whether the chatbot has a source with a uuid; nil accepts any uuid. uuids reports whether the list was read.
func (o *object) uuids(key string, to *[]string, exists func(uuid string) bool) bool {
	var uuids []string
	before := len(o.problems)
	if !o.texts(key, &uuids, func(s string) string { return s }) {
		return false
	}
	for i, uuid := range uuids {
		switch {
		case !isUUID(uuid):
			o.addProblem("value is not a valid uuid of 32 hex digits", "type_error.uuid", key, i)
		case slices.Contains(uuids[:i], uuid):
			o.addProblem("the list has duplicated items", "value_error.list.unique_items", key, i)
		case exists != nil && !exists(uuid):
			o.addProblem("the chatbot has no such source", "value_error", key, i)
		}
	}
	if len(o.problems) > before {
		return false
	}
	*to = uuids
	return true
}

// dictionary reads an object of strings into to, which is not changed if the field is absent or invalid.
func (o *object) dictionary(key string, to *map[string]string) {
	out, before := map[string]string{}, len(o.problems)
	found := o.object(key, func(in *object) {
		for name := range in.fields {
			var value string
			in.text(name, &value)
			out[name] = value
		}
	})
	if found && len(o.problems) == before {
		*to = out
	}
}

// object calls f with a field that must be an object, and reports whether it was one.
func (o *object) object(key string, f func(*object)) bool {
	raw, found := o.value(key)
	return found && o.nested(raw, f, key)
}

// objects calls f with each element of a list of objects, and reports whether the list was read without problems.
func (o *object) objects(key string, f func(*object)) bool {
	items, found := o.items(key)
	if !found {
		return false
	}
	before := len(o.problems)
	for i, item := range items {
		o.nested(item, f, key, i)
	}
	return len(o.problems) == before
}

// nested calls f with an object inside o, and adds its problems to those of o.
func (o *object) nested(raw json.RawMessage, f func(*object), loc ...any) bool {
	in, err := parseObject(raw)
	if err != nil {
		o.addProblem("value is not a valid dict", "type_error.dict", loc...)
		return false
	}
	in.path = slices.Concat(o.path, loc)
	f(in)
	o.problems = append(o.problems, in.problems...)
	return true
}

// bounds are the smallest and the largest valid value of an integer.
type bounds struct{ low, high int }

// integers reads a list of integers, one for each of the bounds. 20.0 is not an integer.
func (o *object) integers(key string, spans ...bounds) ([]int, bool) {
	items, found := o.items(key)
	if !found {
		return nil, false
	}
	if len(items) != len(spans) {
		o.addProblem(fmt.Sprintf("ensure this value has exactly %d items", len(spans)), "value_error.list.length", key)
		return nil, false
	}
	out := make([]int, len(spans))
	before := len(o.problems)
	for i, item := range items {
		n, err := strconv.Atoi(string(item))
		switch {
		case string(item) == "null":
			o.addProblem("none is not an allowed value", "type_error.none.not_allowed", key, i)
		case err != nil:
			o.addProblem("value is not a valid integer", "type_error.integer", key, i)
		case n < spans[i].low:
			o.addProblem(fmt.Sprintf("ensure this value is greater than or equal to %d", spans[i].low), "value_error.number.not_ge", key, i)
		case n > spans[i].high:
			o.addProblem(fmt.Sprintf("ensure this value is less than or equal to %d", spans[i].high), "value_error.number.not_le", key, i)
		}
		out[i] = n
	}
	return out, len(o.problems) == before
}
