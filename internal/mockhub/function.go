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

// maxDescription is the length, in characters, that the description of a tool function must be below (api.md §2 and §3).
const maxDescription = 1024

// Function is a stored tool function (api.md §3). Parameters is a JSON object.
type Function struct {
	UUID, AgentUUID                                    string
	Name, Description, ExternalURL, Method, Parameters string
	Headers                                            map[string]string
	Enabled, AllowGPTTrainerProperties                 bool
	CreatedAt, ModifiedAt                              time.Time
}

// clone returns a copy that shares no memory with f.
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
	if _, found := h.store.Agents.get(c.id); !found {
		return h.agentNotFound(c)
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
	f, found := h.store.Functions.get(c.id)
	if !found {
		return h.functionNotFound(c)
	}
	c.body.requireAny()
	f.read(c)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	f.ModifiedAt = c.now.Truncate(time.Second)
	h.store.Functions.put(c.now, f.UUID, f)
	return ok(f.render(c.quirks))
}

func (h *Hub) deleteFunction(c *call) answer {
	return deleteOne(c, &h.store.Functions, "tool function", h.store.Functions.remove)
}

func (h *Hub) functionNotFound(c *call) answer {
	return notFound(c, "tool function", h.store.Functions.existed(c.id))
}

// read reads the body of a request into f.
func (f *Function) read(c *call) {
	o := c.body
	o.allowOnly("name", "description", "external_url", "method", "headers", "parameters", "enabled", "allow_gpt_trainer_properties")
	o.nonEmptyText("name", &f.Name, c.trim)
	o.nonEmptyText("description", &f.Description, c.trim)
	if utf8.RuneCountInString(f.Description) >= maxDescription && o.fields["description"] != nil {
		o.addProblem(fmt.Sprintf("ensure this value has at most %d characters", maxDescription-1), "value_error.any_str.max_length", "description")
	}
	o.httpURL("external_url", &f.ExternalURL)
	o.choice("method", &f.Method, http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch)
	headers := f.Headers
	o.dictionary("headers", &f.Headers)
	if c.quirks.HeadersMerge {
		f.Headers = maps.Clone(f.Headers)
		for name, value := range headers {
			if _, sent := f.Headers[name]; !sent {
				f.Headers[name] = value
			}
		}
	}
	if o.object("parameters", func(*object) {}) {
		f.Parameters = string(o.fields["parameters"])
	}
	o.zeroOrOne("enabled", &f.Enabled)
	o.zeroOrOne("allow_gpt_trainer_properties", &f.AllowGPTTrainerProperties)
}

// render is the tool function in an answer. The quirks of numbers and extra fields do not apply to headers and parameters,
// which have the caller's values.
func (f Function) render(q Quirks) map[string]any {
	parameters := json.RawMessage(f.Parameters)
	if q.ParametersReordered {
		parameters = sortKeys(parameters)
	}
	headers := map[string]string{}
	maps.Copy(headers, f.Headers)
	out := map[string]any{
		"uuid": f.UUID, "name": f.Name, "description": f.Description, "external_url": f.ExternalURL, "method": f.Method,
		"headers": headers, "parameters": parameters, "enabled": zeroOrOne(q, f.Enabled),
		"created_at": formatTime(f.CreatedAt), "modified_at": formatTime(f.ModifiedAt),
		"meta": map[string]any{"allow_gpt_trainer_properties": zeroOrOne(q, f.AllowGPTTrainerProperties)},
	}
	if q.HeadersMissing {
		delete(out, "headers")
	}
	return out
}

// sortKeys returns JSON with the keys of all objects sorted.
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
