package session

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var (
	_ datasource.DataSourceWithConfigure      = &ListDataSource{}
	_ datasource.DataSourceWithValidateConfig = &ListDataSource{}
)

// NewListDataSource makes the data source aichatbothub_sessions.
func NewListDataSource() datasource.DataSource { return &ListDataSource{} }

// ListDataSource is aichatbothub_sessions: the sessions of a chatbot.
type ListDataSource struct{ base.DataSource }

type listModel struct {
	ChatbotID     types.String `tfsdk:"chatbot_id"`
	CreatedAfter  types.String `tfsdk:"created_after"`
	CreatedBefore types.String `tfsdk:"created_before"`
	Sessions      []dataModel  `tfsdk:"sessions"`
}

// Descriptions of the filters, shared by the data source and the list resource.
const (
	afterText  = "Returns only sessions created at this time or later. The format is RFC 3339, in any time zone, such as `2025-07-16T07:00:00Z` or `2025-07-16T09:00:00+02:00`."
	beforeText = "Returns only sessions created at this time or earlier, in the format of `created_after`."
)

// Metadata implements datasource.DataSource.
func (d *ListDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sessions"
}

// Schema implements datasource.DataSource.
func (d *ListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	bound := func(text string) schema.StringAttribute {
		return schema.StringAttribute{Optional: true, Validators: []validator.String{base.Timestamp()}, MarkdownDescription: text}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the conversations of a chatbot, or those that began in a time range. The state then contains personal data of visitors.",
		Attributes: map[string]schema.Attribute{
			"chatbot_id":     schema.StringAttribute{Required: true, Validators: []validator.String{base.IDForm{}}, MarkdownDescription: "The id of the chatbot."},
			"created_after":  bound(afterText),
			"created_before": bound(beforeText),
			"sessions": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The sessions, oldest first; sessions of the same second are ordered by id.",
				NestedObject:        schema.NestedAttributeObject{Attributes: readAttributes()},
			},
		},
	}
}

// ValidateConfig implements datasource.DataSourceWithValidateConfig.
func (d *ListDataSource) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	defer base.Recover(&resp.Diagnostics)
	var config listModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	validateTimeRange(config.CreatedAfter, config.CreatedBefore, &resp.Diagnostics)
}

// validateTimeRange reports a time range that contains no time.
func validateTimeRange(createdAfter, createdBefore types.String, diags *diag.Diagnostics) {
	if after, before := parseTime(createdAfter), parseTime(createdBefore); !before.IsZero() && after.After(before) {
		diags.AddAttributeError(path.Root("created_after"), "Invalid time range",
			fmt.Sprintf("created_after (%s) is later than created_before (%s), so no session can match. Swap the two values, or remove one. Times in different time zones are compared as points in time.",
				createdAfter.ValueString(), createdBefore.ValueString()))
	}
}

// Read implements datasource.DataSource.
func (d *ListDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var m listModel
	if !d.ReadConfig(ctx, req.Config, &m, &resp.Diagnostics) {
		return
	}
	found, err := d.Hub.Sessions(ctx, hub.ID(m.ChatbotID.ValueString()), parseTime(m.CreatedAfter), parseTime(m.CreatedBefore))
	if err != nil {
		base.Failure{Doing: "list", Noun: "sessions"}.ReportList(&resp.Diagnostics, hub.ID(m.ChatbotID.ValueString()), err)
		return
	}
	m.Sessions = []dataModel{}
	for _, s := range hub.OldestFirst(found) {
		m.Sessions = append(m.Sessions, newModel(s))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}

// parseTime returns a time of the configuration. It returns the zero time for null, unknown and invalid values; the type of the attribute
// reports the latter.
func parseTime(v types.String) time.Time {
	t, _ := time.Parse(time.RFC3339, v.ValueString())
	return t
}
