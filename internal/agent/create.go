package agent

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// create creates an agent. If the chatbot had its only agent of the type and this run has deleted that one meanwhile, it creates the agent
// again: when the address of a resource changes, Terraform deletes the old agent and creates the new one at the same time.
func (r *Resource) create(ctx context.Context, plan model, in hub.AgentSettings) (made hub.Agent, err error) {
	send := func() error {
		return r.Managed.Create(func() (id hub.ID, err error) {
			made, err = r.Hub.CreateAgent(ctx, plan.chatbot(), in)
			return made.ID, err
		})
	}
	if err = send(); err == nil {
		return made, nil
	}
	existing, ok := r.singleton(ctx, plan, err)
	switch {
	case !ok:
		return made, err
	case existing.ID == "":
		ok = r.Hub.HasAgentDeletes(plan.chatbot())
	default:
		ok = !r.Managed.WaitContains(ctx, existing.ID) && r.Hub.AwaitAgentDelete(ctx, plan.chatbot(), existing.ID)
	}
	if ok {
		err = send()
	}
	return made, err
}

// singleton returns the agent that can be the reason why a create failed, because a chatbot can have one of the type. Its id is empty if the
// chatbot has none. It returns false if the reason is another one.
func (r *Resource) singleton(ctx context.Context, plan model, err error) (existing hub.Agent, ok bool) {
	if e := hub.AsError(err); e == nil || e.Status >= 500 || e.HTML || !slices.Contains(hub.SingletonAgentTypes, plan.Type.ValueString()) {
		return existing, false
	}
	agents, listErr := r.Hub.Agents(ctx, plan.chatbot())
	if i := slices.IndexFunc(agents, func(a hub.Agent) bool { return a.Type == plan.Type.ValueString() }); i >= 0 {
		existing = agents[i]
	}
	return existing, listErr == nil
}

// createFailed reports a failed create. If the chatbot already has its only agent of the type, the error says what to do about it. Whether
// this run is going to delete that agent cannot be known, so an import comes last.
func (r *Resource) createFailed(ctx context.Context, plan model, err error, diags *diag.Diagnostics) {
	f := plan.failure("create")
	if existing, ok := r.singleton(ctx, plan, err); ok && existing.ID != "" {
		f.Attribute = nil // the other agent is the reason, whichever field the service names
		f.Next = fmt.Sprintf("A chatbot has at most one agent of the type %s, and this one already has %q. ", plan.Type.ValueString(), existing.Name)
		const again = "Apply again first. If this run deletes that agent, because the name of its resource changed, the next apply creates the new one. "
		switch {
		case r.Managed.Contains(existing.ID):
			f.Next += "Another resource of this configuration created it in this run. Remove one of the two resources."
		case r.Hub.HasAgentDeletes(plan.chatbot()):
			f.Next += again + "If the same error comes back, look in the web app where the existing agent comes from."
		default:
			f.Next += again + "If the same error comes back, import that agent to manage it. NAME is the name of this resource:\n\n" +
				base.ImportBlock("aichatbothub_agent", plan.ChatbotID.ValueString(), string(existing.ID))
		}
	}
	f.Report(diags, err)
}
