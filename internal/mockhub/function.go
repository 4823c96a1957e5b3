package mockhub

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"time"
	"unicode/utf8"
)

// maxDescription is the length that the description of a tool function stays below, in characters (api.md §2 and §3).
const maxDescription = 1024

// Function is a stored tool function (api.md §3). Parameters is the text of a JSON object.
type Function struct {
	UUID, AgentUUID                                    string
	Name, Description, ExternalURL, Method, Parameters string
	Headers                                            map[string]string
	Enabled, AllowGPTTrainerProperties                 bool
	CreatedAt, ModifiedAt                              time.Time
}

// clone returns a copy that shares nothing with f.
func (f Function) clone() Function {
	f.Headers = maps.Clone(f.Headers)
	return f
}

func functionRoutes() []route {
	return []route{
		{method: http.MethodPost, path: "/agent/{uuid}/function/create", body: readObject, serve: (*Hub).createFunction},
		{method: http.MethodPost, path: "/function/{uuid}/update", body: readObject, serve: (*Hub).updateFunction},
		{method: http.MethodPost, path: "/function/{uuid}/delete", serve: (*Hub).deleteFunction},
	}
}

func (h *Hub) createFunction(c *call) answer {
	if _, is := h.store.Agents.get(c.id); !is {
		return h.noAgent(c)
	}
	now := c.now.Truncate(time.Second)
	f := Function{
		UUID: newUUID(), AgentUUID: c.id, Method: http.MethodGet, Parameters: "{}", Headers: map[string]string{},
		CreatedAt: now, ModifiedAt: now,
	}
	c.body.require("name", "description", "external_url")
	f.read(c)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	h.store.Functions.put(c.now, f.UUID, f)
	return ok(f.render(c.quirks))
}

func (h *Hub) updateFunction(c *call) answer {
	f, is := h.store.Functions.get(c.id)
	if !is {
		return h.noFunction(c)
	}
	c.body.some()
	f.read(c)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	f.ModifiedAt = c.now.Truncate(time.Second)
	h.store.Functions.put(c.now, f.UUID, f)
	return ok(f.render(c.quirks))
}

func (h *Hub) deleteFunction(c *call) answer {
	if h.store.Functions.remove(c.now, c.id) {
		return success()
	}
	if c.quirks.SecondDeleteSucceeds && h.store.Functions.had(c.id) {
		return success()
	}
	return h.noFunction(c)
}

func (h *Hub) noFunction(c *call) answer {
	return missing(c, "tool function", h.store.Functions.had(c.id))
}

// read puts what the request's body says into f.
func (f *Function) read(c *call) {
	o := c.body
	o.only("name", "description", "external_url", "method", "headers", "parameters", "enabled", "allow_gpt_trainer_properties")
	o.fullText("name", &f.Name, c.trim)
	o.fullText("description", &f.Description, c.trim)
	if utf8.RuneCountInString(f.Description) >= maxDescription && o.fields["description"] != nil {
		o.add(fmt.Sprintf("ensure this value has at most %d characters", maxDescription-1), "value_error.any_str.max_length", "description")
	}
	o.link("external_url", &f.ExternalURL)
	o.choice("method", &f.Method, http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch)
	o.dictionary("headers", &f.Headers)
	if o.object("parameters", func(*object) {}) {
		f.Parameters = string(o.fields["parameters"])
	}
	o.bit("enabled", &f.Enabled)
	o.bit("allow_gpt_trainer_properties", &f.AllowGPTTrainerProperties)
}

// render is the tool function in an answer. Headers and parameters are the caller's own: the quirks leave them alone.
func (f Function) render(q Quirks) map[string]any {
	parameters := json.RawMessage(f.Parameters)
	if q.ParametersReordered {
		parameters = sortKeys(parameters)
	}
	headers := map[string]string{}
	maps.Copy(headers, f.Headers)
	return map[string]any{
		"uuid": f.UUID, "name": f.Name, "description": f.Description, "external_url": f.ExternalURL, "method": f.Method,
		"headers": headers, "parameters": parameters, "enabled": bit(q, f.Enabled),
		"created_at": stamp(f.CreatedAt), "modified_at": stamp(f.ModifiedAt),
		"meta": map[string]any{"allow_gpt_trainer_properties": bit(q, f.AllowGPTTrainerProperties)},
	}
}

// sortKeys writes JSON with the keys of its objects in order.
func sortKeys(raw json.RawMessage) json.RawMessage {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return raw
	}
	out, err := json.Marshal(v)
	if err != nil {
		return raw
	}
	return out
}
