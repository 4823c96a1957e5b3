package agent

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

var _ datasource.DataSourceWithConfigure = &ModelsDataSource{}

// NewModelsDataSource makes the data source aichatbothub_models.
func NewModelsDataSource() datasource.DataSource { return &ModelsDataSource{} }

// ModelsDataSource is aichatbothub_models: the language models that agents can use.
type ModelsDataSource struct{ base.DataSource }

type modelsModel struct {
	Models []modelModel `tfsdk:"models"`
}

type modelModel struct {
	Name    types.String  `tfsdk:"name"`
	Credits types.Float64 `tfsdk:"credits_per_message"`
}

// Metadata implements datasource.DataSource.
func (d *ModelsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_models"
}

// Schema implements datasource.DataSource.
func (d *ModelsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the language models that agents can use at present, and what an answer costs with each.",
		Attributes: map[string]schema.Attribute{
			"models": schema.ListNestedAttribute{Computed: true, MarkdownDescription: "The models by name.", NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"name":                schema.StringAttribute{Computed: true, MarkdownDescription: "The name, as `model` of an agent takes it."},
				"credits_per_message": schema.Float64Attribute{Computed: true, MarkdownDescription: "The message credits that an answer costs. It is null where the service does not say."},
			}}},
		},
	}
}

// Read implements datasource.DataSource.
func (d *ModelsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer base.Recover(&resp.Diagnostics)
	if !d.Ready(&resp.Diagnostics) {
		return
	}
	models, err := d.Hub.ModelCosts(ctx)
	if err != nil {
		base.Failure{Doing: "list", Noun: "models",
			Next: "Not every deployment offers the lists of models and their costs. If yours does not, remove this data source and configure the name of the model as the web app shows it."}.Report(&resp.Diagnostics, err)
		return
	}
	state := modelsModel{Models: []modelModel{}}
	for _, m := range models {
		state.Models = append(state.Models, modelModel{types.StringValue(m.Name), types.Float64PointerValue(m.Credits)})
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
