package sourcetag

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// Descriptions of the attributes, shared by the resource and the data sources.
const (
	chatbotText = "The id of the chatbot of the tag."
	nameText    = "The text of the label, such as `Policies`."
	colorText   = "The color of the label: `#` and six hexadecimal digits, such as `#0071F9`."
	sourcesText = "The ids of the sources that have the tag."
)

// Schema implements resource.Resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A colored label that groups sources of a chatbot in the web app.",
		Attributes: map[string]schema.Attribute{
			"id":         base.ID("source tag"),
			"chatbot_id": base.ParentID(chatbotText + " A change replaces the tag."),
			"name": schema.StringAttribute{
				Required: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}, PlanModifiers: []planmodifier.String{base.KeepPriorWriting{}},
				MarkdownDescription: nameText,
			},
			"color": schema.StringAttribute{
				Required: true, Validators: []validator.String{base.Color()}, PlanModifiers: []planmodifier.String{base.KeepEqualColor()},
				MarkdownDescription: colorText + " Case is ignored.",
			},
			"source_ids": schema.SetAttribute{
				Optional: true, Computed: true, ElementType: types.StringType,
				Validators: []validator.Set{base.NoNulls{}, base.IDForm{}}, PlanModifiers: []planmodifier.Set{base.IDForm{}},
				MarkdownDescription: sourcesText + " When omitted, they are not managed: the tag keeps the sources that it gets in the web app. " +
					"When set, the tag is on exactly these sources; `[]` removes it from all sources.",
			},
			"created_at":  base.CreatedAt("source tag"),
			"modified_at": base.ModifiedAt("source tag"),
		},
	}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"chatbot_id": base.IdentityID("chatbot"), "id": base.IdentityID("source tag"),
	}}
}
