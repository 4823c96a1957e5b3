package base

import (
	"fmt"

	dsschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
)

const (
	idText       = "The id of the %s: 32 lower-case hexadecimal digits."
	createdText  = "When the service created the %s, in UTC, such as `2024-07-25T21:19:01Z`."
	modifiedText = "When the service last changed the %s, in UTC, such as `2024-07-25T21:19:01Z`."
	// KeepsTime is the sentence about SaveRead in the description of a resource's modified_at.
	KeepsTime = " A refresh keeps the earlier time while nothing else has changed."
)

// ID is the computed `id` of a resource; noun is the word for the object in the description, such as "chatbot".
func ID(noun string) schema.StringAttribute { return computed(fmt.Sprintf(idText, noun), true) }

// CreatedAt is the computed `created_at` of a resource.
func CreatedAt(noun string) schema.StringAttribute {
	return computed(fmt.Sprintf(createdText, noun), true)
}

// ModifiedAt is the computed `modified_at` of a resource. It changes with every update, so the prior value cannot be planned.
func ModifiedAt(noun string) schema.StringAttribute {
	return computed(fmt.Sprintf(modifiedText, noun)+KeepsTime, false)
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
