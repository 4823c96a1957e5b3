package session

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var (
	_ ephemeral.EphemeralResourceWithConfigure = &Ephemeral{}
	_ ephemeral.EphemeralResourceWithClose     = &Ephemeral{}
)

// Ephemeral is aichatbothub_session as an ephemeral resource: a session that lasts for one run.
type Ephemeral struct {
	base.Ephemeral
	opened *Opened
}

type ephemeralModel struct {
	ID               types.String `tfsdk:"id"`
	ChatbotID        types.String `tfsdk:"chatbot_id"`
	InitialVariables types.Map    `tfsdk:"initial_variables"`
	CreatedAt        types.String `tfsdk:"created_at"`
}

// leaseKey is where Open leaves the lease for Close.
const leaseKey = "lease"

// lease says which session to delete.
type lease struct {
	Chatbot hub.ID `json:"chatbot"`
	ID      hub.ID `json:"id"`
}

// Metadata implements ephemeral.EphemeralResource.
func (e *Ephemeral) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_session"
}

// Schema implements ephemeral.EphemeralResource.
func (e *Ephemeral) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A session that lasts for one run: it is opened when something needs it, deleted with its messages when Terraform is done, also when the run fails, and stands in no plan and no state. " +
			"Its id can go where Terraform takes ephemeral values, such as a provisioner, a provider block or a write-only argument.\n\n" +
			"Terraform opens it in each plan in which `chatbot_id` is known, and again in the apply: these are different sessions. Needs Terraform 1.10 or OpenTofu 1.11.",
		Attributes: map[string]schema.Attribute{
			"chatbot_id": schema.StringAttribute{Required: true, Validators: []validator.String{base.UUID()}, MarkdownDescription: chatbotText},
			"initial_variables": schema.MapAttribute{Optional: true, ElementType: types.StringType, Validators: []validator.Map{mapvalidator.NoNullValues()},
				MarkdownDescription: variablesText},
			"id":         schema.StringAttribute{Computed: true, MarkdownDescription: base.ReadID("session").MarkdownDescription},
			"created_at": schema.StringAttribute{Computed: true, MarkdownDescription: base.ReadCreatedAt("session").MarkdownDescription},
		},
	}
}

// Open implements ephemeral.EphemeralResource. What Close needs is kept first: without it the session would stay.
func (e *Ephemeral) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	defer base.Recover(&resp.Diagnostics)
	var m ephemeralModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() || !e.Ready(&resp.Diagnostics) {
		return
	}
	session := resourceModel{ChatbotID: m.ChatbotID, model: model{InitialVariables: m.InitialVariables}}
	made, ok := session.open(ctx, e.Hub, &resp.Diagnostics)
	if !ok {
		return
	}
	l := lease{session.chatbot(), made.ID}
	e.opened.sessions.Store(l, e.Hub)
	private, _ := json.Marshal(l) // two strings are always JSON
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, leaseKey, private)...)
	m.ID, m.CreatedAt = types.StringValue(string(made.ID)), base.NonEmptyOrPrior(made.CreatedAt, types.StringNull())
	resp.Diagnostics.Append(resp.Result.Set(ctx, m)...)
}

// Close implements ephemeral.EphemeralResourceWithClose. A session that is gone already is closed.
func (e *Ephemeral) Close(ctx context.Context, req ephemeral.CloseRequest, resp *ephemeral.CloseResponse) {
	defer base.Recover(&resp.Diagnostics)
	private, diags := req.Private.GetKey(ctx, leaseKey)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() || !e.Ready(&resp.Diagnostics) {
		return
	}
	var l lease
	err := json.Unmarshal(private, &l)
	if err == nil {
		err = e.Hub.DeleteSession(ctx, l.Chatbot, l.ID)
	}
	e.opened.sessions.Delete(l) // tried once, and the user knows
	if err != nil {
		base.Failure{Doing: "delete", Noun: "session", Object: string(l.ID) + " of chatbot " + string(l.Chatbot),
			Next: "The session was opened for this run only and is still there, with its messages. Delete it in the web app, or import it and destroy the resource:\n\n" +
				base.ImportBlock("aichatbothub_session", string(l.Chatbot), string(l.ID))}.Report(&resp.Diagnostics, err)
	}
}
