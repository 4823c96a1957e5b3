package export

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// block is one object on its way into a file: a resource and the block that imports it.
type block struct {
	kind, name string   // such as aichatbothub_agent and support_sales
	object     string   // which one, for comments and warnings
	above      []string // comments over the resource
	path       []hub.ID // what its import id consists of
	entries    []entry
	refusal    string // why it can be a comment only; "" when it is imported
}

// entry is one argument of a resource with the comments above it, or comments alone.
type entry struct {
	name     string
	value    value // nil for comments alone
	comments []string
	// left says that the argument can be left out and then stays what the service has, so that a value the provider does not take is no
	// reason to leave the whole resource out.
	left bool
}

// set adds an argument.
func (b *block) set(name string, v value, comments ...string) {
	b.entries = append(b.entries, entry{name: name, value: v, comments: comments})
}

// may adds an argument that may be left out.
func (b *block) may(name string, v value) {
	b.entries = append(b.entries, entry{name: name, value: v, left: true})
}

// write gives the argument as it stands in a resource.
func (e entry) write() string {
	var b strings.Builder
	for _, comment := range e.comments {
		b.WriteString(indent(1) + "# " + comment + "\n")
	}
	if e.value != nil {
		b.WriteString(indent(1) + e.name + " = " + e.value.write(1) + "\n")
	}
	return b.String()
}

// address is how other resources call this one.
func (b *block) address() string { return b.kind + "." + b.name }

// importID is what Terraform imports it by.
func (b *block) importID() string {
	var parts []string
	for _, id := range b.path {
		parts = append(parts, string(id))
	}
	return strings.Join(parts, "/")
}

// write gives the resource, or the comment that stands for it. Arguments of one line come first; each longer one stands by itself.
func (b *block) write() string {
	var lines, paragraphs string
	for _, e := range b.entries {
		if written := e.write(); strings.Count(written, "\n") == 1 && e.value != nil {
			lines += written
		} else {
			paragraphs += "\n" + written
		}
	}
	resource := "resource " + quote(b.kind) + " " + quote(b.name) + " {\n" + lines + paragraphs + "}\n"
	if b.refusal != "" {
		resource = commented("This " + b.noun() + " is not exported: " + b.refusal + "\nIts import id is " + b.importID() + ".\n\n" + string(hclwrite.Format([]byte(resource))))
	}
	var above strings.Builder
	for _, line := range b.above {
		above.WriteString("# " + line + "\n")
	}
	return above.String() + resource
}

// noun is the kind in words.
func (b *block) noun() string {
	return strings.ReplaceAll(strings.TrimPrefix(b.kind, "aichatbothub_"), "_", " ")
}

// commented turns lines into comments.
func commented(lines string) string {
	var b strings.Builder
	for line := range strings.Lines(lines) {
		b.WriteString(strings.TrimRight("# "+line, " \t\n") + "\n")
	}
	return b.String()
}
