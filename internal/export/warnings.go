package export

import (
	"fmt"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// warnings are the warnings of a successful export. Each is printed once with the objects that it is about.
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

// maxNamed is the maximum number of objects that are listed with a warning.
const maxNamed = 5

func (w *warnings) print(note func(format string, args ...any)) {
	for _, text := range w.order {
		blocks := w.blocks[text]
		var lines []string
		for _, b := range blocks[:min(maxNamed, len(blocks))] {
			lines = append(lines, fmt.Sprintf("  %s (%s %q, %s)", b.address(), b.noun(), hub.OneLine(b.object), b.importID()))
		}
		if n := len(blocks) - maxNamed; n > 0 {
			lines = append(lines, fmt.Sprintf("  and %d more", n))
		}
		note("Warning: %s\n%s\n", text, strings.Join(lines, "\n"))
	}
}

// summary returns the numbers of resources by noun, in the order of the files.
func (w *writing) summary() string {
	var nouns, parts []string
	count, documents := map[string]int{}, map[string]int{}
	for _, r := range w.blocks {
		noun := r.noun()
		if count[noun] == 0 {
			nouns = append(nouns, noun)
		}
		count[noun]++
		documents[noun] += r.documents
	}
	for _, noun := range nouns {
		part := counted(count[noun], noun)
		if n := documents[noun]; n > 0 {
			part += " of " + counted(n, "source")
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// counted returns a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
