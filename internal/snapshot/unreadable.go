package snapshot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Unreadable is an object of which a part could not be read.
type Unreadable struct {
	Fields []string `json:"fields"`
	Object string   `json:"object"` // such as: agent "Sales" (43474da7ae3b4b7191ee29c2de798257). Questions are not quoted.
	Ref    Ref      `json:"-"`
}

// members are the members that have a value where an answer lacks a field, by the field.
var members = map[string]string{
	"type": "type", "enabled": "enabled", "method": "method", "color": "color", "external_url": "url", "status": "trained", "name": "name",
	"meta.use_all_sources": "use_all_sources", "meta.allow_gpt_trainer_properties": "send_session_metadata",
	"meta.show_citations": "show_citations", "meta.show_citation": "show_citations",
	"meta.visibility": "visibility", "meta.rate_limit": "rate_limit", "meta.rate_limit_message": "rate_limit_message",
}

// unread records fields of an object that could not be read, without those that the document does not have, and removes their members from o.
func (d *Document) unread(ref Ref, o object, described string, fields []string, has func(field string) bool) {
	fields = slices.DeleteFunc(slices.Clone(fields), func(field string) bool { return !has(field) })
	if len(fields) > 0 {
		for _, field := range fields {
			delete(o, members[field])
		}
		d.Unreadable = append(d.Unreadable, Unreadable{fields, described, ref})
	}
}

// described describes an object that has a name.
func described(noun, name string, id hub.ID) string {
	return fmt.Sprintf("%s %q (%s)", noun, hub.OneLine(name), id)
}

// isTime reports whether a field is a time.
func isTime(field string) bool { return field == "created_at" || field == "modified_at" }

// String returns the object with its fields.
func (u Unreadable) String() string { return u.Object + ": " + strings.Join(u.Fields, ", ") }
