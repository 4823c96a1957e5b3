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

// Metadata implements datasource.DataSource.
func (d *DataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_session"
}

// Schema implements datasource.DataSource.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := readAttributes()
	attributes["id"] = schema.StringAttribute{Required: true, Validators: []validator.String{base.IDForm{}},
		MarkdownDescription: "The id of the session: 32 lower-case hexadecimal digits."}
	resp.Schema = schema.Schema{MarkdownDescription: "Reads one conversation by its id: when it began, its variables and its visitor. The state then contains personal data.", Attributes: attributes}
}

// Read implements datasource.DataSource.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var config dataModel
	if !d.ReadConfig(ctx, req.Config, &config, &resp.Diagnostics) {
		return
	}
	found, err := d.Hub.Session(ctx, "", config.hubID())
	switch {
	case hub.IsGone(err):
		resp.Diagnostics.AddAttributeError(path.Root("id"), "Session not found", fmt.Sprintf("The account has no session with the id %s. It may have been deleted. %s", config.ID.ValueString(), base.CheckID("session")))
	case err != nil:
		base.Failure{Doing: "read", Noun: "session", Object: config.ID.ValueString()}.Report(&resp.Diagnostics, err)
	default:
		resp.Diagnostics.Append(resp.State.Set(ctx, newModel(found))...)
	}
}

// newModel returns the model of a session for a data source.
func newModel(s hub.Session) dataModel {
	m := dataModel{model: model{InitialVariables: variablesValue(s)}, IPAddress: textOrNull(string(s.IPAddress)), UserJSON: textOrNull(s.User())}
	m.read(s)
	return m
}

// textOrNull returns null for an empty text.
func textOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// readAttributes returns the attributes of a session in a data source.
func readAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id": base.ReadID("session"),
		"initial_variables": schema.MapAttribute{Computed: true, ElementType: types.StringType,
			MarkdownDescription: variablesText + " Numbers and booleans are converted to strings. Null when the deployment does not return variables."},
		// Sensitive, because they are personal data, which should not be in the output of plans and in logs.
		"ip_address": schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: "The IP address of the visitor. Null when the deployment does not return it."},
		"user_json": schema.StringAttribute{Computed: true, Sensitive: true,
			MarkdownDescription: "The signed-in visitor, as the web page has identified them, as JSON: read it with `jsondecode`. Null when the visitor is not signed in or the deployment does not return it."},
		"created_at":  base.ReadCreatedAt("session"),
		"modified_at": schema.StringAttribute{Computed: true, MarkdownDescription: modifiedText},
	}
}
