package export

import (
	"maps"
	"slices"
	"strings"
)

// removedFile is the file of the removed blocks.
const removedFile = "removed.tf"

// replaced returns the addresses of an earlier export whose sources have other addresses now, in order: single sources that are documents of a
// knowledge base, and knowledge bases whose documents are single sources. If they were in the state, an apply would delete the sources.
func (w *writing) replaced(bots []*bot, earlier map[string]bool) []string {
	now := map[string]bool{}
	for _, r := range w.blocks {
		now[r.address()] = true
	}
	addresses := map[string]bool{}
	for _, b := range bots {
		for _, s := range b.Sources {
			if reference := w.references[s.ID]; strings.Contains(reference, ".source_ids[") {
				addresses["aichatbothub_source."+w.names[s.ID]] = true
			} else if reference != "" {
				addresses["aichatbothub_knowledge_base."+b.name] = true
			}
		}
	}
	maps.DeleteFunc(addresses, func(address string, _ bool) bool { return now[address] || !earlier[address] })
	return slices.Sorted(maps.Keys(addresses))
}

// removedBlocks returns the content of removedFile.
func removedBlocks(addresses []string) string {
	var b strings.Builder
	b.WriteString(firstLine + "\n#\n# The next apply removes these resources of an earlier export from the state, and deletes no source. This file can be deleted after that.\n")
	for _, address := range addresses {
		b.WriteString("\nremoved {\n  from = " + address + "\n\n  lifecycle {\n    destroy = false\n  }\n}\n")
	}
	return b.String()
}
