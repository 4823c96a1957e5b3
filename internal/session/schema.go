package session

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// What the attributes are, for the resource, the data sources and the ephemeral resource alike.
const (
	chatbotText   = "The id of the chatbot that answers in the session."
	variablesText = "The variables that the agents know from the beginning, by name, such as what a web page knows of its visitor."
	modifiedText  = "When the session last changed, in UTC, such as `2024-07-25T21:19:01Z`. Each message moves it."
)

// Schema implements resource.Resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A session: one conversation with a chatbot. Destroying it deletes its messages as well. One that was deleted outside Terraform is made anew.\n\n" +
			"For a session that a single run needs and nothing keeps, use the ephemeral resource of this name.",
		Attributes: map[string]schema.Attribute{
			"id": base.ID("session"),
			"chatbot_id": schema.StringAttribute{
				Required: true, Validators: []validator.String{base.UUID()}, PlanModifiers: []planmodifier.String{replaceUnlessNull()},
				MarkdownDescription: chatbotText + " A change replaces the session. The service does not show it, so an import by the id of the session alone looks for it in the lists of the chatbots' sessions. " +
					"Where it is not found there, the next apply notes in the state what is written here and sends nothing.",
			},
			"initial_variables": schema.MapAttribute{
				Optional: true, ElementType: types.StringType,
				Validators: []validator.Map{mapvalidator.NoNullValues()}, PlanModifiers: []planmodifier.Map{replaceVariables()},
				MarkdownDescription: variablesText + " A change replaces the session. After an import they are null, and the next apply notes what is written here in the state and sends nothing. " +
					"They are readable in the state: write no secrets here.",
			},
			"created_at": base.CreatedAt("session"),
			// Nothing in an update is sent, so that the prior value is a plan.
			"modified_at": base.Stable(modifiedText),
		},
	}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{"id": base.IdentityID("session")}}
}
