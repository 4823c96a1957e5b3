package snapshot

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// ownSettings are the fields of a chatbot that its answers do not depend on.
var ownSettings = []string{"name", "meta.visibility", "meta.rate_limit", "meta.rate_limit_message"}

// addSettings adds the settings of the chatbot that its answers depend on. A setting that an answer lacks is the service's default (api.md §3).
func (d *Document) addSettings(b hub.Chatbot) {
	d.Value["show_citations"] = boolean(b.Meta.ShowCitations, hub.DefaultShowCitations)
	d.unread(Ref{Kind: Chatbot}, d.Value, described("chatbot", b.Name, b.ID), b.Unreadable, func(field string) bool {
		return !isTime(field) && !slices.Contains(ownSettings, field)
	})
}

// AddOwn adds the chatbot's own name, visibility and limits.
func (d *Document) AddOwn(b hub.Chatbot) {
	whole := func(n int64) json.Number { return json.Number(strconv.FormatInt(n, 10)) }
	visibility, message, limit := hub.DefaultVisibility, hub.DefaultRateLimitMessage, hub.RateLimit{Messages: hub.DefaultRateLimitMessages, Seconds: hub.DefaultRateLimitSeconds}
	visibility, limit = *cmp.Or(b.Meta.Visibility, &visibility), *cmp.Or(b.Meta.RateLimit, &limit)
	d.Value["name"], d.Value["visibility"] = hub.NormalText(b.Name), visibility
	d.Value["rate_limit"] = object{"messages": whole(limit.Messages), "seconds": whole(limit.Seconds)}
	d.Value["rate_limit_message"] = text(cmp.Or(b.Meta.RateLimitMessage, &message))
	d.unread(Ref{Kind: Chatbot}, d.Value, described("chatbot", b.Name, b.ID), b.Unreadable, func(field string) bool { return slices.Contains(ownSettings, field) })
}
