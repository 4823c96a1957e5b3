package snapshot

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// toolFunctions returns the tool functions of an agent.
func (d *Document) toolFunctions(a hub.Agent) []any {
	if a.ToolFunctions == nil {
		return nil
	}
	var all []object
	for _, f := range *a.ToolFunctions {
		o := toolFunction(f)
		all = append(all, o)
		d.unread(Ref{Kind: ToolFunction, Name: hub.NormalText(f.Name), Agent: hub.NormalText(a.Name)}, o,
			described("tool function", f.Name, f.ID)+" of "+described("agent", a.Name, a.ID), f.Unreadable, func(field string) bool { return !isTime(field) })
	}
	return sorted(all, "name")
}

// toolFunction returns a tool function. Settings that an answer lacks have the defaults of the resource.
func toolFunction(f hub.ToolFunction) object {
	method := hub.DefaultFunctionMethod
	o := object{
		"name": hub.NormalText(f.Name), "url": strings.TrimSpace(f.ExternalURL), "method": *cmp.Or(f.Method, &method),
		"enabled": boolean(f.Enabled, true), "send_session_metadata": boolean(f.Meta.AllowProperties, false),
	}
	put(o, "description", hub.NormalText(f.Description))
	parameters, err := base.NormalJSON(string(f.Parameters))
	if err == nil { // the client accepts JSON only, and an answer without them has none
		put(o, "parameters", parameters)
	}
	addHeaders(o, f.Headers)
	return o
}

// addHeaders adds the headers: of those that look like secrets the names only. Names are compared without case.
func addHeaders(o object, headers hub.Headers) {
	plain, secret := object{}, map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		field := strings.ToLower(name)
		switch before, twice := plain[field].(string); {
		case hub.SecretHeader(name, headers[name]):
			secret[field] = true
		case twice: // HTTP takes two fields of a name for a list
			plain[field] = before + ", " + headers[name]
		default:
			plain[field] = headers[name]
		}
	}
	put(o, "headers", plain)
	put(o, "secret_headers", list(slices.Sorted(maps.Keys(secret))))
}
