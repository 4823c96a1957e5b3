package export

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// quote writes a string in quotes. What cannot be seen, or turns the order of text round, is escaped.
func quote(s string) string {
	return `"` + withoutTemplates(escape(strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(s))) + `"`
}

// withoutTemplates keeps ${ and %{ from beginning a template.
func withoutTemplates(s string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(s)
}

// escape writes every character that is not visible by its number.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case visible(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// visible says whether a character may stand in a file as it is: what prints, spaces, and the two joiners that emoji and some scripts
// need. Line separators and what changes the direction of text are not among them.
func visible(r rune) bool {
	return unicode.IsPrint(r) || unicode.Is(unicode.Zs, r) || r == '\u200c' || r == '\u200d'
}

// readable says whether a text is fit for a heredoc, in which nothing can be escaped.
func readable(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r != '\n' && r != '\t' && !visible(r) }) < 0
}

// paragraph writes a text of several lines as an argument's value, for an argument that stands depth levels deep. It is exact: what a
// heredoc cannot hold is quoted.
func paragraph(s string, depth int) string {
	if !readable(s) {
		return quote(s)
	}
	if strings.HasSuffix(s, "\n") {
		if doc, ok := heredoc(s, depth); ok {
			return doc
		}
	} else if doc, ok := heredoc(s+"\n", depth); ok {
		return "chomp(" + doc + "\n" + indent(depth) + ")"
	}
	return quote(s)
}

// heredoc writes lines, of which the last one ends too, as a heredoc without the line break behind it. It reads its own writing before it
// gives it away: the rules of what a heredoc drops are many.
func heredoc(s string, depth int) (string, bool) {
	marker := freeMarker(s)
	lines := strings.SplitAfter(withoutTemplates(s), "\n")
	flush := indent(depth + 1)
	var b strings.Builder
	for _, line := range lines {
		if strings.TrimSpace(line) != "" { // a blank line is not indented, and its spaces count
			b.WriteString(flush)
		}
		b.WriteString(line)
	}
	for _, doc := range []string{
		"<<-" + marker + "\n" + b.String() + indent(depth) + marker,
		"<<" + marker + "\n" + strings.Join(lines, "") + marker, // where all lines are indented the same
	} {
		if evaluates(doc, s) {
			return doc, true
		}
	}
	return "", false
}

// freeMarker is an end that no line of the text looks like.
func freeMarker(s string) string {
	taken := map[string]bool{}
	for line := range strings.Lines(s) {
		taken[strings.TrimSpace(line)] = true
	}
	marker := "EOT"
	for n := 2; taken[marker]; n++ {
		marker = fmt.Sprintf("EOT%d", n)
	}
	return marker
}

// evaluates says whether a heredoc is the text, as Terraform reads it: normalised, as all its strings are.
func evaluates(doc, s string) bool {
	expr, diags := hclsyntax.ParseExpression([]byte(doc+"\n"), "", hcl.InitialPos)
	if diags.HasErrors() {
		return false
	}
	v, diags := expr.Value(nil)
	return !diags.HasErrors() && v.Type() == cty.String && v.AsString() == cty.NormalizeString(s)
}

// remark makes a name fit for a comment: one line, nothing that is not visible, and not long.
func remark(s string) string { return sentence(s, 100) }

// sentence is remark for a text of at most that many characters.
func sentence(s string, most int) string {
	s = escape(strings.Join(strings.Fields(s), " "))
	if runes := []rune(s); len(runes) > most {
		s = strings.TrimSpace(string(runes[:most])) + "…"
	}
	return s
}

// indent is the white space before a line that stands depth levels deep.
func indent(depth int) string { return strings.Repeat("  ", depth) }
