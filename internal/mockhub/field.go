package mockhub

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// add keeps a problem at a field, or at an element of it: add("msg", "type", "rate_limit", 0).
func (o *object) add(msg, kind string, loc ...any) {
	o.problems = append(o.problems, problem{loc, msg, kind})
}

// only refuses all keys but these.
func (o *object) only(keys ...string) {
	for key := range o.fields {
		if !slices.Contains(keys, key) {
			o.add("extra fields not permitted", "value_error.extra", key)
		}
	}
}

// require refuses the absence of these keys.
func (o *object) require(keys ...string) {
	for _, key := range keys {
		if _, is := o.fields[key]; !is {
			o.add("field required", "value_error.missing", key)
		}
	}
}

// some refuses an object without any key: an update that changes nothing is a wasted call (api.md §4).
func (o *object) some() {
	if len(o.fields) == 0 {
		o.add("nothing to update", "value_error.missing", "body")
	}
}

// value returns a field that is there and not null. What explicit null does is unknown (api.md §4), so it is refused.
func (o *object) value(key string) (json.RawMessage, bool) {
	raw, is := o.fields[key]
	if is && string(raw) == "null" {
		o.add("none is not an allowed value", "type_error.none.not_allowed", key)
		return nil, false
	}
	return raw, is
}

// text reads a string into to, which is left alone when the field is absent or refused. It reports whether it was read.
func (o *object) text(key string, to *string) bool {
	raw, is := o.value(key)
	if !is {
		return false
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		o.add("str type expected", "type_error.str", key)
		return false
	}
	*to = s
	return true
}

// fullText is text that refuses the empty string. trim is applied first.
func (o *object) fullText(key string, to *string, trim func(string) string) {
	var s string
	if !o.text(key, &s) {
		return
	}
	if s = trim(s); s == "" {
		o.add("ensure this value has at least 1 characters", "value_error.any_str.min_length", key)
		return
	}
	*to = s
}

// choice is text that refuses all but the allowed values.
func (o *object) choice(key string, to *string, allowed ...string) {
	var s string
	if !o.text(key, &s) {
		return
	}
	if !slices.Contains(allowed, s) {
		o.add("value is not a valid enumeration member; permitted: '"+strings.Join(allowed, "', '")+"'", "type_error.enum", key)
		return
	}
	*to = s
}

// flag reads a boolean; 0 and 1 are refused.
func (o *object) flag(key string, to *bool) {
	raw, is := o.value(key)
	if !is {
		return
	}
	switch string(raw) {
	case "true":
		*to = true
	case "false":
		*to = false
	default:
		o.add("value is not a valid boolean", "type_error.bool", key)
	}
}

// span is the range of an integer, both ends included.
type span struct{ low, high int }

// integers reads a list of exactly as many integers as there are spans, each within its own. 20.0 is no integer here.
func (o *object) integers(key string, spans ...span) ([]int, bool) {
	raw, is := o.value(key)
	if !is {
		return nil, false
	}
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil {
		o.add("value is not a valid list", "type_error.list", key)
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
