package export

import (
	"fmt"
	"io"
	"strings"
)

// warnings are what a person should know about an export that went well, each told once with the objects it is about.
type warnings struct {
	order  []string
	blocks map[string][]*block
}

func (w *warnings) add(text string, b *block) {
	if w.blocks == nil {
		w.blocks = map[string][]*block{}
	}
	if w.blocks[text] == nil {
		w.order = append(w.order, text)
	}
	w.blocks[text] = append(w.blocks[text], b)
}

// maxNamed is how many objects a warning names.
const maxNamed = 5

func (w *warnings) print(out io.Writer) {
	for _, text := range w.order {
		blocks := w.blocks[text]
		var lines []string
		for _, b := range blocks[:min(maxNamed, len(blocks))] {
			lines = append(lines, fmt.Sprintf("  %s (%s %q, %s)", b.address(), b.noun(), remark(b.object), b.importID()))
		}
		if n := len(blocks) - maxNamed; n > 0 {
			lines = append(lines, fmt.Sprintf("  and %d more", n))
		}
		say(out, "Warning: %s\n%s\n", text, strings.Join(lines, "\n"))
	}
}

// summary counts what was exported, in the order of its first one.
func (w *writing) summary() string {
	var parts []string
	seen := map[string]bool{}
	for _, r := range w.imports {
		noun := r.noun()
		if seen[noun] {
			continue
		}
		seen[noun] = true
		n := w.count[noun]
		if n != 1 {
			noun += "s"
		}
		parts = append(parts, fmt.Sprintf("%d %s", n, noun))
	}
	return strings.Join(parts, ", ")
}
