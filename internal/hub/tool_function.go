package hub

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// FunctionMethods are the HTTP methods of a tool function (api.md §2).
var FunctionMethods = []string{"GET", "POST", "PUT", "DELETE", "PATCH"}

// DefaultFunctionMethod is the method of a tool function that names none.
const DefaultFunctionMethod = "GET"

// MaxFunctionDescription bounds a tool function's description, in characters (exclusive).
const MaxFunctionDescription = 1024

// ToolFunction is an HTTP call that an agent can make (api.md §3). The service answers all headers together, secrets included.
type ToolFunction struct {
	Object
	Name        string          `json:"name"`
	Description string          `json:"description"`
	ExternalURL string          `json:"external_url"`
	Method      *string         `json:"method"`
	Headers     Headers         `json:"headers"`    // nil when the answer lacks them; null and [] are empty
	Parameters  json.RawMessage `json:"parameters"` // nil when the answer lacks them
	Enabled     *Bool           `json:"enabled"`
	Meta        struct {
		AllowProperties *Bool `json:"allow_gpt_trainer_properties"`
	} `json:"meta"`
}

// Headers are the header fields of a tool function by name.
type Headers map[string]string

// UnmarshalJSON reads an object; values that are no strings keep their JSON text, and an empty list is an empty object.
func (h *Headers) UnmarshalJSON(raw []byte) error {
	*h = Headers{}
	var empty []any
	if json.Unmarshal(raw, &empty) == nil && len(empty) == 0 {
		return nil
	}
	var values map[string]Text
	if err := json.Unmarshal(raw, &values); err != nil {
		return errors.New("headers are no JSON object of texts") // the cause could quote a value
	}
	for name, v := range values {
		(*h)[name] = string(v)
	}
	return nil
}

// CredentialHeader says whether a header's name looks like that of a secret. The service does not tell secret headers from others
// (api.md §3), so the name is all there is to go by. The documentation of tool functions tells users the same rule.
func CredentialHeader(name string) bool {
	name = strings.ToLower(name)
	switch name {
	case "authorization", "proxy-authorization", "cookie":
		return true
	}
	return slices.ContainsFunc([]string{"key", "token", "secret", "signature", "password"}, func(part string) bool { return strings.Contains(name, part) })
}

// ToolFunctionSettings is the body of create and update; a nil field is left out.
type ToolFunctionSettings struct {
	Name            *string         `json:"name,omitempty"`
	Description     *string         `json:"description,omitempty"`
	ExternalURL     *string         `json:"external_url,omitempty"`
	Method          *string         `json:"method,omitempty"`
	Headers         *Headers        `json:"headers,omitempty"`
	Parameters      json.RawMessage `json:"parameters,omitempty"`
	Enabled         *Flag           `json:"enabled,omitempty"`
	AllowProperties *Flag           `json:"allow_gpt_trainer_properties,omitempty"`
}

// Empty says whether there is nothing to send.
func (s ToolFunctionSettings) Empty() bool {
	return s.Name == nil && s.Description == nil && s.ExternalURL == nil && s.Method == nil && s.Headers == nil && s.Parameters == nil &&
		s.Enabled == nil && s.AllowProperties == nil
}

// ToolFunctions lists the tool functions of an agent. An agent that is gone is a GoneError.
func (c *Client) ToolFunctions(ctx context.Context, chatbot, agent ID) ([]ToolFunction, error) {
	a, err := c.Agent(ctx, chatbot, agent)
	if err != nil || a.ToolFunctions == nil {
		return nil, err
	}
	return *a.ToolFunctions, nil
}

// ToolFunction finds one tool function of an agent. It is gone when two lists of agents lack it, or its agent, or the chatbot is gone.
func (c *Client) ToolFunction(ctx context.Context, chatbot, agent, id ID) (ToolFunction, error) {
	col := c.agents(chatbot)
	f, found, err := current(ctx, c, col, func() (f ToolFunction, found bool, err error) {
		found, err = col.look(ctx, func(s *snapshot[Agent]) (ok bool) {
			f, ok = functionIn(s, agent, id)
			return ok
		})
		return f, found, err
	})
	if err != nil {
		return f, c.parentOr(ctx, chatbot, err)
	}
	if !found {
		return f, c.missing(ctx, chatbot, id)
	}
	return f, nil
}

// functionIn finds a tool function within its agent.
func functionIn(s *snapshot[Agent], agent, id ID) (ToolFunction, bool) {
	for _, f := range functionsIn(s, agent) {
		if f.ID == id {
			return f, true
		}
	}
	return ToolFunction{}, false
}

// functionsIn are the tool functions of an agent.
func functionsIn(s *snapshot[Agent], agent ID) []ToolFunction {
	a, ok := s.get(agent)
	if !ok || a.ToolFunctions == nil {
		return nil
	}
	return *a.ToolFunctions
}

// CreateToolFunction makes a tool function. secrets are values that no error may repeat, whatever the service says.
func (c *Client) CreateToolFunction(ctx context.Context, chatbot, agent ID, s ToolFunctionSettings, secrets []string) (ToolFunction, error) {
	col := c.agents(chatbot)
	b := &birth[ToolFunction]{path: col.path + "#" + string(agent), sent: s, fits: s.fits}
	b.send = func() (ToolFunction, error) {
		return write(col, func() (ToolFunction, error) {
			return call[ToolFunction](withSecrets(ctx, secrets), c, create("/agent/{uuid}/function/create", agent), s)
		}, nil)
	}
	b.list = func(ctx context.Context) ([]ToolFunction, error) {
		all, err := col.begunSince(ctx, col.generation(), col.begun())
		if err != nil {
			return nil, err
		}
		return functionsIn(all, agent), nil
	}
	before := functionsIn(col.onHand(), agent)
	b.seen = func(id ID) bool {
		return slices.ContainsFunc(before, func(f ToolFunction) bool { return f.ID == id })
	}
	return bear(ctx, c, b)
}

// fits says whether a tool function can be what a create with these settings has made. Headers tell nothing: a deployment may hide some.
func (s ToolFunctionSettings) fits(f ToolFunction) bool {
	return sameText(s.Name, &f.Name) && sameText(s.Description, &f.Description) && same(s.ExternalURL, &f.ExternalURL) && same(s.Method, f.Method) &&
		same((*bool)(s.Enabled), (*bool)(f.Enabled)) && same((*bool)(s.AllowProperties), (*bool)(f.Meta.AllowProperties))
}

// UpdateToolFunction changes the settings that s names. secrets are values that no error may repeat.
func (c *Client) UpdateToolFunction(ctx context.Context, chatbot, id ID, s ToolFunctionSettings, secrets []string) (ToolFunction, error) {
	return write(c.agents(chatbot), func() (ToolFunction, error) {
		return call[ToolFunction](withSecrets(ctx, secrets), c, update("/function/{uuid}/update", id), s)
	}, nil)
}

// DeleteToolFunction deletes a tool function.
func (c *Client) DeleteToolFunction(ctx context.Context, chatbot, agent, id ID) error {
	_, err := write(c.agents(chatbot), func() (success, error) {
		return call[success](ctx, c, update("/function/{uuid}/delete", id), nil)
	}, nil)
	return deleted(err, func() error { _, err := c.ToolFunction(ctx, chatbot, agent, id); return err })
}
