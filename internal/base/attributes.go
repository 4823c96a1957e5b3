package base

import (
	"context"
	"fmt"

	dsschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

const (
	idText       = "The id of the %s: 32 lower-case hexadecimal digits."
	createdText  = "When the service created the %s, in UTC, such as `2024-07-25T21:19:01Z`."
	modifiedText = "When the service last changed the %s, in UTC, such as `2024-07-25T21:19:01Z`."
)

// ID is the computed `id` of a resource; noun is the word for the object in the description, such as "chatbot".
func ID(noun string) schema.StringAttribute { return computed(fmt.Sprintf(idText, noun), true) }

// CreatedAt is the computed `created_at` of a resource.
func CreatedAt(noun string) schema.StringAttribute {
	return computed(fmt.Sprintf(createdText, noun), true)
}

// ModifiedAt is the computed `modified_at` of a resource. It changes with every update, so the prior value cannot be planned.
func ModifiedAt(noun string) schema.StringAttribute {
	return computed(fmt.Sprintf(modifiedText, noun), false)
}

// Stable is a computed attribute of a resource that keeps its value through updates.
func Stable(text string) schema.StringAttribute { return computed(text, true) }

func computed(text string, stable bool) schema.StringAttribute {
	a := schema.StringAttribute{Computed: true, MarkdownDescription: text}
	if stable {
		a.PlanModifiers = []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	}
	return a
}

// ReadID is the computed `id` of a data source.
func ReadID(noun string) dsschema.StringAttribute {
	return dsschema.StringAttribute{Computed: true, MarkdownDescription: fmt.Sprintf(idText, noun)}
}

// ReadCreatedAt is the computed `created_at` of a data source.
func ReadCreatedAt(noun string) dsschema.StringAttribute {
	return dsschema.StringAttribute{Computed: true, MarkdownDescription: fmt.Sprintf(createdText, noun)}
}

// ReadModifiedAt is the computed `modified_at` of a data source.
func ReadModifiedAt(noun string) dsschema.StringAttribute {
	return dsschema.StringAttribute{Computed: true, MarkdownDescription: fmt.Sprintf(modifiedText, noun)}
}

// IdentityID is one part of a resource's identity.
func IdentityID(noun string) identityschema.StringAttribute {
	return identityschema.StringAttribute{RequiredForImport: true, Description: fmt.Sprintf(idText, noun)}
}

// UUID validates an id in a configuration. Unlike import strings, configurations take the service's own form only, because any
// other would differ from what the service answers.
func UUID() validator.String { return uuid{} }

type uuid struct{}

func (uuid) Description(context.Context) string {
	return "must be an id of 32 lower-case hexadecimal digits"
}

func (v uuid) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v uuid) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || hub.ID(req.ConfigValue.ValueString()).Valid() {
		return
	}
	detail := fmt.Sprintf("%q %s.", req.ConfigValue.ValueString(), v.Description(ctx))
	if id, err := hub.ParseID(req.ConfigValue.ValueString()); err == nil {
		detail += fmt.Sprintf(" Write it as %q.", string(id))
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Invalid id", detail)
}
