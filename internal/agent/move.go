package agent

import (
	"context"
	"fmt"
	"path"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// The types of the two resources, and the provider's type in its address.
const (
	agentTypeName        = "aichatbothub_agent"
	defaultAgentTypeName = "aichatbothub_default_agent"
	providerType         = "aichatbothub"
)

// MoveState implements resource.ResourceWithMoveState: a default agent can become an agent.
func (r *Resource) MoveState(context.Context) []resource.StateMover {
	source := schema.Schema{Attributes: (&DefaultResource{}).attributes()}
	return []resource.StateMover{{SourceSchema: &source, StateMover: func(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
		var from common
		if !move(ctx, defaultAgentTypeName, req, resp, &from, &from) {
			return
		}
		resp.Diagnostics.AddWarning("Destroying the moved agent will delete it",
			fmt.Sprintf("Agent %s moves from %s to %s. A destroy of %s deletes the agent instead of restoring its settings.", from.object(), defaultAgentTypeName, agentTypeName, agentTypeName))
		resp.Diagnostics.Append(resp.TargetState.Set(ctx, from.full())...)
	}}}
}

// MoveState implements resource.ResourceWithMoveState: an agent can become a default agent. Terraform does not configure the provider for a
// move, so the next Read checks when the agent was created, as after an import.
func (r *DefaultResource) MoveState(context.Context) []resource.StateMover {
	source := schema.Schema{Attributes: resourceAttributes()}
	return []resource.StateMover{{SourceSchema: &source, StateMover: func(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
		var from model
		if !move(ctx, agentTypeName, req, resp, &from, &from.common) {
			return
		}
		if from.Type.ValueString() != hub.UserFacing {
			resp.Diagnostics.AddError("Unable to move agent", fmt.Sprintf("Agent %s is of the type %s. %s. Remove the moved block, and keep the agent as %s.", from.object(), from.Type.ValueString(), rule, agentTypeName))
			return
		}
		resp.Diagnostics.Append(resp.TargetPrivate.SetKey(ctx, uncheckedKey, []byte("true"))...)
		resp.Diagnostics.Append(resp.TargetState.Set(ctx, from.common)...)
	}}}
}

// move reads the state of the resource that moves into from, of which ids has the ids. It sets the identity and the private state of the
// target. It reports whether the resource is one of the source type of this provider, and adds an error if its state cannot be used.
func move(ctx context.Context, sourceType string, req resource.MoveStateRequest, resp *resource.MoveStateResponse, from any, ids *common) bool {
	// Only the last part of the address is the same in all registries and mirrors.
	if req.SourceTypeName != sourceType || path.Base(req.SourceProviderAddress) != providerType {
		return false
	}
	if req.SourceSchemaVersion != 0 || req.SourceIdentitySchemaVersion != 0 || req.SourceState == nil {
		resp.Diagnostics.AddError("Unable to move agent", fmt.Sprintf("The state of %s was written by another version of the provider, which this version cannot read. "+
			"Use the version that wrote it or a later one, or remove the resource from the state with \"terraform state rm\" and import the agent.", sourceType))
		return false
	}
	if resp.Diagnostics.Append(req.SourceState.Get(ctx, from)...); resp.Diagnostics.HasError() {
		return false
	}
	if !ids.chatbot().Valid() || !ids.hubID().Valid() {
		resp.Diagnostics.AddError("Unable to move agent", fmt.Sprintf("The state of %s has no valid chatbot_id and id. Remove the resource from the state with \"terraform state rm\" and import the agent.", sourceType))
		return false
	}
	before, diags := req.SourcePrivate.GetKey(ctx, beforeKey) // kept by an agent that was a default agent before
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(resp.TargetPrivate.SetKey(ctx, beforeKey, before)...)
	resp.Diagnostics.Append(resp.TargetIdentity.Set(ctx, ids.identity())...)
	return !resp.Diagnostics.HasError()
}
