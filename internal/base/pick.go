package base

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Choice is the search of a data source for the one object that has an id, or else a value in another attribute.
type Choice[T any] struct {
	Noun  string         // "agent"
	Among string         // where it was looked for, such as "of chatbot 43474da7…"
	ID    types.String   // null where the object is sought by the other attribute
	IDOf  func(T) hub.ID // an object's id
	By    string         // the other attribute, such as "name"
	Want  types.String   // its value
	Of    func(T) string // an object's value
	Line  func(T) string // what tells an object from others of the value, such as its type
}

// Pick gives the one object of all that fits. None and several are errors at the attribute; several are listed in the order of all.
func (c Choice[T]) Pick(all []T, diags *diag.Diagnostics) (T, bool) {
	by, want, of := c.By, c.Want.ValueString(), c.Of
	if !c.ID.IsNull() {
		by, want, of = "id", c.ID.ValueString(), func(object T) string { return string(c.IDOf(object)) }
	}
	var found []T
	for _, object := range all {
		if of(object) == want {
			found = append(found, object)
		}
	}
	summary := strings.ToUpper(c.Noun[:1]) + c.Noun[1:] + " not found"
	among := strings.TrimSpace(c.Noun + "s " + c.Among)
	switch len(found) {
	case 1:
		return found[0], true
	case 0:
		diags.AddAttributeError(path.Root(by), summary, sprintf("None of the %d %s has the %s %q. It is compared exactly, upper and lower case included.", len(all), among, by, want))
	default:
		var lines []string
		for _, object := range found {
			lines = append(lines, sprintf("  id = %q  # %s", c.IDOf(object), c.Line(object)))
		}
		diags.AddAttributeError(path.Root(by), summary, sprintf("%d %s have the %s %q. Use one of their ids instead:\n\n%s", len(found), among, by, want, strings.Join(lines, "\n")))
	}
	var none T
	return none, false
}
