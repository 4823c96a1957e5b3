package subcommand

import (
	"errors"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Advice returns a sentence about what the user can do about an error of a request, or "".
func Advice(err error) string {
	var answer *hub.AnswerError
	var transport *hub.TransportError
	switch {
	case hub.IsUnauthorized(err):
		return "The service refused the API key. AICHATBOTHUB_API_KEY must be a key of this deployment. Keys are created in the account settings of the web app."
	case hub.IsBlocked(err):
		return "The service itself did not answer. Check AICHATBOTHUB_BASE_URL. Have the address of this machine allowed in the bot protection or firewall. " +
			"If this machine needs a proxy, set HTTPS_PROXY; if it does not, add the host of AICHATBOTHUB_BASE_URL to NO_PROXY."
	case hub.IsThrottled(err):
		return "The service limits the number of requests. Try again later."
	case errors.As(err, &answer) && answer.HTML:
		return "Check AICHATBOTHUB_BASE_URL: it must be the address of an AI Chatbot Hub (or GPT-trainer) deployment, such as " + hub.DefaultBaseURL + "."
	case errors.As(err, &transport):
		return "Check the network and AICHATBOTHUB_BASE_URL."
	}
	return ""
}
