package mockhub

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// items reads a list, whatever is in it.
func (o *object) items(key string) ([]json.RawMessage, bool) {
	raw, is := o.value(key)
	if !is {
		return nil, false
	}
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil {
		o.add("value is not a valid list", "type_error.list", key)
		return nil, false
	}
	return items, true
}

// texts reads a list of strings into to, which is left alone when the field is absent or refused.
func (o *object) texts(key string, to *[]string, trim func(string) string) bool {
	items, is := o.items(key)
	if !is {
		return false
	}
	out, before := make([]string, len(items)), len(o.problems)
	for i, item := range items {
		switch {
		case string(item) == "null":
			o.add("none is not an allowed value", "type_error.none.not_allowed", key, i)
		case json.Unmarshal(item, &out[i]) != nil:
			o.add("str type expected", "type_error.str", key, i)
		}
		out[i] = trim(out[i])
	}
	if len(o.problems) > before {
		return false
	}
	*to = out
	return true
}

// uuids reads a list of uuids of sources, without repetitions, into to, which is left alone when the field is absent or
// refused. there says which sources the chatbot has; nil lets any uuid pass. It reports whether the list was read.
func (o *object) uuids(key string, to *[]string, there func(uuid string) bool) bool {
	var uuids []string
	before := len(o.problems)
	if !o.texts(key, &uuids, func(s string) string { return s }) {
		return false
	}
	for i, uuid := range uuids {
		switch {
		case !isUUID(uuid):
			o.add("value is not a valid uuid of 32 hex digits", "type_error.uuid", key, i)
		case slices.Contains(uuids[:i], uuid):
			o.add("the list has duplicated items", "value_error.list.unique_items", key, i)
		case there != nil && !there(uuid):
			o.add("the chatbot has no such source", "value_error", key, i)
		}
	}
	if len(o.problems) > before {
		return false
	}
	*to = uuids
	return true
}

// dictionary reads a flat object of strings into to, which is left alone when the field is absent or refused.
func (o *object) dictionary(key string, to *map[string]string) {
	out, before := map[string]string{}, len(o.problems)
	is := o.object(key, func(in *object) {
		for name := range in.fields {
			var value string
			in.text(name, &value)
			out[name] = value
		}
	})
	if is && len(o.problems) == before {
		*to = out
	}
}

// object reads a field that must be an object by f and reports whether it was one.
func (o *object) object(key string, f func(*object)) bool {
	raw, is := o.value(key)
	return is && o.inner(raw, f, key)
}

// objects reads a list of objects, each by f, and reports whether nothing was wrong.
func (o *object) objects(key string, f func(*object)) bool {
	items, is := o.items(key)
	if !is {
		return false
	}
	before := len(o.problems)
	for i, item := range items {
		o.inner(item, f, key, i)
	}
	return len(o.problems) == before
}

// inner reads an object inside o by f; what is found wrong with it is found wrong with o.
func (o *object) inner(raw json.RawMessage, f func(*object), loc ...any) bool {
	in, err := parseObject(raw)
	if err != nil {
		o.add("value is not a valid dict", "type_error.dict", loc...)
		return false
	}
	in.at = slices.Concat(o.at, loc)
	f(in)
	o.problems = append(o.problems, in.problems...)
	return true
}

// span is the range of an integer, both ends included.
type span struct{ low, high int }

// integers reads a list of exactly as many integers as there are spans, each within its own. 20.0 is no integer here.
func (o *object) integers(key string, spans ...span) ([]int, bool) {
	items, is := o.items(key)
	if !is {
		return nil, false
	}
	if len(items) != len(spans) {
		o.add(fmt.Sprintf("ensure this value has exactly %d items", len(spans)), "value_error.list.length", key)
		return nil, false
	}
	out := make([]int, len(spans))
	before := len(o.problems)
	for i, item := range items {
		n, err := strconv.Atoi(string(item))
		switch {
		case string(item) == "null":
			o.add("none is not an allowed value", "type_error.none.not_allowed", key, i)
		case err != nil:
			o.add("value is not a valid integer", "type_error.integer", key, i)
		case n < spans[i].low:
			o.add(fmt.Sprintf("ensure this value is greater than or equal to %d", spans[i].low), "value_error.number.not_ge", key, i)
		case n > spans[i].high:
			o.add(fmt.Sprintf("ensure this value is less than or equal to %d", spans[i].high), "value_error.number.not_le", key, i)
		}
		out[i] = n
	}
	return out, len(o.problems) == before
}
