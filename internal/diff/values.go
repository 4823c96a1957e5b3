package diff

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// maxShort is the length, in characters, of a text that is shown on one line with the other one.
const maxShort = 60

// writeValues writes the values of an attribute: short ones on one line, and others line by line.
func (d difference) writeValues(out io.Writer) {
	a, shortA := short(d.Staging)
	b, shortB := short(d.Production)
	if shortA && shortB {
		subcommand.Say(out, "    %s: %s → %s\n", hub.Escape(d.Attribute), a, b)
		return
	}
	subcommand.Say(out, "    %s:\n", hub.Escape(d.Attribute))
	before, after := joined(d.Staging), joined(d.Production)
	unified, err := udiff.ToUnifiedDiff("", "", before, udiff.Lines(before, after), udiff.DefaultContextLines)
	if err != nil { // the edits are those of the texts
		return
	}
	for _, hunk := range unified.Hunks {
		subcommand.Say(out, "      @@ line %d, line %d @@\n", hunk.FromLine, hunk.ToLine)
		for _, l := range hunk.Lines {
			subcommand.Say(out, "      %s%s\n", map[udiff.OpKind]string{udiff.Delete: "-", udiff.Insert: "+", udiff.Equal: " "}[l.Kind], escapeLine(l.Content))
		}
	}
}

// short returns a value on one line, or false if it is too long for that.
func short(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "(none)", true
	case string:
		return hub.Escape(fmt.Sprintf("%q", v)), utf8.RuneCountInString(v) <= maxShort && !strings.Contains(v, "\n")
	}
	return fmt.Sprint(v), !hasParts(v)
}

// joined returns the lines of a value as one text.
func joined(v any) string {
	all := lines(v)
	if len(all) == 0 {
		return ""
	}
	return strings.Join(all, "\n") + "\n"
}

// lines returns a value for people, line by line. A member of an object begins with its name. An element of a list is one line if it is a text,
// and begins with "- " if it is an object.
func lines(v any) []string {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		return strings.Split(v, "\n")
	case []any:
		var all []string
		for _, element := range v {
			if text, ok := element.(string); ok {
				all = append(all, strings.ReplaceAll(text, "\n", `\n`))
			} else {
				all = append(all, indented("- ", lines(element))...)
			}
		}
		return all
	case object:
		var all []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			inner := lines(v[name])
			if len(inner) == 1 && !hasParts(v[name]) {
				all = append(all, name+": "+inner[0])
			} else {
				all = append(append(all, name+":"), indented("  ", inner)...)
			}
		}
		return all
	}
	return []string{fmt.Sprint(v)}
}

// hasParts reports whether a value is a list or an object.
func hasParts(v any) bool {
	switch v.(type) {
	case []any, object:
		return true
	}
	return false
}

// indented puts first before the first line, and as many spaces before the others.
func indented(first string, all []string) []string {
	out := make([]string, len(all))
	for i, line := range all {
		out[i] = strings.Repeat(" ", len(first)) + line
	}
	if len(out) > 0 {
		out[0] = first + all[0]
	}
	return out
}

// escapeLine escapes what is not visible in a line, except tabs.
func escapeLine(line string) string {
	parts := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
	for i, part := range parts {
		parts[i] = hub.Escape(part)
	}
	return strings.Join(parts, "\t")
}
