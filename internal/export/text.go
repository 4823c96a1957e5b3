package export

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// quote returns a quoted string. Invisible characters, and those that change the direction of text, are escaped.
func quote(s string) string {
	return `"` + withoutTemplates(hub.Escape(strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(s))) + `"`
}

// withoutTemplates escapes ${ and %{.
func withoutTemplates(s string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(s)
}

// readable reports whether a text can be in a heredoc, which has no escapes.
func readable(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r != '\n' && r != '\t' && !hub.Visible(r) }) < 0
}

// paragraph returns a text of several lines as the value of an argument at a nesting depth: a heredoc, or a quoted string if a heredoc
// would change the text.
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

// heredoc returns a text that ends with a line break as a heredoc, without the line break after its marker. It evaluates the heredoc and
// returns false if the value differs, because the rules of heredocs are complicated.
func heredoc(s string, depth int) (string, bool) {
	marker := freeMarker(s)
	lines := strings.SplitAfter(withoutTemplates(s), "\n")
	flush := indent(depth + 1)
	var b strings.Builder
	for _, line := range lines {
		if strings.TrimSpace(line) != "" { // blank lines are not indented, because their spaces are part of the text
			b.WriteString(flush)
		}
		b.WriteString(line)
	}
	for _, doc := range []string{
		"<<-" + marker + "\n" + b.String() + indent(depth) + marker,
		"<<" + marker + "\n" + strings.Join(lines, "") + marker, // if all lines have the same indentation
	} {
		if evaluates(doc, s) {
			return doc, true
		}
	}
	return "", false
}

// freeMarker is a marker that is not a line of the text.
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

// evaluates reports whether the value of a heredoc is the text, normalized like all strings in Terraform.
func evaluates(doc, s string) bool {
	expr, diags := hclsyntax.ParseExpression([]byte(doc+"\n"), "", hcl.InitialPos)
	if diags.HasErrors() {
		return false
	}
	v, diags := expr.Value(nil)
	return !diags.HasErrors() && v.Type() == cty.String && v.AsString() == cty.NormalizeString(s)
}

// indent is the white space before a line at a nesting depth.
func indent(depth int) string { return strings.Repeat("  ", depth) }
