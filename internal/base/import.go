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

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Import sets the named attributes of the state, and of the identity, from an import id such as "<chatbot_id>/<id>" or from an identity.
// An import id may contain dashes, upper case letters, white space and braces, because ids are copied from other places.
//
// Without a client an import is an error: nothing could be read, so the state would have ids alone, and the plan would replace the object.
func (r *Resource) Import(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse, names ...string) {
	r.ImportForms(ctx, req, resp, names)
}

// ImportForms is Import for an import id that can be written in several forms, the preferred one first. Each form contains the parts of
// the identity and may contain more.
func (r *Resource) ImportForms(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse, forms ...[]string) {
	if !ready(r.Hub, &resp.Diagnostics) {
		return
	}
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

// identityID reads one id of an identity. An identity is part of a configuration, so only the service's own form is valid.
func identityID(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse, name string) hub.ID {
	var v types.String
	resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root(name), &v)...)
	id := hub.ID(v.ValueString())
	if !id.Valid() {
		detail := fmt.Sprintf("%s = %q is not an id of 32 lower-case hexadecimal digits.", name, v.ValueString())
		if forgiven, problem := importID(v.ValueString()); problem == "" {
			detail += fmt.Sprintf(" Write it as %q.", string(forgiven))
		}
		resp.Diagnostics.AddError("Invalid identity", detail)
	}
	return id
}

// parseImport parses an import id in one of several forms. It returns the ids by attribute name. The error names the part that is wrong
// and shows the right form, with the valid parts of raw filled in.
func parseImport(raw string, forms [][]string) (map[string]hub.ID, error) {
	parts := strings.Split(strings.Trim(strings.TrimSpace(raw), "/"), "/")
	wrong := func(form []string, problem string) error {
		return fmt.Errorf("%q is not an import id. %s. Write it as %s%s", shorten(raw), problem, written(forms), example(form, parts))
	}
	for _, form := range forms {
		if len(form) != len(parts) {
			continue
		}
		ids := map[string]hub.ID{}
		for i, name := range form {
			id, problem := importID(parts[i])
			switch {
			case problem != "" && len(form) == 1:
				return nil, wrong(form, "It "+problem)
			case problem != "":
				return nil, wrong(form, fmt.Sprintf("In the place of <%s>, %q %s", name, shorten(parts[i]), problem))
			}
			ids[name] = id
		}
		return ids, nil
	}
	if chatbot := WidgetID(raw); chatbot != raw && forms[0][0] == "chatbot_id" {
		parts = append([]string{chatbot}, forms[0][1:]...)
		return nil, wrong(forms[0], "It is the address of a chatbot, and the other ids are missing")
	}
	if len(parts) == 1 {
		return nil, wrong(forms[0], fmt.Sprintf("It has one part instead of %d", len(forms[0])))
	}
	return nil, wrong(forms[0], fmt.Sprintf("It has %d parts instead of %d", len(parts), len(forms[0])))
}

// importID parses one id of an import id. problem describes what is wrong with it, and is empty for a valid id.
func importID(raw string) (id hub.ID, problem string) {
	digits := strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r) { // dashes of all kinds, and invisible characters
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
			return "", fmt.Sprintf("contains %q, which is not a hexadecimal digit", r)
		}
	}
	return "", fmt.Sprintf("has %d digits instead of 32", len(digits))
}

// written describes the forms of import ids, such as "<chatbot_id>/<id>, or as <id> alone".
func written(forms [][]string) string {
	var texts []string
	for i, form := range forms {
		text := "<" + strings.Join(form, ">/<") + ">"
		if i > 0 {
			text += " alone"
		}
		texts = append(texts, text)
	}
	digits := ", where each part has 32 hexadecimal digits"
	if len(forms) == 1 && len(forms[0]) == 1 {
		digits = ", which has 32 hexadecimal digits"
	}
	return strings.Join(texts, ", or as ") + digits
}

// example returns a form with the valid parts of an import id filled in, or "" when no part is valid. With too few parts, the parts are
// taken for the last ones of the form, because users leave out the parents. With too many, they are taken for the first ones, because
// users add the id of an object inside.
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
	return fmt.Sprintf(": here %q", strings.Join(texts, "/"))
}

// shorten cuts a text from the configuration to a length that an error can quote.
func shorten(s string) string {
	if r := []rune(s); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return s
}

// inWidget matches the id of a chatbot in the address of its widget, in the iframe, and in the snippet of the chat bubble (api.md §3).
var inWidget = regexp.MustCompile(`/widget/([^/?#\s"'<>]+)|\buuid["']?\s*:\s*["']([^"']+)["']`)

// WidgetID returns the id in the address of a chatbot's widget, or in the HTML that embeds it, as it is written there. It returns any
// other text unchanged.
func WidgetID(raw string) string {
	if found := inWidget.FindStringSubmatch(raw); found != nil {
		return found[1] + found[2]
	}
	return raw
}

// ImportBlock returns an import block for an existing object, to be pasted into a configuration. Terraform does not tell a provider the
// name of a resource, so the block has the placeholder NAME.
func ImportBlock(typeName string, parts ...string) string {
	return fmt.Sprintf("  import {\n    to = %s.NAME\n    id = %q\n  }", typeName, strings.Join(parts, "/"))
}
