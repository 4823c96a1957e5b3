package base

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Timeouts is the attribute `timeouts` with this description and these options.
func Timeouts(ctx context.Context, text string, options timeouts.Opts) schema.Attribute {
	a := timeouts.Attributes(ctx, options)
	nested, ok := a.(schema.SingleNestedAttribute)
	if !ok {
		return a
	}
	for name, a := range nested.Attributes {
		if text, ok := a.(schema.StringAttribute); ok {
			text.Validators = []validator.String{Duration()} // that of the library quotes the value
			nested.Attributes[name] = text
		}
	}
	nested.MarkdownDescription = text
	return nested
}
