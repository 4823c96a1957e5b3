package hub

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// FunctionMethods are the HTTP methods of a tool function (api.md §2).
var FunctionMethods = []string{"GET", "POST", "PUT", "DELETE", "PATCH"}

// DefaultFunctionMethod is the method of a tool function that does not set one.
const DefaultFunctionMethod = "GET"

// MaxFunctionDescription bounds a tool function's description, in characters (exclusive).
const MaxFunctionDescription = 1024

// ToolFunction is an HTTP call that an agent can make (api.md §3). The service answers all headers together, secrets included.
type ToolFunction struct {
	Object
	Name        string     `json:"name"`
	Description string     `json:"description"`
	ExternalURL string     `json:"external_url"`
	Method      *string    `json:"method"`
	Headers     Headers    `json:"headers"`    // nil when the answer lacks them; null and [] are empty
	Parameters  Parameters `json:"parameters"` // nil when the answer lacks them
	Enabled     *Bool      `json:"enabled"`
	Meta        struct {
		AllowProperties *Bool `json:"allow_gpt_trainer_properties"`
	} `json:"meta"`
}

// UnmarshalJSON implements json.Unmarshaler. rest.Decode reads objects in the same way, but not those in other objects.
func (f *ToolFunction) UnmarshalJSON(raw []byte) error {
	type plain ToolFunction
	unreadable, err := rest.DecodeObject(raw, (*plain)(f))
	f.SetUnreadable(unreadable)
	return err
}

// Parameters are the parameters of a tool function, a JSON Schema, as JSON text.
type Parameters json.RawMessage

// UnmarshalJSON implements json.Unmarshaler. It accepts an object, and null or an empty list for no parameters.
func (p *Parameters) UnmarshalJSON(raw []byte) error {
	if raw[0] != '{' && raw[0] != 'n' && !isEmptyList(raw) {
		return errors.New("parameters are not a JSON object")
	}
	*p = slices.Clone(raw)
	return nil
}

// isEmptyList reports whether a JSON value is a list without elements.
func isEmptyList(raw []byte) bool {
	return raw[0] == '[' && len(bytes.TrimSpace(raw[1:len(raw)-1])) == 0
}

// Headers are the header fields of a tool function by name.
type Headers map[string]string

// UnmarshalJSON reads an object; values that are not strings keep their JSON text, and an empty list is an empty object.
func (h *Headers) UnmarshalJSON(raw []byte) error {
	*h = Headers{}
	if isEmptyList(raw) {
		return nil
	}
	var values map[string]Text
	if err := json.Unmarshal(raw, &values); err != nil {
		return errors.New("headers are not a JSON object of strings") // the cause could contain a value
	}
	for name, v := range values {
		(*h)[name] = string(v)
	}
	return nil
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

// Empty reports whether there is nothing to send.
func (s ToolFunctionSettings) Empty() bool {
	return s.Name == nil && s.Description == nil && s.ExternalURL == nil && s.Method == nil && s.Headers == nil && s.Parameters == nil &&
		s.Enabled == nil && s.AllowProperties == nil
}

// ToolFunctions lists the tool functions of an agent. If the agent does not exist, the error is a GoneError.
func (c *Client) ToolFunctions(ctx context.Context, chatbot, agent ID) ([]ToolFunction, error) {
	a, err := c.Agent(ctx, chatbot, agent, "")
	if err != nil {
		return nil, err
	}
	return a.Functions()
}

// ToolFunction reads one tool function of an agent, as it was at notBefore or later: a modified_at that the caller has seen, or "". The
// error is a GoneError if two lists of agents lack it, or if its agent or the chatbot does not exist.
func (c *Client) ToolFunction(ctx context.Context, chatbot, agent, id ID, notBefore string) (ToolFunction, error) {
	col := c.agents(chatbot)
	f, found, err := consistency.Current(ctx, col, notBefore, func() (f ToolFunction, found bool, err error) {
		var unreadable error
		found, err = col.Look(ctx, func(s *consistency.Snapshot[Agent]) (ok bool) {
			f, ok, unreadable = functionIn(s, agent, id)
			return ok
		})
		return f, found, cmp.Or(err, unreadable)
	})
	if err != nil {
		return f, c.chatbotGone(ctx, chatbot, err)
	}
	if !found {
		return f, c.missingIn(ctx, chatbot, id)
	}
	return f, nil
}

// CreateToolFunction creates a tool function. Remember the secrets in s first.
func (c *Client) CreateToolFunction(ctx context.Context, chatbot, agent ID, s ToolFunctionSettings) (ToolFunction, error) {
	path := "/agent/" + string(agent) + "/functions"            // identifies the creates of this agent; no list has this path
	before, _ := functionsIn(c.agents(chatbot).Latest(), agent) // List reports the error, if the create needs it
	return consistency.CreateObject(ctx, c.shared, consistency.Create[ToolFunction]{
		Body: s, Matches: s.matches, Path: path,
		Known: func(id ID) bool {
			return slices.ContainsFunc(before, func(f ToolFunction) bool { return f.ID == id })
		},
		List: func(ctx context.Context) ([]ToolFunction, error) {
			agents, err := c.agents(chatbot).Fresh(ctx)
			if err != nil {
				return nil, err
			}
			return functionsIn(agents, agent)
		},
		Send: func() (ToolFunction, error) {
			return consistency.Write(func() (ToolFunction, error) {
				return rest.Call[ToolFunction](ctx, c.rest, rest.Create("/agent/{uuid}/function/create", agent), s)
			}, c.agents(chatbot))
		},
	})
}

// matches reports whether a tool function can be the one that a create with these settings created. Headers are not compared: a deployment may hide some.
func (s ToolFunctionSettings) matches(f ToolFunction) bool {
	return matchesText(s.Name, shown(f.Name)) && matchesText(s.Description, shown(f.Description)) && matches(s.ExternalURL, shown(f.ExternalURL)) && matches(s.Method, f.Method) &&
		matches((*bool)(s.Enabled), (*bool)(f.Enabled)) && matches((*bool)(s.AllowProperties), (*bool)(f.Meta.AllowProperties))
}

// UpdateToolFunction changes the settings that s names. Remember the secrets in s first.
func (c *Client) UpdateToolFunction(ctx context.Context, chatbot, id ID, s ToolFunctionSettings) (ToolFunction, error) {
	return consistency.Write(func() (ToolFunction, error) {
		return rest.Call[ToolFunction](ctx, c.rest, rest.Update("/function/{uuid}/update", id), s)
	}, c.agents(chatbot))
}

// DeleteToolFunction deletes a tool function.
func (c *Client) DeleteToolFunction(ctx context.Context, chatbot, agent, id ID) error {
	_, err := consistency.Write(func() (empty, error) {
		return rest.Call[empty](ctx, c.rest, rest.Update("/function/{uuid}/delete", id), nil)
	}, c.agents(chatbot))
	return consistency.Deleted(err, func() error { _, err := c.ToolFunction(ctx, chatbot, agent, id, ""); return err })
}

// functionIn returns a tool function of an agent.
func functionIn(s *consistency.Snapshot[Agent], agent, id ID) (f ToolFunction, found bool, err error) {
	functions, err := functionsIn(s, agent)
	for _, f := range functions {
		if f.ID == id {
			return f, true, nil
		}
	}
	return ToolFunction{}, false, err
}

// functionsIn returns the tool functions of an agent, none if the list lacks the agent.
func functionsIn(s *consistency.Snapshot[Agent], agent ID) ([]ToolFunction, error) {
	a, _ := s.Get(agent)
	return a.Functions()
}

// toolFunctionsField is the field of an agent that has its tool functions.
const toolFunctionsField = "tool_functions"

// Functions returns the tool functions of an agent in a list. If the list shows them in an unknown form, that is an error, because none of
// them is known to be deleted.
func (a Agent) Functions() ([]ToolFunction, error) {
	switch {
	case a.IsUnreadable(toolFunctionsField):
		return nil, &AnswerError{Method: http.MethodGet, Path: "/chatbot/{uuid}/agents", Reason: fmt.Sprintf("%s of agent %s cannot be read", toolFunctionsField, a.ID)}
	case a.ToolFunctions == nil:
		return nil, nil
	}
	return *a.ToolFunctions, nil
}
