package toolfunction

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Descriptions of the attributes, shared by the resource and the data source.
const (
	nameText       = "The name of the tool function. The model of the agent sees it, so choose a name that tells what the function does, such as `find_order`."
	urlText        = "The `http` or `https` address that the service calls."
	parametersText = "The parameters of the function, as a JSON Schema object in a string. The model supplies their values."
	enabledText    = "Whether the agent can use the tool function."
	metadataText   = "Whether the service adds its information about the session to the call."
)

var (
	descriptionText = fmt.Sprintf("What the tool function does and when to call it. The model of the agent uses this to decide. The maximum length is %d characters.", hub.MaxFunctionDescription-1)
	methodText      = "The HTTP method of the call. One of `" + strings.Join(hub.FunctionMethods, "`, `") + "`."
)

// secretText says which headers look like secrets (hub.SecretHeader).
var secretText = "those whose names contain `" + strings.Join(hub.SecretParts, "`, `") + "`, or have one of the words `" + strings.Join(hub.SecretWords, "`, `") +
	"`, such as `X-Auth`, and those whose values begin with `Bearer` or `Basic` or have a JSON Web Token"

// Schema implements resource.Resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An HTTP request that an agent can make while it answers, for example to look up an order. " +
			"Headers with secrets are in `secret_headers_wo`, and neither in the state nor in a plan.",
		Attributes: map[string]schema.Attribute{
			"id":         base.ID("tool function"),
			"chatbot_id": base.ParentID("The id of the chatbot of the agent. A change replaces the tool function."),
			"agent_id":   base.ParentID("The id of the agent of the tool function. It must be an agent of the chatbot. A change replaces the tool function."),
			"name":       schema.StringAttribute{Required: true, MarkdownDescription: nameText, PlanModifiers: []planmodifier.String{base.KeepPriorWriting{}}, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
			"description": schema.StringAttribute{Required: true, MarkdownDescription: descriptionText, PlanModifiers: []planmodifier.String{base.KeepPriorWriting{}},
				Validators: []validator.String{stringvalidator.UTF8LengthBetween(1, hub.MaxFunctionDescription-1)}},
			"url": schema.StringAttribute{Required: true, MarkdownDescription: urlText, Validators: []validator.String{httpURL{}}},
			"method": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString(hub.DefaultFunctionMethod),
				MarkdownDescription: methodText + fmt.Sprintf(" Defaults to `%s`.", hub.DefaultFunctionMethod),
				Validators:          []validator.String{stringvalidator.OneOf(hub.FunctionMethods...)},
			},
			"parameters": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: parametersText + " Use `jsonencode` to write it. The order of keys and white space are ignored. When omitted, the function has no parameters.",
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

func headersAttribute() schema.MapAttribute {
	return schema.MapAttribute{
		Optional: true, ElementType: types.StringType,
		MarkdownDescription: "The headers of the call that are not secret, by name. The case of names is ignored. The state contains the values. " +
			"Headers that look like secrets are read from the service only when the configuration has them here. They are " + secretText + ".",
		Validators:    []validator.Map{headerMap{}},
		PlanModifiers: []planmodifier.Map{keepSameHeaders{}},
	}
}

func secretHeadersAttribute() schema.MapAttribute {
	return schema.MapAttribute{
		Optional: true, WriteOnly: true, Sensitive: true, ElementType: types.StringType,
		MarkdownDescription: "The headers of the call that are secret, by name. The provider sends them to the service and stores them nowhere else: not in the state, the plan or a log. " +
			"Set them from ephemeral variables or ephemeral resources. " +
			"When omitted, the service keeps its secret headers; `{}` removes them. A value that is unknown in the plan causes no update by itself. " +
			"An import recognizes secret headers by what they look like: any other header becomes part of `headers`.",
		Validators: []validator.Map{headerMap{}},
	}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"chatbot_id": base.IdentityID("chatbot"), "agent_id": base.IdentityID("agent"), "id": base.IdentityID("tool function"),
	}}
}
