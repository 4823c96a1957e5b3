package export

import (
	"slices"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// tagBlock returns the resource of a source tag. Without sources it omits source_ids, so that they are not managed.
func (w *writing) tagBlock(b *bot, t hub.SourceTag) *block {
	r := &block{kind: "aichatbothub_source_tag", name: w.names[t.ID], object: t.Name, path: []hub.ID{b.ID, t.ID}}
	r.set("chatbot_id", w.id(b.ID))
	r.set("name", short(t.Name))
	r.set("color", short(t.Color))
	if t.DataSourceUUIDs != nil && len(*t.DataSourceUUIDs) > 0 {
		r.set("source_ids", w.sourceIDs(b, *t.DataSourceUUIDs))
	}
	return r
}

// sourceIDs returns references to sources in the order of the file, and then the ids of sources that are not in it.
func (w *writing) sourceIDs(b *bot, ids []hub.ID) list {
	var l list
	rest := slices.Clone(ids)
	for _, s := range b.Sources {
		if slices.Contains(ids, s.ID) {
			l = append(l, w.id(s.ID))
			rest = slices.DeleteFunc(rest, func(id hub.ID) bool { return id == s.ID })
		}
	}
	slices.Sort(rest)
	for _, id := range slices.Compact(rest) {
		l = append(l, w.id(id))
	}
	return l
}
