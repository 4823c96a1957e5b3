package session

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var _ datasource.DataSourceWithConfigure = &DataSource{}

// NewDataSource makes the data source aichatbothub_session.
func NewDataSource() datasource.DataSource { return &DataSource{} }

// DataSource is aichatbothub_session: one session, by id.
type DataSource struct{ base.DataSource }

// leftOutText says what of an answer never enters a state.
const leftOutText = "What the service knows of the visitor besides, such as the IP address and who is signed in, is personal data and is left out, so that it gets into no state."

// Metadata implements datasource.DataSource.
func (d *DataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_session"
}

// Schema implements datasource.DataSource.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := readAttributes()
	attributes["id"] = schema.StringAttribute{Required: true, Validators: []validator.String{base.UUID()},
		MarkdownDescription: "The id of the session: 32 lower-case hexadecimal digits."}
	resp.Schema = schema.Schema{MarkdownDescription: "One session, found by its id. " + leftOutText, Attributes: attributes}
}

// Read implements datasource.DataSource.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || !d.Ready(&resp.Diagnostics) {
		return
	}
	found, err := d.Hub.Session(ctx, "", config.hubID())
	switch {
	case hub.IsGone(err):
		resp.Diagnostics.AddAttributeError(path.Root("id"), "Session not found", fmt.Sprintf("The account has no session with the id %s. It may have been deleted. Check the id, and that the API key is of the account that the chatbot belongs to.", config.ID.ValueString()))
	case err != nil:
		base.Failure{Doing: "read", Noun: "session", Object: config.ID.ValueString()}.Report(&resp.Diagnostics, err)
	default:
		resp.Diagnostics.Append(resp.State.Set(ctx, listed(found))...)
	}
}

// listed is a session as a data source gives it.
func listed(s hub.Session) model {
	m := model{InitialVariables: shown(s)}
	m.read(s)
	return m
}

// readAttributes are the attributes of a session that is only read.
func readAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id": base.ReadID("session"),
		"initial_variables": schema.MapAttribute{Computed: true, ElementType: types.StringType,
			MarkdownDescription: variablesText + " Numbers and booleans are written as text. It is null where the deployment does not show them."},
		"created_at":  base.ReadCreatedAt("session"),
		"modified_at": schema.StringAttribute{Computed: true, MarkdownDescription: modifiedText},
	}
}
