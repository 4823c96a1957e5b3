package base

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// sprintf keeps the sentences of this package short to write.
var sprintf = fmt.Sprintf

// Import puts the parts of an import string ("<chatbot_id>/<id>") or of an identity into the state's attributes of these names, and into
// the identity's. Import strings are forgiving: dashes, upper case, white space and braces do no harm.
func Import(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse, names ...string) {
	ImportAny(ctx, req, resp, names)
}

// ImportAny is Import for import strings that can be written in several forms, the best one first. Each form has the parts of the identity
// and may have more.
func ImportAny(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse, forms ...[]string) {
	parts := resp.Identity.Schema.GetAttributes()
	ids := map[string]hub.ID{}
	if req.ID == "" && req.Identity != nil {
		for _, name := range forms[0] {
			if _, is := parts[name]; is {
				ids[name] = identityID(ctx, req, resp, name)
			}
		}
	} else {
		var err error
		if ids, err = parseImport(req.ID, forms); err != nil {
			resp.Diagnostics.AddError("Invalid import id", err.Error()+".")
		}
	}
	if resp.Diagnostics.HasError() {
		return
	}
	for name, id := range ids {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), string(id))...)
		if _, is := parts[name]; is {
			resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root(name), string(id))...)
		}
	}
}

// identityID is a part of an identity, which is a configuration: it takes the service's own form only.
func identityID(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse, name string) hub.ID {
	var v types.String
	resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root(name), &v)...)
	id := hub.ID(v.ValueString())
	if !id.Valid() {
		detail := sprintf("%s = %q is not an id of 32 lower-case hexadecimal digits.", name, v.ValueString())
		if forgiven, problem := importID(v.ValueString()); problem == "" {
			detail += sprintf(" Write it as %q.", string(forgiven))
		}
		resp.Diagnostics.AddError("Invalid identity", detail)
	}
	return id
}

// parseImport reads an import string in one of some forms into ids by attribute. Its error says what is wrong with which part, and the
// right form with what is right of the string.
func parseImport(raw string, forms [][]string) (map[string]hub.ID, error) {
	parts := strings.Split(strings.Trim(strings.TrimSpace(raw), "/"), "/")
	wrong := func(form []string, format string, values ...any) error {
		return fmt.Errorf("%q cannot be imported: %s. Write the import id as %s, each an id of 32 hexadecimal digits%s", shorten(raw), sprintf(format, values...), written(forms), example(form, parts))
	}
	for _, form := range forms {
		if len(form) != len(parts) {
			continue
		}
		ids := map[string]hub.ID{}
		for i, name := range form {
			id, problem := importID(parts[i])
			if problem != "" {
				return nil, wrong(form, "its part %s is wrong: %q is not an id: %s", name, shorten(parts[i]), problem)
			}
			ids[name] = id
		}
		return ids, nil
	}
	if chatbot := WidgetID(raw); chatbot != raw && forms[0][0] == "chatbot_id" {
		parts = append([]string{chatbot}, forms[0][1:]...)
		return nil, wrong(forms[0], "it is the address of a chatbot, and the id of something in it is missing")
	}
	if len(parts) == 1 {
		return nil, wrong(forms[0], "it has one part instead of %d", len(forms[0]))
	}
	return nil, wrong(forms[0], "it has %d parts instead of %d", len(parts), len(forms[0]))
}

// importID reads an id as people paste it, or says what is wrong with it.
func importID(raw string) (id hub.ID, problem string) {
	digits := strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r) { // dashes of all kinds, and what cannot be seen
			return -1
		}
		return r
	}, raw), "{}")
	id, err := hub.ParseID(digits)
	if err == nil {
		return id, ""
	}
	for _, r := range digits {
		if !strings.ContainsRune("0123456789abcdefABCDEF", r) {
			return "", sprintf("it has %q in it, which is no hexadecimal digit", r)
		}
	}
	return "", sprintf("it has %d digits instead of 32", len(digits))
}

// written shows the forms of import strings, such as <chatbot_id>/<id>, or as <id> alone.
func written(forms [][]string) string {
	var texts []string
	for i, form := range forms {
		text := "<" + strings.Join(form, ">/<") + ">"
		if i > 0 {
			text += " alone"
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ", or as ")
}

// example is a form with those of the parts that are ids. Too few parts are the last ones of the form, because parents are forgotten, and
// too many have the form in front, because there are ids of something within.
func example(form, parts []string) string {
	var texts []string
	own := false
	for i, name := range form {
		if len(parts) < len(form) {
			i -= len(form) - len(parts)
		}
		part := "<" + name + ">"
		if i >= 0 {
			if id, problem := importID(parts[i]); problem == "" {
				part, own = string(id), true
			}
		}
		texts = append(texts, part)
	}
	if !own {
		return ""
	}
	return sprintf(": here %q", strings.Join(texts, "/"))
}

// shorten cuts a text that is repeated in an error.
func shorten(s string) string {
	if r := []rune(s); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return s
}

// inWidget finds the id of a chatbot in the address of its widget, in the iframe with that, and in the snippet of the bubble (api.md §3).
var inWidget = regexp.MustCompile(`/widget/([^/?#\s"'<>]+)|\buuid["']?\s*:\s*["']([^"']+)["']`)

// WidgetID gives the id in the address of a chatbot's widget, or in the HTML that embeds it, as it is written there. Any other text stays.
func WidgetID(raw string) string {
	if found := inWidget.FindStringSubmatch(raw); found != nil {
		return found[1] + found[2]
	}
	return raw
}

// Gone is what a Read does about an object that is not there. It takes it out of the state, so that the next plan makes it anew. Where
// nothing was ever read of it, an import has looked for it, and an error says for what and where; noun is what the object is called.
func Gone(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse, noun string) {
	ids := map[string]string{}
	attributes := map[string]tftypes.Value{}
	_ = req.State.Raw.As(&attributes) // a state is an object
	for name, v := range attributes {
		var text string
		switch {
		case v.IsNull():
		case name != "id" && !strings.HasSuffix(name, "_id") || v.As(&text) != nil:
			resp.State.RemoveResource(ctx)
			return
		default:
			ids[name] = text
		}
	}
	where, advice := "", "It may have been deleted."
	for _, parent := range []string{"chatbot", "session", "agent"} {
		if id := ids[parent+"_id"]; id != "" {
			where = sprintf(" of %s %s", parent, id) + where
			advice = sprintf("It may have been deleted, or belong to another %s.", parent)
		}
	}
	resp.Diagnostics.AddError("Nothing to import", sprintf("There is no %s %s%s. %s Check the import id, and that api_key and base_url are those of the account it is in.", noun, ids["id"], where, advice))
}
