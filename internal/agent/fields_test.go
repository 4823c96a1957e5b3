package agent

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// otherAttributes are the attributes of the schema that are no settings of the service.
var otherAttributes = []string{"id", "chatbot_id", "type", "prompt_sha256", "created_at", "modified_at"}

// TestFields: the table has every setting of the schema exactly once, and nothing else.
func TestFields(t *testing.T) {
	t.Parallel()
	var table, settings []string
	for _, f := range fields {
		table = append(table, f.attribute)
		settings = append(settings, f.setting)
	}
	slices.Sort(table)
	want := slices.DeleteFunc(slices.Sorted(maps.Keys(resourceAttributes())), func(name string) bool { return slices.Contains(otherAttributes, name) })
	if !slices.Equal(table, want) {
		t.Errorf("the table has %q, the schema %q", table, want)
	}
	slices.Sort(settings)
	if len(slices.Compact(settings)) != len(fields) {
		t.Errorf("a setting is in the table twice: %q", settings)
	}
	for name := range (&DefaultResource{}).attributes() {
		if !slices.Contains(otherAttributes, name) && !has(hub.UserFacing, name) {
			t.Errorf("a default agent has the attribute %s, which no user-facing agent has", name)
		}
	}
}

// TestFieldsDescribed: a data source shows every attribute of the resource, with a description.
func TestFieldsDescribed(t *testing.T) {
	t.Parallel()
	read := readAttributes()
	for name, attribute := range resourceAttributes() {
		shown, ok := read[name]
		if !ok || shown.GetMarkdownDescription() == "" {
			t.Errorf("a data source does not describe %s", name)
			continue
		}
		if nested, is := attribute.(schema.NestedAttribute); is {
			for member := range nested.GetNestedObject().GetAttributes() {
				if nestedText[name+"."+member] == "" {
					t.Errorf("no description of %s.%s", name, member)
				}
			}
		}
	}
}
