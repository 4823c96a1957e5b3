package base

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Lookup is a data source's search for one object: by its id, or by the value of another attribute where the id is null.
type Lookup[T any] struct {
	Noun      string         // such as "agent"
	Among     string         // where the search looks, such as "of chatbot 43474da7…"
	ID        types.String   // the wanted id; null for a search by the other attribute
	IDOf      func(T) hub.ID // returns an object's id
	Attribute string         // the name of the other attribute, such as "name"
	Value     types.String   // its wanted value
	ValueOf   func(T) string // returns an object's value of that attribute
	Describe  func(T) string // returns what distinguishes an object from others with the same value, such as its type
}

// FindOne returns the one object of all that matches. Values are compared in the form NFC. No match and several matches are errors at the
// attribute; the error lists several matches in the order of all.
func (l Lookup[T]) FindOne(all []T, diags *diag.Diagnostics) (T, bool) {
	attribute, want, valueOf := l.Attribute, l.Value.ValueString(), l.ValueOf
	if !l.ID.IsNull() {
		attribute, want, valueOf = "id", l.ID.ValueString(), func(object T) string { return string(l.IDOf(object)) }
	}
	var found []T
	for _, object := range all {
		if hub.SameName(valueOf(object), want) {
			found = append(found, object)
		}
	}
	switch len(found) {
	case 1:
		return found[0], true
	case 0:
		diags.AddAttributeError(path.Root(attribute), capitalized(l.Noun)+" not found", l.none(len(all), attribute+" "+Quote(want)))
	default:
		var lines []string
		for _, object := range found {
			lines = append(lines, fmt.Sprintf("  id = %q  # %s", l.IDOf(object), l.Describe(object)))
		}
		diags.AddAttributeError(path.Root(attribute), "Several "+l.Noun+"s found",
			fmt.Sprintf("%d %ss %s have the %s %s. Use one of their ids instead:\n\n%s", len(found), l.Noun, l.Among, attribute, Quote(want), strings.Join(lines, "\n")))
	}
	var none T
	return none, false
}

// none says that no object matches. wanted is the attribute with its value.
func (l Lookup[T]) none(count int, wanted string) string {
	const exactly = " It is compared exactly, upper and lower case included."
	switch count {
	case 0:
		return fmt.Sprintf("There is no %s %s.", l.Noun, l.Among)
	case 1:
		return fmt.Sprintf("There is one %s %s, and it does not have the %s.", l.Noun, l.Among, wanted) + exactly
	}
	return fmt.Sprintf("None of the %d %ss %s has the %s.", count, l.Noun, l.Among, wanted) + exactly
}
