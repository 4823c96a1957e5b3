package agent

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
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
	_ datasource.DataSourceWithConfigure        = &DataSource{}
	_ datasource.DataSourceWithConfigValidators = &DataSource{}
)

// NewDataSource makes the data source aichatbothub_agent.
func NewDataSource() datasource.DataSource { return &DataSource{} }

// DataSource is aichatbothub_agent: one agent of a chatbot, by id or by name.
type DataSource struct{ base.DataSource }

// Metadata implements datasource.DataSource.
func (d *DataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_agent"
}

// Schema implements datasource.DataSource.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := readAttributes()
	attributes["chatbot_id"] = schema.StringAttribute{Required: true, Validators: []validator.String{base.IDForm{}}, MarkdownDescription: chatbotText}
	attributes["id"] = schema.StringAttribute{Optional: true, Computed: true, Validators: []validator.String{base.IDForm{}},
		MarkdownDescription: "The id of the agent: 32 lower-case hexadecimal digits. Exactly one of `id` and `name` is required."}
	attributes["name"] = schema.StringAttribute{Optional: true, Computed: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		MarkdownDescription: "The name of the agent, compared exactly. When several agents of the chatbot have this name, the error lists their ids."}
	resp.Schema = schema.Schema{MarkdownDescription: "Finds one agent of a chatbot by its id or its name, such as the default agent \"General Q&A\".", Attributes: attributes}
}

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *DataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))}
}

// Read implements datasource.DataSource.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	var config model
	if !d.ReadConfig(ctx, req.Config, &config, &resp.Diagnostics) {
		return
	}
	agents, ok := list(ctx, d.Hub, config.ChatbotID, &resp.Diagnostics)
	if !ok {
		return
	}
	found, ok := base.Lookup[hub.Agent]{
		Noun: "agent", Chatbot: config.ChatbotID,
		ID: config.ID, IDOf: func(a hub.Agent) hub.ID { return a.ID },
		Attribute: "name", Value: config.Name, ValueOf: func(a hub.Agent) string { return a.Name },
		Describe: func(a hub.Agent) string { return a.Type + ", created " + a.CreatedAt },
	}.FindOne(agents, &resp.Diagnostics)
	if ok {
		resp.Diagnostics.Append(resp.State.Set(ctx, listed(config.ChatbotID, found))...)
	}
}

// list returns the agents of a chatbot for a data source, oldest first. It returns false when it reports an error.
func list(ctx context.Context, c *hub.Client, chatbot types.String, diags *diag.Diagnostics) ([]hub.Agent, bool) {
	agents, err := c.Agents(ctx, hub.ID(chatbot.ValueString()))
	if err != nil {
		base.Failure{Doing: "list", Noun: "agents"}.ReportList(diags, hub.ID(chatbot.ValueString()), err)
		return nil, false
	}
	return hub.OldestFirst(agents), true
}

// listed is an agent in a data source.
func listed(chatbot types.String, a hub.Agent) model {
	m := model{common: common{ChatbotID: chatbot}}
	m.read(a)
	return m
}

// readAttributes returns the attributes of an agent as a data source computes them.
func readAttributes() map[string]schema.Attribute {
	other := map[string]string{"chatbot_id": chatbotText, "type": typeText, "prompt_sha256": hashText}
	attributes := base.ComputedAttributes(resourceAttributes(), func(path string) string {
		if slices.ContainsFunc(fields, func(f field) bool { return f.attribute == path }) {
			return describe(path)
		}
		return other[path] + nestedText[path]
	})
	attributes["id"], attributes["created_at"], attributes["modified_at"] = base.ReadID("agent"), base.ReadCreatedAt("agent"), base.ReadModifiedAt("agent")
	return attributes
}
