package base

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Lookup is a data source's search for one object: by its id, or by the value of another attribute where the id is null.
type Lookup[T any] struct {
	Noun      string         // such as "agent"
	Chatbot   types.String   // the id of the chatbot whose objects are searched; null for those of the account
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
		names := make([]string, 0, len(all))
		for _, object := range all {
			names = append(names, valueOf(object))
		}
		diags.AddAttributeError(path.Root(attribute), capitalized(l.Noun)+" not found", l.none(attribute, want, names))
	default:
		var lines []string
		for _, object := range found {
			lines = append(lines, fmt.Sprintf("  id = %q  # %s", l.IDOf(object), l.Describe(object)))
		}
		diags.AddAttributeError(path.Root(attribute), "Several "+l.Noun+"s found",
			fmt.Sprintf("%s has %d %ss with the %s %s. Use one of their ids instead:\n\n%s", l.owner(), len(found), l.Noun, attribute, Quote(want), strings.Join(lines, "\n")))
	}
	var none T
	return none, false
}

// owner returns what the search looks in, at the beginning of a sentence.
func (l Lookup[T]) owner() string {
	if l.Chatbot.IsNull() {
		return "The account"
	}
	return "Chatbot " + l.Chatbot.ValueString()
}

// none says that no object has the wanted value. values are those that the objects have.
func (l Lookup[T]) none(attribute, want string, values []string) string {
	switch {
	case len(values) == 0 && l.Chatbot.IsNull():
		return fmt.Sprintf("The account has no %ss. Check that the API key belongs to the account of the %s.", l.Noun, l.Noun)
	case len(values) == 0:
		return fmt.Sprintf("%s has no %ss. Check that it is the right chatbot.", l.owner(), l.Noun)
	}
	text := fmt.Sprintf("%s has %s, and none with the %s %s.", l.owner(), Count(len(values), l.Noun), attribute, Quote(want))
	switch {
	case attribute == "id":
		return text + fmt.Sprintf(" The %s may have been deleted, or belong to another chatbot. Check the id.", l.Noun)
	case hub.IsAddress(want):
		return text + " In the path of an address, upper and lower case are different."
	}
	similar := nearestNames(want, values)
	return text + " Upper and lower case are different. " + listing("The most similar name is %s.", "The most similar names are %s.", similar)
}

// nearestNames returns up to three names that are similar to a text, quoted. Only as many are compared as take no time. Addresses, of which a
// deployment can leave out the scheme, are not shown: their query can contain a secret.
func nearestNames(want string, names []string) []string {
	names = slices.DeleteFunc(slices.Clone(names[:min(len(names), 2000)]), func(name string) bool {
		return name == "" || len(name) > 200 || strings.ContainsAny(name, "/?")
	})
	slices.Sort(names)
	near := Nearest(shorten(want), slices.Compact(names), 3)
	for i, name := range near {
		near[i] = Quote(name)
	}
	return near
}

// Nearest returns up to n texts with the smallest edit distances to a text, the nearest first. Case is ignored.
func Nearest(text string, texts []string, n int) []string {
	distance := make(map[string]int, len(texts))
	for _, t := range texts {
		distance[t] = levenshtein.Distance(strings.ToLower(text), strings.ToLower(t), nil)
	}
	sorted := slices.Clone(texts)
	slices.SortStableFunc(sorted, func(a, b string) int { return distance[a] - distance[b] })
	return sorted[:min(n, len(sorted))]
}

// listing returns the sentence for one text or the one for several, or "" without any.
func listing(one, several string, texts []string) string {
	switch len(texts) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf(one, texts[0])
	}
	return fmt.Sprintf(several, strings.Join(texts, ", "))
}
