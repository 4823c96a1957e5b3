package chatbot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var (
	_ datasource.DataSourceWithConfigure        = &DataSource{}
	_ datasource.DataSourceWithConfigValidators = &DataSource{}
)

// NewDataSource makes the data source aichatbothub_chatbot.
func NewDataSource() datasource.DataSource { return &DataSource{} }

// DataSource is aichatbothub_chatbot: one chatbot, by id or by name.
type DataSource struct{ base.DataSource }

// Metadata implements datasource.DataSource.
func (d *DataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_chatbot"
}

// Schema implements datasource.DataSource.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := readAttributes()
	attributes["id"] = schema.StringAttribute{Optional: true, Computed: true, Validators: []validator.String{base.UUID()},
		MarkdownDescription: "The id of the chatbot: 32 lower-case hexadecimal digits. Exactly one of `id` and `name` is given."}
	attributes["name"] = schema.StringAttribute{Optional: true, Computed: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		MarkdownDescription: "The name of the chatbot, exactly as it is written there. Names need not be unique: when several chatbots have it, that is an error that lists their ids."}
	resp.Schema = schema.Schema{MarkdownDescription: "One chatbot of the account, found by its id or by its name.", Attributes: attributes}
}

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *DataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))}
}

// Read implements datasource.DataSource.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m model
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() || !d.Ready(&resp.Diagnostics) {
		return
	}
	bot, at, err := d.find(ctx, m)
	var none *notOne
	switch {
	case errors.As(err, &none):
		resp.Diagnostics.AddAttributeError(at, "Chatbot not found", none.Error())
		return
	case err != nil:
		base.Failure{Doing: "read", Noun: "chatbot"}.Report(&resp.Diagnostics, err)
		return
	}
	m.read(d.Hub, bot)
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}

// notOne says that there is no such chatbot, or more than one.
type notOne struct{ text string }

func (e *notOne) Error() string { return e.text }

// find gives the chatbot, or the attribute to blame.
func (d *DataSource) find(ctx context.Context, m model) (hub.Chatbot, path.Path, error) {
	if !m.ID.IsNull() {
		at := path.Root("id")
		bot, err := d.Hub.Chatbot(ctx, m.hubID())
		if err == nil {
			return bot, at, nil
		}
		if hub.IsGone(err) {
			err = &notOne{fmt.Sprintf("The account has no chatbot with the id %s. Check the id, and that the API key is of the account that the chatbot belongs to.", m.ID.ValueString())}
		}
		return bot, at, err
	}
	bot, err := d.byName(ctx, m.Name.ValueString())
	return bot, path.Root("name"), err
}

// byName gives the one chatbot of that name.
func (d *DataSource) byName(ctx context.Context, name string) (hub.Chatbot, error) {
	bots, err := d.Hub.Chatbots(ctx)
	if err != nil {
		return hub.Chatbot{}, err
	}
	found := slices.DeleteFunc(slices.Clone(bots), func(b hub.Chatbot) bool { return b.Name != name })
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return hub.Chatbot{}, &notOne{fmt.Sprintf("None of the account's %d chatbots has the name %q. Names are compared exactly, upper and lower case included.", len(bots), name)}
	}
	var ids []string
	for _, bot := range sorted(found) {
		ids = append(ids, fmt.Sprintf("  id = %q  # created %s", bot.ID, bot.CreatedAt))
	}
	return hub.Chatbot{}, &notOne{fmt.Sprintf("%d chatbots have the name %q. Use one of their ids instead of the name:\n\n%s", len(found), name, strings.Join(ids, "\n"))}
}

// readAttributes are the attributes of a chatbot that is only read.
func readAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":         base.ReadID("chatbot"),
		"name":       schema.StringAttribute{Computed: true, MarkdownDescription: nameText},
		"visibility": schema.StringAttribute{Computed: true, MarkdownDescription: visibilityText},
		"rate_limit": schema.SingleNestedAttribute{Computed: true, MarkdownDescription: rateLimitText, Attributes: map[string]schema.Attribute{
			"messages": schema.Int64Attribute{Computed: true, MarkdownDescription: messagesText},
			"seconds":  schema.Int64Attribute{Computed: true, MarkdownDescription: secondsText},
		}},
		"rate_limit_message": schema.StringAttribute{Computed: true, MarkdownDescription: limitMessageText},
		"show_citations":     schema.BoolAttribute{Computed: true, MarkdownDescription: citationsText},
		"widget_url":         schema.StringAttribute{Computed: true, MarkdownDescription: widgetText},
		"embed_html":         schema.StringAttribute{Computed: true, MarkdownDescription: embedText},
		"iframe_html":        schema.StringAttribute{Computed: true, MarkdownDescription: iframeText},
		"created_at":         base.ReadCreatedAt("chatbot"),
		"modified_at":        base.ReadModifiedAt("chatbot"),
	}
}
