package session

import (
	"context"
	"encoding/json"

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

// Ephemeral is the ephemeral resource aichatbothub_session: a session that exists during one run.
type Ephemeral struct {
	base.Ephemeral
	open *OpenSessions
}

type ephemeralModel struct {
	ID               types.String `tfsdk:"id"`
	ChatbotID        types.String `tfsdk:"chatbot_id"`
	InitialVariables types.Map    `tfsdk:"initial_variables"`
	CreatedAt        types.String `tfsdk:"created_at"`
}

// sessionKey is the key in private data of the sessionRef that Open stores for Close.
const sessionKey = "session"

// sessionRef identifies the session that Close deletes.
type sessionRef struct {
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
		MarkdownDescription: "One conversation with a chatbot that exists during a single run. It is opened when something needs it, and deleted with its messages at the end. It is in no plan and in no state.",
		Attributes: map[string]schema.Attribute{
			"chatbot_id": schema.StringAttribute{Required: true, Validators: []validator.String{base.IDForm{}}, MarkdownDescription: chatbotText},
			"initial_variables": schema.MapAttribute{Optional: true, ElementType: types.StringType, Validators: []validator.Map{base.NoNulls{}},
				MarkdownDescription: variablesText},
			"id":         schema.StringAttribute{Computed: true, MarkdownDescription: base.ReadID("session").MarkdownDescription},
			"created_at": schema.StringAttribute{Computed: true, MarkdownDescription: base.ReadCreatedAt("session").MarkdownDescription},
		},
	}
}

// Open implements ephemeral.EphemeralResource. It stores what Close needs before anything else can fail.
func (e *Ephemeral) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	defer base.Recover(&resp.Diagnostics)
	var m ephemeralModel
	if !e.ReadConfig(ctx, req.Config, &m, &resp.Diagnostics) {
		return
	}
	session := resourceModel{ChatbotID: m.ChatbotID, model: model{InitialVariables: m.InitialVariables}}
	created, ok := session.create(ctx, e.Hub, &resp.Diagnostics)
	if !ok {
		return
	}
	ref := sessionRef{session.chatbot(), created.ID}
	e.open.sessions.Store(ref, e.Hub)
	private, _ := json.Marshal(ref) // two strings are always valid
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, sessionKey, private)...)
	m.ID, m.CreatedAt = types.StringValue(string(created.ID)), base.NonEmptyOrPrior(created.CreatedAt, types.StringNull())
	resp.Diagnostics.Append(resp.Result.Set(ctx, m)...)
}

// Close implements ephemeral.EphemeralResourceWithClose. A session that no longer exists counts as closed.
func (e *Ephemeral) Close(ctx context.Context, req ephemeral.CloseRequest, resp *ephemeral.CloseResponse) {
	defer base.Recover(&resp.Diagnostics)
	private, diags := req.Private.GetKey(ctx, sessionKey)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() || !e.Ready(&resp.Diagnostics) {
		return
	}
	var ref sessionRef
	err := json.Unmarshal(private, &ref)
	if err == nil {
		err = e.Hub.DeleteSession(ctx, ref.Chatbot, ref.ID)
	}
	e.open.sessions.Delete(ref) // a failure is reported below and not tried again
	if err != nil {
		base.Failure{Doing: "delete", Noun: "session", Object: string(ref.ID) + " of chatbot " + string(ref.Chatbot),
			Next: "The session was created for this run only, and the provider does not try to delete it again.",
			Done: "The session still exists, with its messages. Delete it in the web app. Or import it and destroy the resource. NAME is a name of your choice:\n\n" +
				base.ImportBlock("aichatbothub_session", string(ref.Chatbot), string(ref.ID))}.Report(&resp.Diagnostics, err)
	}
}
