package properties_test

import (
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

var chatbotFacts = facts{
	edits: map[string]edit{
		"name":                bot(func(b *mockhub.Chatbot) { b.Name += " 2" }),
		"visibility":          bot(func(b *mockhub.Chatbot) { b.Visibility = other(b.Visibility, "public", "private") }),
		"rate_limit":          bot(func(b *mockhub.Chatbot) { b.RateLimitMessages++; b.RateLimitSeconds++ }),
		"rate_limit.messages": bot(func(b *mockhub.Chatbot) { b.RateLimitMessages++ }),
		"rate_limit.seconds":  bot(func(b *mockhub.Chatbot) { b.RateLimitSeconds++ }),
		"rate_limit_message":  bot(func(b *mockhub.Chatbot) { b.RateLimitMessage += " 2" }),
		"show_citations":      bot(func(b *mockhub.Chatbot) { b.ShowCitations = !b.ShowCitations }),
		"created_at":          bot(func(b *mockhub.Chatbot) { b.CreatedAt = past }),
		"modified_at":         bot(func(b *mockhub.Chatbot) { b.ModifiedAt = past }),
	},
	unchangeable: map[string]string{
		"widget_url":          "made of the address and the id",
		"embed_html":          "made of the address and the id",
		"iframe_html":         "made of the address and the id",
		"deletion_protection": "kept in Terraform's state only",
	},
	specials: map[string]special{
		"visibility":          one("private", "public", "hybrid"),
		"rate_limit.messages": whole(100),
		"rate_limit.seconds":  whole(360),
		"deletion_protection": func(*fixture, *rapid.T, tftypes.Type) tftypes.Value { return yes(false) }, // tested in chatbot.TestDeletionProtection
	},
	example: func(e example) map[string]tftypes.Value {
		return map[string]tftypes.Value{"name": str("Support"), "visibility": str("public"), "rate_limit_message": str("Slowly."), "show_citations": yes(true),
			"rate_limit": e.only("rate_limit", map[string]tftypes.Value{"messages": number("5"), "seconds": number("60")})}
	},
}

func bot(f func(*mockhub.Chatbot)) edit {
	return func(h *mockhub.Hub, id string) bool { return h.EditChatbot(id, f) }
}
