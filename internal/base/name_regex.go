package base

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// NameRegex is the `name_regex` of a data source that lists things with names; plural is what they are called.
func NameRegex(plural string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true, Validators: []validator.String{pattern{}},
		MarkdownDescription: fmt.Sprintf("Returns only the %s whose name matches this regular expression ([RE2](https://github.com/google/re2/wiki/Syntax)). It matches anywhere in the name; anchor it with `^` and `$`.", plural),
	}
}

// MatchesName returns a function that reports whether a name matches a valid `name_regex`. Null matches every name. Names are compared in the
// form NFC, which the expression has.
func MatchesName(nameRegex types.String) func(name string) bool {
	expression := regexp.MustCompile(nameRegex.ValueString())
	return func(name string) bool { return expression.MatchString(hub.Composed(name)) }
}

// NotRegex completes a sentence about a text that is not a regular expression. It has the reason, and not the text.
func NotRegex(reason string) string {
	return fmt.Sprintf("is not a valid regular expression: %s. The syntax is RE2. In a quoted string, write each backslash twice.", reason)
}

// pattern validates a regular expression.
type pattern struct{}

func (pattern) Description(context.Context) string { return "must be a regular expression" }

func (p pattern) MarkdownDescription(ctx context.Context) string { return p.Description(ctx) }

func (pattern) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	_, err := syntax.Parse(req.ConfigValue.ValueString(), syntax.Perl)
	if problem, ok := errors.AsType[*syntax.Error](err); ok { // its own text repeats the expression
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid regular expression", fmt.Sprintf("%s %s", describePath(req.Path), NotRegex(problem.Code.String())))
	}
}
