package export

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// functionBlock returns the resource of a tool function. Of headers that look like secrets only the names are written, in a comment, and a URL
// that looks as if it had a secret is a variable.
func (w *writing) functionBlock(b *bot, a hub.Agent, f hub.ToolFunction) *block {
	r := &block{kind: "aichatbothub_tool_function", name: w.names[f.ID], object: f.Name, path: []hub.ID{b.ID, a.ID, f.ID}}
	r.set("chatbot_id", w.id(b.ID))
	r.set("agent_id", w.id(a.ID))
	r.set("name", short(f.Name))
	r.set("description", text(f.Description))
	r.functionURL(f.ExternalURL)
	if f.Method != nil && *f.Method != hub.DefaultFunctionMethod {
		r.set("method", short(*f.Method))
	}
	if f.Enabled != nil && !bool(*f.Enabled) {
		r.set("enabled", boolean(false))
	}
	if f.Meta.AllowProperties != nil && bool(*f.Meta.AllowProperties) {
		r.set("send_session_metadata", boolean(true))
	}
	var shown object
	var secret []string
	for _, name := range slices.Sorted(maps.Keys(f.Headers)) {
		if hub.SecretHeader(name, f.Headers[name]) {
			secret = append(secret, name)
		} else {
			shown = append(shown, member{key: name, value: short(f.Headers[name])})
		}
	}
	if len(shown) > 0 {
		r.set("headers", shown)
	}
	if v, ok := parameters(json.RawMessage(f.Parameters)); ok {
		r.set("parameters", v)
	}
	if len(secret) > 0 {
		var slots []string
		for _, name := range secret {
			slots = append(slots, hub.OneLine(key(name))+" = var."+r.name+"_"+slug(name))
		}
		r.set("", nil, "The function also has secret headers. Their values are not exported. The service keeps them until this argument sets new ones:",
			"secret_headers_wo = { "+strings.Join(slots, ", ")+" }")
	}
	return r
}

// functionURL sets the URL of a tool function. One that looks as if it had a secret is a sensitive variable without a value: no file has the secret,
// and Terraform asks for it.
func (b *block) functionURL(address string) {
	masked := hub.MaskURL(address, "(hidden)")
	if masked == address {
		b.set("url", short(address))
		return
	}
	b.variable = b.name + "_url"
	b.set("url", verbatim{"var." + b.variable, address}, "The URL looks as if it had a secret, so it is not exported: "+hub.Escape(masked))
}

// urlWarning is the warning about variables for URLs.
const urlWarning = "a URL that looks as if it had a secret is not exported, but a variable whose name is that of the resource with _url at its end. Set the variable to the URL that the service has, " +
	"for example with TF_VAR_…_url in the environment. The first plan shows an update of the resource, which sends nothing: Terraform marks the URL as sensitive."
