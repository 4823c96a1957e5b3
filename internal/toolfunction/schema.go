package toolfunction

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// What the attributes are, for the resource and the data source alike.
const (
	nameText       = "The name of the tool function. The agent's model sees it, so let it say what the function does, such as `find_order`."
	urlText        = "The `http` or `https` address that the service calls."
	parametersText = "The arguments that the model fills in, as the text of a JSON Schema object."
	enabledText    = "Whether the agent can use the tool function."
	metadataText   = "Whether the service adds what it knows about the session to the call."
)

var (
	descriptionText = fmt.Sprintf("What the tool function is for and when to call it. The agent's model decides by it. It has fewer than %d characters.", hub.MaxFunctionDescription)
	methodText      = "The HTTP method of the call. One of `" + strings.Join(hub.FunctionMethods, "`, `") + "`."
)

const credentialText = "`Authorization`, `Proxy-Authorization`, `Cookie`, and every name that contains `key`, `token`, `secret`, `signature` or `password`"

// Schema implements resource.Resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A tool function of an agent: an HTTP call that the agent can make while it answers, to look something up or to set something off. " +
			"Secrets in its headers belong in `secret_headers_wo`, which is write-only and needs Terraform 1.11 or newer: no state, plan or log ever holds them.",
		Attributes: map[string]schema.Attribute{
			"id":         base.ID("tool function"),
			"chatbot_id": parent("The id of the chatbot that the agent belongs to. A change replaces the tool function."),
			"agent_id":   parent("The id of the agent that gets the tool function. It must be an agent of the chatbot. A change replaces the tool function."),
			"name":       schema.StringAttribute{Required: true, MarkdownDescription: nameText, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
			"description": schema.StringAttribute{Required: true, MarkdownDescription: descriptionText,
				Validators: []validator.String{stringvalidator.UTF8LengthBetween(1, hub.MaxFunctionDescription-1)}},
			"url": schema.StringAttribute{Required: true, MarkdownDescription: urlText, Validators: []validator.String{httpURL{}}},
			"method": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString(hub.DefaultFunctionMethod),
				MarkdownDescription: methodText + fmt.Sprintf(" Defaults to `%s`.", hub.DefaultFunctionMethod),
				Validators:          []validator.String{stringvalidator.OneOf(hub.FunctionMethods...)},
			},
			"parameters": schema.StringAttribute{
				Optional: true, CustomType: jsontypes.NormalizedType{},
				MarkdownDescription: parametersText + " Write it with `jsonencode`. Another order of keys or other white space is no change. Left out, the function takes no arguments.",
				Validators:          []validator.String{schemaObject{}},
				PlanModifiers:       []planmodifier.String{keepSameJSON{}},
			},
			"headers":           headersAttribute(),
			"secret_headers_wo": secretHeadersAttribute(),
			"enabled": schema.BoolAttribute{
				Optional: true, Computed: true, Default: booldefault.StaticBool(defaultEnabled),
				MarkdownDescription: enabledText + fmt.Sprintf(" Defaults to `%t`.", defaultEnabled),
			},
			"send_session_metadata": schema.BoolAttribute{
				Optional: true, Computed: true, Default: booldefault.StaticBool(defaultMetadata),
				MarkdownDescription: metadataText + fmt.Sprintf(" Defaults to `%t`.", defaultMetadata),
			},
			"created_at":  base.CreatedAt("tool function"),
			"modified_at": base.ModifiedAt("tool function"),
		},
	}
}

// parent is the id of something that the tool function is in.
func parent(text string) schema.StringAttribute {
	return schema.StringAttribute{Required: true, MarkdownDescription: text, Validators: []validator.String{base.UUID()},
		PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()}}
}

func headersAttribute() schema.MapAttribute {
	return schema.MapAttribute{
		Optional: true, ElementType: types.StringType,
		MarkdownDescription: "The headers of the call that are no secret, by name. Upper and lower case of names make no difference. The state shows them. " +
			"The service does not tell secret headers from others, so those with names that look like credentials (" + credentialText +
			") are taken over from the service only when the configuration has them here.",
		Validators:    []validator.Map{headerMap{}},
		PlanModifiers: []planmodifier.Map{keepSameHeaders{}},
	}
}

func secretHeadersAttribute() schema.MapAttribute {
	return schema.MapAttribute{
		Optional: true, WriteOnly: true, Sensitive: true, ElementType: types.StringType,
		MarkdownDescription: "The headers of the call that are secret, by name. They are sent to the service and kept nowhere else: not in the state, the plan or a log. " +
			"Give them from ephemeral variables or ephemeral resources. A changed value is noticed without a version to bump, by a salted, slow hash in the resource's private state, " +
			"and so is a change at the service; a warning in the plan names the headers that are sent again, never their values. " +
			"Left out, the service keeps the secret headers that it has; `{}` removes them. A value that is not known at plan causes no update by itself. " +
			"An import takes a header for a secret by its name only: one that does not look like a credential enters `headers`.",
		Validators: []validator.Map{headerMap{}},
	}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"chatbot_id": base.IdentityID("chatbot"), "agent_id": base.IdentityID("agent"), "id": base.IdentityID("tool function"),
	}}
}
