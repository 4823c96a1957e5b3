package subcommand

import "github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"

// Advice returns what the user can do about an error of a request, or "".
func (c Command) Advice(err error) string {
	a := base.Advisor{
		Key: "AICHATBOTHUB_API_KEY", BaseURL: "AICHATBOTHUB_BASE_URL", Again: "Try again",
		Gone: "An object that this request needs may have been deleted meanwhile. Try again.",
	}
	if c.baseURL != "" {
		a.BaseURL = baseURLOption
	}
	if c.limited {
		a.Fewer = "To send fewer requests, set -requests-per-minute, or a smaller number there."
	}
	return a.Advice(err)
}
