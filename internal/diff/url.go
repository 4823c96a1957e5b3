package diff

import (
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// hidden stands for what a report does not show.
const hidden = "(hidden)"

// shownURLs returns two different URLs of tool functions without what looks like a secret. If only that differs, the second one says so.
func shownURLs(a, b any) (any, any) {
	x, y := shownURL(a), shownURL(b)
	if x == y {
		y += ", which differs in what is hidden"
	}
	return x, y
}

// shownURL returns a URL without what looks like a secret in it.
func shownURL(v any) string {
	text, _ := v.(string)
	return hub.MaskURL(text, hidden)
}
