package mockhub

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// add keeps a problem at a field, or at an element of it: add("msg", "type", "rate_limit", 0).
func (o *object) add(msg, kind string, loc ...any) {
	o.problems = append(o.problems, problem{slices.Concat(o.at, loc), msg, kind})
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

// trimmed is text that is stored as trim leaves it.
func (o *object) trimmed(key string, to *string, trim func(string) string) bool {
	is := o.text(key, to)
	if is {
		*to = trim(*to)
	}
	return is
}

// fullText is text that refuses the empty string. trim is applied first.
func (o *object) fullText(key string, to *string, trim func(string) string) {
	var s string
	if !o.trimmed(key, &s, trim) {
		return
	}
	if s == "" {
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

// color is text of the form #RRGGBB.
func (o *object) color(key string, to *string) {
	var s string
	if !o.text(key, &s) {
		return
	}
	if len(s) != 7 || s[0] != '#' || strings.Trim(s[1:], "0123456789abcdefABCDEF") != "" {
		o.add("value is not a valid color of the form #RRGGBB", "value_error.color", key)
		return
	}
	*to = s
}

// link is text that is the address of a page or an endpoint.
func (o *object) link(key string, to *string) {
	var s string
	if !o.text(key, &s) {
		return
	}
	if u, err := url.Parse(s); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		o.add("invalid or missing URL scheme or host", "value_error.url", key)
		return
	}
	*to = s
}

// number reads a number within a range, both ends included.
func (o *object) number(key string, to *float64, low, high float64) bool {
	raw, is := o.value(key)
	if !is {
		return false
	}
	n, err := strconv.ParseFloat(string(raw), 64) // of what is valid JSON it takes numbers only
	switch {
	case err != nil:
		o.add("value is not a valid float", "type_error.float", key)
		return false
	case n < low:
		o.add(fmt.Sprintf("ensure this value is greater than or equal to %v", low), "value_error.number.not_ge", key)
		return false
	case n > high:
		o.add(fmt.Sprintf("ensure this value is less than or equal to %v", high), "value_error.number.not_le", key)
		return false
	}
	*to = n
	return true
}

// flag reads a boolean; 0 and 1 are refused.
func (o *object) flag(key string, to *bool) { o.boolean(key, to, "true", "false") }

// bit reads a boolean that api.md §2 wants as 0 or 1; true and false are refused.
func (o *object) bit(key string, to *bool) { o.boolean(key, to, "1", "0") }

// flagOrBit reads a boolean of which api.md shows 0 and 1 in answers and says nothing about requests: both forms are taken.
func (o *object) flagOrBit(key string, to *bool) { o.boolean(key, to, "true", "false", "1", "0") }

// boolean reads a boolean in the spellings allowed: in turns one that means true and one that means false.
func (o *object) boolean(key string, to *bool, spellings ...string) {
	raw, is := o.value(key)
	if !is {
		return
	}
	i := slices.Index(spellings, string(raw))
	if i < 0 {
		o.add("value is not a valid boolean", "type_error.bool", key)
		return
	}
	*to = i%2 == 0
}
