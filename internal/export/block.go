package export

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// block is a resource block and its import block.
type block struct {
	kind, name string   // such as aichatbothub_agent and support_sales
	object     string   // the display name, for comments and warnings
	above      []string // comments above the resource
	path       []hub.ID // the parts of the import id
	entries    []entry
	below      string // blocks in the resource, after the arguments
	variable   string // the name of the sensitive variable that the resource needs; "" if there is none
	documents  int    // the number of documents of a knowledge base
	refusal    string // why the resource is written as a comment; "" if it is imported
}

// entry is an argument of a resource with the comments above it, or comments without an argument.
type entry struct {
	name     string
	value    value // nil for comments without an argument
	comments []string
	// optional is true if the service keeps its value when the argument is omitted. If the provider refuses the value, only the argument is
	// omitted, not the resource.
	optional bool
}

// set adds an argument.
func (b *block) set(name string, v value, comments ...string) {
	b.entries = append(b.entries, entry{name: name, value: v, comments: comments})
}

// may adds an optional argument.
func (b *block) may(name string, v value) {
	b.entries = append(b.entries, entry{name: name, value: v, optional: true})
}

// write returns the HCL of the argument.
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

// address is the address of the resource.
func (b *block) address() string { return b.kind + "." + b.name }

// importID is the import id of the resource.
func (b *block) importID() string {
	var parts []string
	for _, id := range b.path {
		parts = append(parts, string(id))
	}
	return strings.Join(parts, "/")
}

// write returns the HCL of the resource, or a comment with it. Arguments with one line are first, the others are separated by blank
// lines.
func (b *block) write() string {
	var lines, paragraphs string
	for _, e := range b.entries {
		if written := e.write(); strings.Count(written, "\n") == 1 && e.value != nil {
			lines += written
		} else {
			paragraphs += "\n" + written
		}
	}
	resource := "resource " + quote(b.kind) + " " + quote(b.name) + " {\n" + lines + paragraphs + b.below + "}\n"
	if b.refusal != "" {
		resource = commented("This " + b.noun() + " is not exported: " + b.refusal + "\nIts import id is " + b.importID() + ".\n\n" + string(hclwrite.Format([]byte(resource))))
	}
	var above strings.Builder
	if b.variable != "" && b.refusal == "" {
		above.WriteString("variable " + quote(b.variable) + " {\n  description = " + quote("The url of "+b.address()+".") + "\n  type = string\n  sensitive = true\n}\n\n")
	}
	for _, line := range b.above {
		above.WriteString("# " + line + "\n")
	}
	return above.String() + resource
}

// noun is the type of the resource in words.
func (b *block) noun() string {
	return strings.ReplaceAll(strings.TrimPrefix(b.kind, "aichatbothub_"), "_", " ")
}

// commented returns lines as comments.
func commented(lines string) string {
	var b strings.Builder
	for line := range strings.Lines(lines) {
		b.WriteString(strings.TrimRight("# "+line, " \t\n") + "\n")
	}
	return b.String()
}
