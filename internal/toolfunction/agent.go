package toolfunction

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// maxSearch is the number of chatbots in which an agent is searched for.
const maxSearch = 50

// checkAgent reports an agent that is not in the configured chatbot, and returns false then. The service does not check this: it would
// create the tool function, and a refresh would not find it in the chatbot.
func (r *Resource) checkAgent(ctx context.Context, plan *resourceModel, diags *diag.Diagnostics) bool {
	if r.Hub.HasSeenAgent(plan.chatbot(), plan.agent()) {
		return true
	}
	_, err := r.Hub.Agent(ctx, plan.chatbot(), plan.agent(), "")
	if err == nil {
		return true
	}
	if !hub.IsGone(err) {
		base.Failure{Doing: "create", Noun: "tool function", Object: plan.object(), Next: "The agents of the chatbot could not be listed, so no tool function was created. Apply again later."}.Report(diags, err)
		return false
	}
	what := fmt.Sprintf("Chatbot %s has no agent with the id %s, so no tool function was created. ", plan.chatbot(), plan.agent())
	if chatbot, ok := r.Hub.ChatbotOfAgent(ctx, plan.agent(), maxSearch); ok {
		what += fmt.Sprintf("The agent belongs to chatbot %q: set chatbot_id = %q.", chatbot.Name, chatbot.ID)
	} else {
		what += "The agent may have been deleted. Check both ids, and that the API key belongs to the account of the agent."
	}
	diags.AddAttributeError(path.Root("agent_id"), "Not an agent of the chatbot", what)
	return false
}
