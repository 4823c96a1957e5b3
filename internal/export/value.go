package export

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// maxLine is the maximum length of a list or an object on one line, including its indentation.
const maxLine = 120

// value is the value of an argument.
type value interface {
	// write returns the HCL at a nesting depth.
	write(depth int) string
	// plain returns the value that the provider gets, for encoding as JSON.
	plain() any
}

// verbatim is a value with given HCL.
type verbatim struct {
	hcl string
	is  any
}

func (v verbatim) write(int) string { return v.hcl }
func (v verbatim) plain() any       { return v.is }

func boolean(b bool) value { return verbatim{strconv.FormatBool(b), b} }

func number(n float64) value { return verbatim{strconv.FormatFloat(n, 'f', -1, 64), n} }

func whole(n int64) value { return verbatim{strconv.FormatInt(n, 10), n} }

// short is a text that is written on one line.
func short(s string) value { return verbatim{quote(s), s} }

// text is a text that is written as a heredoc if it has several lines.
type text string

func (t text) plain() any { return string(t) }

func (t text) write(depth int) string {
	if !strings.Contains(string(t), "\n") {
		return quote(string(t))
	}
	return paragraph(string(t), depth)
}

// loose is a text for which the provider ignores differences of line breaks and of leading and trailing white space: prompts and
// descriptions of agents.
type loose string

func (t loose) plain() any { return string(t) }

func (t loose) write(depth int) string {
	s := hub.NormalText(string(t))
	if strings.Contains(s, "\n") && readable(s) {
		if doc, ok := heredoc(s+"\n", depth); ok {
			return doc
		}
	}
	if !hub.SameText(s, string(t)) { // a lone CR before a CRLF
		s = string(t)
	}
	return quote(s)
}

// list is a list or a set.
type list []value

func (l list) plain() any {
	out := make([]any, 0, len(l))
	for _, v := range l {
		out = append(out, v.plain())
	}
	return out
}

func (l list) write(depth int) string {
	var parts []string
	objects, long := false, false
	for _, v := range l {
		_, is := v.(object)
		part := v.write(depth + 1)
		objects, long = objects || is, long || strings.Contains(part, "\n")
		parts = append(parts, part)
	}
	if line := "[" + strings.Join(parts, ", ") + "]"; !objects && fits(line, depth) {
		return line
	}
	var b strings.Builder
	for i, part := range parts {
		if o, is := l[i].(object); is && long { // all objects have the same layout
			part = o.paragraph(depth + 1)
		}
		b.WriteString(indent(depth+1) + part + ",\n")
	}
	return "[\n" + b.String() + indent(depth) + "]"
}

// member is an entry of an object, with a comment above it.
type member struct {
	key     string
	value   value
	comment string
}

// object is an object or a map with ordered entries.
type object []member

func (o object) plain() any {
	out := map[string]any{}
	for _, m := range o {
		if m.value != nil {
			out[m.key] = m.value.plain()
		}
	}
	return out
}

func (o object) write(depth int) string {
	var parts []string
	for _, m := range o {
		if m.comment != "" {
			return o.paragraph(depth)
		}
		parts = append(parts, key(m.key)+" = "+m.value.write(depth+1))
	}
	line := "{ " + strings.Join(parts, ", ") + " }"
	switch {
	case len(o) == 0:
		return "{}"
	case fits(line, depth):
		return line
	}
	return o.paragraph(depth)
}

// paragraph returns the object with each member on its own line.
func (o object) paragraph(depth int) string { return o.lines(depth, key) }

// lines is paragraph with a function that returns the HCL of a name.
func (o object) lines(depth int, key func(name string) string) string {
	var b strings.Builder
	for _, m := range o {
		if m.comment != "" {
			b.WriteString(indent(depth+1) + "# " + m.comment + "\n")
		}
		if m.value != nil {
			b.WriteString(indent(depth+1) + key(m.key) + " = " + m.value.write(depth+1) + "\n")
		}
	}
	return "{\n" + b.String() + indent(depth) + "}"
}

// answers are answers by question, one on each line. All questions are quoted, so that they look alike.
type answers object

func (a answers) plain() any { return object(a).plain() }

func (a answers) write(depth int) string { return object(a).lines(depth, quote) }

// fits reports whether a list or an object can be written on one line.
func fits(line string, depth int) bool {
	return !strings.Contains(line, "\n") && 2*depth+utf8.RuneCountInString(line) <= maxLine
}

var plainKey = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// key returns the HCL of the name of a member. Names that are not simple identifiers, and keywords, are quoted.
func key(name string) string {
	if !plainKey.MatchString(name) || slices.Contains([]string{"for", "null", "true", "false"}, name) {
		return quote(name)
	}
	return name
}

// encoded is an object that the provider gets as JSON.
type encoded struct {
	object value
	json   json.RawMessage
}

func (e encoded) write(depth int) string { return "jsonencode(" + e.object.write(depth) + ")" }
func (e encoded) plain() any             { return string(e.json) }
