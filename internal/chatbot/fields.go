package chatbot

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// fields lists the settings that the service stores. The attribute and the field of the API have the same name.
var fields = []field{
	newField("name", "The name that the owner sees. Visitors never see it, and it need not be unique.", func(m *model) *types.String { return &m.Name }),
	newField("visibility", visibilityText, func(m *model) *types.String { return &m.Visibility }),
	newField("rate_limit", "How many messages a device of a visitor can send through the widget and the iframe, and in which time.",
		func(m *model) *types.Object { return &m.RateLimit }),
	newField("rate_limit_message", "The message to a visitor who exceeds the rate limit.", func(m *model) *types.String { return &m.RateLimitMessage }),
	newField("show_citations", "Whether answers show the sources that they are based on.", func(m *model) *types.Bool { return &m.ShowCitations }),
}

// field is one setting.
type field struct {
	name, text  string // text is the description, for the resource and the data sources
	value       func(m *model) attr.Value
	keepPlanned func(m, plan *model, n *base.NotApplied)
}

// newField returns a field with its place in a model.
func newField[T attr.Value](name, text string, in func(*model) *T) field {
	return field{
		name: name, text: text,
		value:       func(m *model) attr.Value { return *in(m) },
		keepPlanned: func(m, plan *model, n *base.NotApplied) { *in(m) = base.KeepPlanned(n, name, *in(plan), *in(m)) },
	}
}

// describe returns the description of a setting, or "" for an attribute that is none.
func describe(name string) string {
	if i := slices.IndexFunc(fields, func(f field) bool { return f.name == name }); i >= 0 {
		return fields[i].text
	}
	return ""
}

// attribute returns the attribute of a body's field. rate_limit is an array of two numbers in the API.
func attribute(loc []string) (path.Path, bool) {
	p := path.Root(loc[0])
	switch {
	case describe(loc[0]) == "":
		return p, false
	case loc[0] != "rate_limit" || len(loc) == 1:
	case loc[1] == "0":
		p = p.AtName("messages")
	default:
		p = p.AtName("seconds")
	}
	return p, true
}

// sameSettings reports whether all settings are equal. Unknown values are not equal to known ones.
func (m *model) sameSettings(other model) bool {
	return !slices.ContainsFunc(fields, func(f field) bool { return !f.value(m).Equal(f.value(&other)) })
}
