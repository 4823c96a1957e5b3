package export

import (
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// chatbotBlock writes a chatbot. A setting that an answer lacks is the service's default (api.md §3).
func chatbotBlock(b *bot) *block {
	r := &block{kind: "aichatbothub_chatbot", name: b.name, object: b.Name, path: []hub.ID{b.ID}}
	r.set("name", short(b.Name))
	if v := b.Meta.Visibility; v != nil && *v != hub.DefaultVisibility {
		r.set("visibility", short(*v))
	}
	if v := b.Meta.ShowCitations; v != nil && bool(*v) != hub.DefaultShowCitations {
		r.set("show_citations", boolean(bool(*v)))
	}
	if v := b.Meta.RateLimit; v != nil && *v != (hub.RateLimit{Messages: hub.DefaultRateLimitMessages, Seconds: hub.DefaultRateLimitSeconds}) {
		r.set("rate_limit", object{{key: "messages", value: whole(v.Messages)}, {key: "seconds", value: whole(v.Seconds)}})
	}
	if v := b.Meta.RateLimitMessage; v != nil && *v != hub.DefaultRateLimitMessage {
		r.set("rate_limit_message", text(*v))
	}
	return r
}
