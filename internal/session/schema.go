package session

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// Descriptions of the attributes, shared by the resource, the data sources and the ephemeral resource.
const (
	chatbotText   = "The id of the chatbot of the session."
	variablesText = "Variables for the agents of the chatbot, by name. A web page uses them to pass information about its visitor."
	modifiedText  = "When the session last changed, in UTC, such as `2024-07-25T21:19:01Z`. Each message changes it."
)

// Schema implements resource.Resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "One conversation with a chatbot, for tests and monitoring. It exists until it is destroyed. " +
			"For a conversation during a single run, use the ephemeral resource `aichatbothub_session`.",
		Attributes: map[string]schema.Attribute{
			"id": base.ID("session"),
			"chatbot_id": base.ParentID(chatbotText + " A change replaces the session. The service does not return it, so an import by the id of the session alone searches the sessions of all chatbots. " +
				"If the search fails, the next apply stores the configured value in the state and sends nothing."),
			"initial_variables": schema.MapAttribute{
				Optional: true, ElementType: types.StringType,
				Validators: []validator.Map{base.NoNulls{}}, PlanModifiers: []planmodifier.Map{base.KeepPriorWriting{}, replaceVariables()},
				MarkdownDescription: variablesText + " A change replaces the session. After an import they are null, and the next apply stores the configured value in the state and sends nothing. " +
					"The state contains them in plain text: do not use secrets here.",
			},
			"created_at": base.CreatedAt("session"),
			// An update sends nothing, so the prior value can be planned.
			"modified_at": base.Stable(modifiedText + base.KeepsTime),
		},
	}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{"id": base.IdentityID("session")}}
}
