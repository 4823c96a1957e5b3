package agent

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var (
	_ resource.ResourceWithConfigure      = &DefaultResource{}
	_ resource.ResourceWithIdentity       = &DefaultResource{}
	_ resource.ResourceWithImportState    = &DefaultResource{}
	_ resource.ResourceWithModifyPlan     = &DefaultResource{}
	_ resource.ResourceWithValidateConfig = &DefaultResource{}
)

// beforeKey is the key of the private state for the settings that the agent had before it was taken over.
const beforeKey = "before"

// NewDefaultResource makes the resource aichatbothub_default_agent.
func NewDefaultResource() resource.Resource { return &DefaultResource{} }

// DefaultResource is aichatbothub_default_agent: the agent that the service creates with every chatbot. The resource takes it over.
type DefaultResource struct{ base.Resource }

// Metadata implements resource.Resource.
func (r *DefaultResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_default_agent"
}

// Schema implements resource.Resource.
func (r *DefaultResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The agent \"General Q&A\" that the service creates with every chatbot. This resource takes the agent over instead of creating one. It is a `user-facing` agent that uses all sources.\n\n" +
			"Destroying this resource does not delete the agent: it restores the settings that the agent had before it was taken over. After an import these are not known, and a destroy leaves the agent as it is. " +
			"The agent is the one that is `user-facing`, was created within seconds of its chatbot, and uses all sources. Use one resource for each default agent: two resources for the same agent would undo each other's changes.",
		Attributes: r.attributes(),
	}
}

func (r *DefaultResource) attributes() map[string]schema.Attribute {
	attributes := commonAttributes()
	attributes["name"] = schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: describe("name") + left,
		Validators: []validator.String{stringvalidator.LengthAtLeast(1)}, PlanModifiers: []planmodifier.String{base.KeepPriorWriting{}, stringplanmodifier.UseStateForUnknown()}}
	return attributes
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *DefaultResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identitySchema()
}

// ValidateConfig implements resource.ResourceWithValidateConfig.
func (r *DefaultResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	defer base.Recover(&resp.Diagnostics)
	var config common
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !resp.Diagnostics.HasError() {
		m := config.full()
		m.validate(&resp.Diagnostics)
	}
}

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (r *DefaultResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer base.Recover(&resp.Diagnostics)
	r.PlanParents(req, resp, "chatbot_id") // no plan deletes the agent itself
	if req.Plan.Raw.IsNull() {
		return
	}
	var config, plan, state common
	resp.Diagnostics.Append(base.Load(ctx, req.Config, &config)...)
	resp.Diagnostics.Append(base.Load(ctx, req.Plan, &plan)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(base.Load(ctx, req.State, &state)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	fullConfig, fullPlan, fullState := config.full(), plan.full(), state.full()
	modifyPlan(ctx, r.Resource, &fullConfig, &fullPlan, &fullState, &resp.Diagnostics)
	resp.Diagnostics.Append(base.SavePlan(ctx, &resp.Plan, fullPlan.common)...)
}

// Create implements resource.Resource. It finds the agent, stores its settings, and applies the configured ones.
func (r *DefaultResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan common
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	found, ok := r.takeOver(ctx, plan, &resp.Diagnostics)
	if !ok {
		return
	}
	before, err := json.Marshal(settingsOf(found))
	if err != nil {
		resp.Diagnostics.AddError("Unable to store the agent's settings", err.Error())
		return
	}
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, beforeKey, before)...)
	have := listed(plan.ChatbotID, found)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, have.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, have.common)...) // the agent is taken over even if the update fails

	want := plan.full()
	want.ID = have.ID
	next, err := updateAgent(ctx, r.Hub, want, have, &resp.Diagnostics)
	if err != nil {
		have.failure("update").Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, next.common)...)
}

// takeOver finds the chatbot's default agent and registers it, so that no other resource of this run takes it over.
func (r *DefaultResource) takeOver(ctx context.Context, plan common, diags *diag.Diagnostics) (hub.Agent, bool) {
	failure := base.Failure{Doing: "find", Noun: "default agent", Object: "of chatbot " + plan.ChatbotID.ValueString()}
	bot, err := r.Hub.Chatbot(ctx, plan.chatbot())
	if err != nil {
		failure.Report(diags, err)
		return hub.Agent{}, false
	}
	agents, err := r.Hub.AgentsIncludingDefault(ctx, bot)
	if err == nil {
		err = r.Managed.Wait(ctx)
	}
	if err != nil {
		failure.Report(diags, err)
		return hub.Agent{}, false
	}
	found, problem := findDefault(bot, agents, r.Managed.Contains)
	if problem == "" && !r.Managed.Add(found.ID) { // another resource took it over concurrently
		_, problem = findDefault(bot, agents, r.Managed.Contains)
	}
	if problem != "" {
		diags.AddAttributeError(path.Root("chatbot_id"), "Unable to find default agent", problem)
		return hub.Agent{}, false
	}
	return found, true
}

// Read implements resource.Resource.
func (r *DefaultResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state common
	resp.Diagnostics.Append(base.Load(ctx, req.State, &state)...)
	resp.Diagnostics.Append(base.SaveIdentity(ctx, resp.Identity, state.identity())...)
	if resp.Diagnostics.HasError() || r.Hub == nil {
		return
	}
	found, err := r.Hub.Agent(ctx, state.chatbot(), state.hubID(), state.ModifiedAt.ValueString())
	switch {
	case hub.IsGone(err):
		r.Gone(ctx, req, resp, "default agent", "chatbot")
	case err != nil:
		state.failure("read").Report(&resp.Diagnostics, err)
	default:
		m := state.full()
		m.read(found)
		resp.Diagnostics.Append(base.SaveRead(ctx, &resp.State, state, m.common)...)
	}
}

// Update implements resource.Resource.
func (r *DefaultResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var plan, state common
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	next, err := updateAgent(ctx, r.Hub, plan.full(), state.full(), &resp.Diagnostics)
	if err != nil {
		state.failure("update").Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, next.common)...)
}

// Delete implements resource.Resource. It does not delete the agent, but restores the settings from before it was taken over.
func (r *DefaultResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state common
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	raw, diags := req.Private.GetKey(ctx, beforeKey)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	defer r.Managed.Remove(state.hubID())
	if raw == nil {
		resp.Diagnostics.AddWarning("Default agent left as it is",
			fmt.Sprintf("Agent %s was imported, so the settings that it had before Terraform managed it are not known. Terraform no longer manages it, and it keeps its present settings.", state.object()))
		return
	}
	var before hub.AgentSettings
	if err := json.Unmarshal(raw, &before); err != nil {
		resp.Diagnostics.AddError("Unable to read the stored settings of the default agent", err.Error())
		return
	}
	if err := r.restore(ctx, state, before); err != nil && !hub.IsGone(err) {
		state.failure("restore").Report(&resp.Diagnostics, err)
	}
}

// ImportState implements resource.ResourceWithImportState.
func (r *DefaultResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	defer base.Recover(&resp.Diagnostics)
	r.Import(ctx, req, resp, "chatbot_id", "id")
}
