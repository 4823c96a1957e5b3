package mockhub

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// addProblem adds a problem with a field, or with an element of it: addProblem("msg", "type", "rate_limit", 0).
func (o *object) addProblem(msg, kind string, loc ...any) {
	o.problems = append(o.problems, problem{slices.Concat(o.path, loc), msg, kind})
}

// allowOnly adds a problem for each key that is not in keys.
func (o *object) allowOnly(keys ...string) {
	for key := range o.fields {
		if !slices.Contains(keys, key) {
			o.addProblem("extra fields not permitted", "value_error.extra", key)
		}
	}
}

// require adds a problem for each of keys that is absent.
func (o *object) require(keys ...string) {
	for _, key := range keys {
		if _, found := o.fields[key]; !found {
			o.addProblem("field required", "value_error.missing", key)
		}
	}
}

// requireAny adds a problem if the object is empty. The provider must not send updates that change nothing (api.md §4).
func (o *object) requireAny() {
	if len(o.fields) == 0 {
		o.addProblem("nothing to update", "value_error.missing", "body")
	}
}

// value returns a field that is present and not null. An explicit null is a problem, because its effect is unknown
// (api.md §4).
func (o *object) value(key string) (json.RawMessage, bool) {
	raw, found := o.fields[key]
	if found && string(raw) == "null" {
		o.addProblem("none is not an allowed value", "type_error.none.not_allowed", key)
		return nil, false
	}
	return raw, found
}

// text reads a string into to, which is not changed if the field is absent or invalid. It reports whether it was read.
func (o *object) text(key string, to *string) bool {
	raw, found := o.value(key)
	if !found {
		return false
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		o.addProblem("str type expected", "type_error.str", key)
		return false
	}
	*to = s
	return true
}

// trimmedText is like text, and applies trim to the string.
func (o *object) trimmedText(key string, to *string, trim func(string) string) bool {
	found := o.text(key, to)
	if found {
		*to = trim(*to)
	}
	return found
}

// nonEmptyText is like trimmedText, and the empty string is a problem.
func (o *object) nonEmptyText(key string, to *string, trim func(string) string) {
	var s string
	if !o.trimmedText(key, &s, trim) {
		return
	}
	if s == "" {
		o.addProblem("ensure this value has at least 1 characters", "value_error.any_str.min_length", key)
		return
	}
	*to = s
}

// choice is like text, and a string that is not in allowed is a problem.
func (o *object) choice(key string, to *string, allowed ...string) {
	var s string
	if !o.text(key, &s) {
		return
	}
	if !slices.Contains(allowed, s) {
		o.addProblem("value is not a valid enumeration member; permitted: '"+strings.Join(allowed, "', '")+"'", "type_error.enum", key)
		return
	}
	*to = s
}

// color reads a string of the form #RRGGBB.
func (o *object) color(key string, to *string) {
	var s string
	if !o.text(key, &s) {
		return
	}
	if len(s) != 7 || s[0] != '#' || strings.Trim(s[1:], "0123456789abcdefABCDEF") != "" {
		o.addProblem("value is not a valid color of the form #RRGGBB", "value_error.color", key)
		return
	}
	*to = s
}

// httpURL reads the string of an http or https URL.
func (o *object) httpURL(key string, to *string) {
	var s string
	if !o.text(key, &s) {
		return
	}
	if u, err := url.Parse(s); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		o.addProblem("invalid or missing URL scheme or host", "value_error.url", key)
		return
	}
	*to = s
}

// number reads a number from low to high.
func (o *object) number(key string, to *float64, low, high float64) bool {
	raw, found := o.value(key)
	if !found {
		return false
	}
	n, err := strconv.ParseFloat(string(raw), 64) // raw is valid JSON, of which ParseFloat accepts numbers only
	switch {
	case err != nil:
		o.addProblem("value is not a valid float", "type_error.float", key)
		return false
	case n < low:
		o.addProblem(fmt.Sprintf("ensure this value is greater than or equal to %v", low), "value_error.number.not_ge", key)
		return false
	case n > high:
		o.addProblem(fmt.Sprintf("ensure this value is less than or equal to %v", high), "value_error.number.not_le", key)
		return false
	}
	*to = n
	return true
}

// boolean reads true or false.
func (o *object) boolean(key string, to *bool) { o.booleanSpelled(key, to, "true", "false") }

// zeroOrOne reads 0 or 1, for booleans that are numbers in requests (api.md §2).
func (o *object) zeroOrOne(key string, to *bool) { o.booleanSpelled(key, to, "1", "0") }

// booleanOrNumber reads true, false, 0 or 1. The service answers 0 or 1 for these fields, and api.md does not say what it
// accepts.
func (o *object) booleanOrNumber(key string, to *bool) {
	o.booleanSpelled(key, to, "true", "false", "1", "0")
}

// booleanSpelled reads a boolean in one of the spellings, which alternately mean true and false.
func (o *object) booleanSpelled(key string, to *bool, spellings ...string) {
	raw, found := o.value(key)
	if !found {
		return
	}
	i := slices.Index(spellings, string(raw))
	if i < 0 {
		o.addProblem("value is not a valid boolean", "type_error.bool", key)
		return
	}
	*to = i%2 == 0
}
