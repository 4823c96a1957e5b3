package base

import (
	"fmt"

	dsschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// ComputedAttributes returns the attributes of a resource as attributes that a data source computes. describe returns the description of an
// attribute by its path, such as "name" or "rate_limit.messages"; an attribute without one is left out.
func ComputedAttributes(attributes map[string]schema.Attribute, describe func(path string) string) map[string]dsschema.Attribute {
	return computedAttributes("", attributes, describe)
}

func computedAttributes(prefix string, attributes map[string]schema.Attribute, describe func(path string) string) map[string]dsschema.Attribute {
	out := map[string]dsschema.Attribute{}
	for name, a := range attributes {
		if text := describe(prefix + name); text != "" {
			out[name] = computedAttribute(prefix+name, text, a, describe)
		}
	}
	return out
}

func computedAttribute(path, text string, a schema.Attribute, describe func(path string) string) dsschema.Attribute {
	nested := func(attributes map[string]schema.Attribute) map[string]dsschema.Attribute {
		return computedAttributes(path+".", attributes, describe)
	}
	switch a := a.(type) {
	case schema.StringAttribute:
		return dsschema.StringAttribute{Computed: true, MarkdownDescription: text}
	case schema.BoolAttribute:
		return dsschema.BoolAttribute{Computed: true, MarkdownDescription: text}
	case schema.Int64Attribute:
		return dsschema.Int64Attribute{Computed: true, MarkdownDescription: text}
	case schema.Float64Attribute:
		return dsschema.Float64Attribute{Computed: true, MarkdownDescription: text}
	case schema.ListAttribute:
		return dsschema.ListAttribute{Computed: true, ElementType: a.ElementType, MarkdownDescription: text}
	case schema.SetAttribute:
		return dsschema.SetAttribute{Computed: true, ElementType: a.ElementType, MarkdownDescription: text}
	case schema.ListNestedAttribute:
		return dsschema.ListNestedAttribute{Computed: true, MarkdownDescription: text, NestedObject: dsschema.NestedAttributeObject{Attributes: nested(a.NestedObject.Attributes)}}
	case schema.SingleNestedAttribute:
		return dsschema.SingleNestedAttribute{Computed: true, MarkdownDescription: text, Attributes: nested(a.Attributes)}
	}
	panic(fmt.Sprintf("%s has the type %T, which no data source has yet", path, a))
}
