package agent

import (
	"context"
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
	_ resource.ResourceWithMoveState      = &DefaultResource{}
	_ resource.ResourceWithValidateConfig = &DefaultResource{}
)

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
			"Destroying this resource does not delete the agent: it restores the settings that the agent had before it was taken over. After an import or a move these are not known, and a destroy leaves the agent as it is. " +
			"The agent is the one that is `user-facing`, was created within seconds of its chatbot, and uses all sources. An import, and a `moved` block from `aichatbothub_agent`, accept every agent that is `user-facing` and was created within seconds of its chatbot. Use one resource for each default agent: two resources for the same agent would undo each other's changes.",
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
	// It is unchecked here when it was moved and nothing is refreshed.
	if r.Hub != nil && !state.ID.IsNull() && unchecked(ctx, req.Private, &resp.Diagnostics) && !r.checkCandidate(ctx, state, &resp.Diagnostics) {
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
	defer r.Managed.Lock(plan.chatbot())()
	found, ok := r.takeOver(ctx, plan, &resp.Diagnostics)
	if !ok {
		return
	}
	have := listed(plan.ChatbotID, found)
	before := takenOver{AgentSettings: settingsOf(found), Unsure: found.ModifiedAt != found.CreatedAt}
	if some, _ := plan.configuredIn(ctx, found, &resp.Diagnostics); some { // within the second of its creation
		before.Unsure = true
	}
	before.save(ctx, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, have.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, have.common)...) // the agent is taken over even if the answer to the update is lost

	want := plan.full()
	want.ID = have.ID
	next, err := updateAgent(ctx, r.Hub, want, have, want, &resp.Diagnostics)
	if known, left := r.Managed.Take(found.ID); left {
		before.inherit(known, &resp.Diagnostics)
		before.save(ctx, resp.Private, &resp.Diagnostics)
	}
	if err != nil {
		f := have.failure("update")
		if !hub.IsAmbiguous(err) { // nothing was changed, so that the next apply can take the agent over again with its present settings
			r.Managed.Remove(found.ID)
			resp.State.RemoveResource(ctx)
		} else {
			f.Done = "The agent was taken over without all of its settings. It is in the state and tainted, so the next apply restores it and takes it over again. " +
				"To apply only the settings, run \"terraform untaint\" before the next apply."
		}
		f.Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, next.common)...)
}

// takeOver finds the chatbot's default agent and registers it, so that no other resource of this run takes it over, and none that is
// destroyed in this run restores its settings.
func (r *DefaultResource) takeOver(ctx context.Context, plan common, diags *diag.Diagnostics) (hub.Agent, bool) {
	failure := base.Failure{Doing: "find", Noun: "default agent", Object: "of chatbot " + plan.ChatbotID.ValueString()}
	bot, err := r.Hub.Chatbot(ctx, plan.chatbot())
	var agents []hub.Agent
	if err == nil {
		agents, err = r.Hub.AgentsIncludingDefault(ctx, bot)
	}
	if err == nil {
		err = r.Managed.Wait(ctx)
	}
	if hub.IsGone(err) {
		base.NoChatbot(diags, path.Root("chatbot_id"), plan.ChatbotID.ValueString())
		return hub.Agent{}, false
	}
	if err != nil {
		failure.Report(diags, err)
		return hub.Agent{}, false
	}
	finder := defaultFinder{managed: r.Managed.Contains, left: r.Managed.HasLeft, configured: func(a hub.Agent) bool {
		_, all := plan.configuredIn(ctx, a, diags)
		return all
	}}
	found, problem := finder.find(bot, agents)
	if problem != "" {
		diags.AddAttributeError(path.Root("chatbot_id"), "Unable to find default agent", problem)
		return hub.Agent{}, false
	}
	r.Managed.Add(found.ID)
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
		if unchecked(ctx, req.Private, &resp.Diagnostics) {
			if !r.checkCandidate(ctx, state, &resp.Diagnostics) {
				return
			}
			resp.Diagnostics.Append(resp.Private.SetKey(ctx, uncheckedKey, nil)...)
		}
		m := state.full()
		m.read(found)
		resp.Diagnostics.Append(base.SaveRead(ctx, &resp.State, state, m.common)...)
		m.failure("read").WarnUnreadable(ctx, resp.State, found.Unreadable, &resp.Diagnostics)
	}
}

// Update implements resource.Resource.
func (r *DefaultResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	defer base.Recover(&resp.Diagnostics)
	var config, plan, state common
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	defer r.Managed.Lock(state.chatbot())()
	r.Managed.Add(state.hubID()) // so that another resource for the agent, which is destroyed in this run, does not restore its settings
	have := state.full()
	if r.Managed.HasLeft(state.hubID()) { // or has restored them already
		found, err := r.Hub.Agent(ctx, state.chatbot(), state.hubID(), "")
		if err != nil {
			state.failure("read").Report(&resp.Diagnostics, err)
			return
		}
		have.read(found)
	}
	next, err := updateAgent(ctx, r.Hub, plan.full(), have, config.full(), &resp.Diagnostics)
	if err != nil {
		state.failure("update").Report(&resp.Diagnostics, err)
		return
	}
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, next.common)...)
}

// Delete implements resource.Resource. It does not delete the agent, but restores the settings from before it was taken over, unless another
// resource has taken it over in this run.
func (r *DefaultResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	defer base.Recover(&resp.Diagnostics)
	var state common
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	raw, diags := req.Private.GetKey(ctx, beforeKey)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() || !r.Ready(&resp.Diagnostics) {
		return
	}
	r.Managed.Leave(state.hubID(), raw)
	defer r.Managed.Lock(state.chatbot())()
	switch {
	case r.Managed.Contains(state.hubID()):
		if _, left := r.Managed.Take(state.hubID()); left && raw != nil {
			resp.Diagnostics.AddWarning("Earlier settings of the default agent are lost",
				fmt.Sprintf("Another aichatbothub_default_agent manages agent %s now, so the agent keeps its present settings. The settings from before Terraform managed the agent were stored with the resource that was destroyed. "+
					"When the other resource is destroyed, it restores the settings that the agent had when it took the agent over. To rename a resource without this loss, use a moved block.", state.object()))
		}
	case raw == nil:
		resp.Diagnostics.AddWarning("Default agent left as it is",
			fmt.Sprintf("The settings that agent %s had before this resource managed it are not known, because the resource was imported or moved, or because it is tainted and replaced. The agent keeps its present settings.", state.object()))
	default:
		r.restore(ctx, state, raw, &resp.Diagnostics)
	}
}

// ImportState implements resource.ResourceWithImportState. Read checks that the agent can be a default agent.
func (r *DefaultResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	defer base.Recover(&resp.Diagnostics)
	r.Import(ctx, req, resp, "chatbot_id", "id")
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, uncheckedKey, []byte("true"))...)
	}
}
