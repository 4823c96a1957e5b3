package snapshot

import (
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/account"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// sourceTags returns the source tags of a chatbot. keys are the keys of its sources.
func (d *Document) sourceTags(b *account.Bot, keys sourceKeys) []any {
	var all []object
	for _, t := range b.SourceTags {
		o := object{"name": hub.NormalText(t.Name), "color": strings.ToLower(t.Color)}
		keys.putIn(o, t.DataSourceUUIDs)
		all = append(all, o)
		d.unread(Ref{Kind: SourceTag, Name: hub.NormalText(t.Name)}, o, described("source tag", t.Name, t.ID), t.Unreadable, func(field string) bool { return !isTime(field) })
	}
	return sorted(all, "name")
}
