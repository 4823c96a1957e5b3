package base

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// The validators of the framework's libraries quote the value in their errors. A text can contain a secret, so the ones below say only which
// attribute is wrong and why.

// Matches validates a text with a regular expression. must completes the sentence "… must be a color".
func Matches(re *regexp.Regexp, must string) validator.String {
	return textRule{must, func(s string) bool { return re.MatchString(s) }}
}

// Duration validates a duration that is longer than zero, such as "90s".
func Duration() validator.String {
	return textRule{`must be a positive duration with a unit, such as "90s" or "1h"`, func(s string) bool { d, err := time.ParseDuration(s); return err == nil && d > 0 }}
}

// Timestamp validates a time in RFC 3339.
func Timestamp() validator.String {
	return textRule{"must be a date and a time with a time zone in the format of RFC 3339, such as 2025-07-16T07:00:00Z", func(s string) bool { _, err := time.Parse(time.RFC3339, s); return err == nil }}
}

// textRule is a rule for a text.
type textRule struct {
	must  string
	valid func(string) bool
}

// Description implements validator.Describer.
func (r textRule) Description(context.Context) string { return r.must }

// MarkdownDescription implements validator.Describer.
func (r textRule) MarkdownDescription(context.Context) string { return r.must }

// ValidateString implements validator.String.
func (r textRule) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || r.valid(req.ConfigValue.ValueString()) {
		return
	}
	resp.Diagnostics.AddAttributeError(visible(req.Path), "Invalid value", fmt.Sprintf("%s %s.", describePath(req.Path), r.must))
}
