package toolfunction

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// maxSearch is in how many chatbots a lost agent is looked for.
const maxSearch = 50

// inChatbot makes sure that the agent is in the chatbot, and says whether it is. The service does not look: it would make the tool
// function, and a refresh would not find it in the chatbot that the configuration names.
func (r *Resource) inChatbot(ctx context.Context, plan *resourceModel, diags *diag.Diagnostics) bool {
	if r.Hub.SawAgent(plan.chatbot(), plan.agent()) {
		return true
	}
	_, err := r.Hub.Agent(ctx, plan.chatbot(), plan.agent())
	if err == nil {
		return true
	}
	if !hub.IsGone(err) {
		base.Failure{Doing: "create", Noun: "tool function", Object: plan.object(), Next: "The agents of the chatbot could not be listed, so nothing was created."}.Report(diags, err)
		return false
	}
	what := fmt.Sprintf("%s is not an agent of chatbot %s, so nothing was created. ", plan.agent(), plan.chatbot())
	if home, ok := r.Hub.AgentHome(ctx, plan.agent(), maxSearch); ok {
		what += fmt.Sprintf("It is an agent of chatbot %q: set chatbot_id = %q.", home.Name, home.ID)
	} else {
		what += "Check both ids, and that the API key is of the account that they belong to."
	}
	diags.AddAttributeError(path.Root("agent_id"), "Not an agent of the chatbot", what)
	return false
}
