package base

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// Choice is the search of a data source for the one object that has a value in an attribute.
type Choice[T any] struct {
	Noun  string         // "agent"
	Among string         // where it was looked for, such as "of chatbot 43474da7…"; may be empty
	By    string         // the attribute, such as "name"
	Want  string         // its value
	Of    func(T) string // an object's value
	Line  func(T) string // an object in a list of several, such as `id = "43474da7…"  # created …`
}

// Pick gives the one object of all that fits. None and several are errors at the attribute; several are listed in the order of all.
func (c Choice[T]) Pick(all []T, diags *diag.Diagnostics) (T, bool) {
	var found []T
	for _, object := range all {
		if c.Of(object) == c.Want {
			found = append(found, object)
		}
	}
	summary := strings.ToUpper(c.Noun[:1]) + c.Noun[1:] + " not found"
	among := strings.TrimSpace(c.Noun + "s " + c.Among)
	switch len(found) {
	case 1:
		return found[0], true
	case 0:
		diags.AddAttributeError(path.Root(c.By), summary, sprintf("None of the %d %s has the %s %q. It is compared exactly, upper and lower case included.", len(all), among, c.By, c.Want))
	default:
		var lines []string
		for _, object := range found {
			lines = append(lines, "  "+c.Line(object))
		}
		diags.AddAttributeError(path.Root(c.By), summary, sprintf("%d %s have the %s %q. Use one of their ids instead:\n\n%s", len(found), among, c.By, c.Want, strings.Join(lines, "\n")))
	}
	var none T
	return none, false
}
