package probe

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// toolFunctionObjects is the tool function of the run.
type toolFunctionObjects struct {
	function memo[rest.ID]
	changed  memo[answer]         // the answer to the update of its headers
	listed   memo[map[string]any] // the tool function in the list of agents after that
}

// parameters are the parameters of the tool function. Their keys are not in the order of the alphabet.
const parameters = `{"type":"object","properties":{"number":{"type":"number","minimum":1.50},"city":{"type":"string"}},"required":["number"]}`

// The headers of the tool function, before and after the update. Nothing calls the function: it and its agent's chatbot are private and it is
// disabled.
var (
	firstHeaders  = map[string]string{"X-Probe-First": "first", "Authorization": "Bearer probe"}
	secondHeaders = map[string]string{"X-Probe-Second": "second", "Authorization": "Bearer probe"}
)

// toolFunction returns the tool function of the run.
func (p *probe) toolFunction(ctx context.Context) (rest.ID, error) {
	return p.function.get(func() (rest.ID, error) {
		agent, err := p.userAgent(ctx)
		if err != nil {
			return "", err
		}
		a, err := p.do(ctx, rest.Create("/agent/{uuid}/function/create", agent.id), map[string]any{"name": "probe", "description": "A test.",
			"external_url": "https://example.com/probe", "method": "POST", "headers": firstHeaders, "parameters": json.RawMessage(parameters), "enabled": 0})
		if err != nil || !a.ok() || id(a.object()) == "" {
			return "", firstError(err, a, "the create of a tool function")
		}
		return id(a.object()), nil
	})
}

// changedFunction returns the answer to an update with other headers.
func (p *probe) changedFunction(ctx context.Context) (answer, error) {
	return p.changed.get(func() (answer, error) {
		function, err := p.toolFunction(ctx)
		if err != nil {
			return answer{}, err
		}
		a, err := p.do(ctx, rest.Update("/function/{uuid}/update", function), map[string]any{"headers": secondHeaders, "description": oddText})
		if err != nil || !a.isAbout(function) {
			return answer{}, firstError(err, a, "an update of a tool function")
		}
		return a, nil
	})
}

// listedFunction returns the tool function in the list of agents after the update.
func (p *probe) listedFunction(ctx context.Context) (map[string]any, error) {
	return p.listed.get(func() (map[string]any, error) {
		if _, err := p.changedFunction(ctx); err != nil {
			return nil, err
		}
		agent, err := p.lastAgent(ctx, p.user.value.id)
		if err != nil {
			return nil, err
		}
		functions, _ := agent["tool_functions"].([]any)
		for _, function := range functions {
			if object, _ := function.(map[string]any); id(object) == p.function.value {
				if sameText(object["description"], oddText) {
					p.texts = append(p.texts, sentText{name: "description of the tool function", stored: object["description"]})
				}
				return object, nil
			}
		}
		return nil, errors.New("the list of agents does not contain the new tool function")
	})
}

// The readings of the headers in answers. notShown is one of the update of headers as well.
const (
	shown    = "shown"
	notShown = "not shown"
)

var toolFunctionFacts = []fact{
	{
		id: "function-headers", section: "§3", documented: "shown",
		readings: []reading{{name: shown}, {name: notShown, quirk: "HeadersMissing=true"}},
		note:     "If headers are not shown, changes of them outside of Terraform are not detected, and an update of headers needs secret_headers_wo.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			function, err := p.listedFunction(ctx)
			if err != nil {
				return observation{}, err
			}
			headers, found := function["headers"]
			object, isObject := headers.(map[string]any)
			switch {
			case !found:
				return saw(notShown)
			case !isObject:
				return saw("in another form")
			}
			for _, name := range slices.Sorted(maps.Keys(secondHeaders)) {
				if stored, found := object[name]; !found {
					return sawWith("not all are shown", "without "+name)
				} else if stored != secondHeaders[name] {
					return sawWith("with other values", name)
				}
			}
			return saw(shown)
		},
	},
	{
		id: "function-headers-update", section: "§2", documented: "nothing",
		readings: []reading{{name: "replaces all"}, {name: "keeps those that are left out", quirk: "HeadersMerge=true"}, {name: notShown, quirk: "HeadersMissing=true"}},
		note:     "All headers are sent. One that the service keeps shows as a warning and in the next plan.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			function, err := p.listedFunction(ctx)
			if err != nil {
				return observation{}, err
			}
			headers, isObject := function["headers"].(map[string]any)
			_, first := headers["X-Probe-First"]
			_, second := headers["X-Probe-Second"]
			switch {
			case !isObject:
				return saw(notShown)
			case !second:
				return saw("the update was not applied")
			case first:
				return saw("keeps those that are left out")
			}
			return saw("replaces all")
		},
	},
	{
		id: "function-parameters-form", section: "§3", documented: "a JSON object",
		readings: []reading{{name: asSent}, {name: "with sorted keys", quirk: "ParametersReordered=true"},
			{name: "with another order or spelling", reason: "Parameters are compared as JSON values. ParametersReordered stands for it."}},
		note: "The order of keys, white space and the spelling of numbers are ignored.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			a, err := p.changedFunction(ctx)
			if err != nil {
				return observation{}, err
			}
			var body struct {
				Parameters json.RawMessage `json:"parameters"`
			}
			if err := json.Unmarshal(a.Body, &body); err != nil || len(body.Parameters) == 0 {
				return observation{}, errors.New("the answer has no parameters")
			}
			return saw(parametersForm(body.Parameters))
		},
	},
}

// parametersForm returns the form of stored parameters.
func parametersForm(stored []byte) string {
	var compact bytes.Buffer
	var got, want any
	if json.Compact(&compact, stored) != nil || json.Unmarshal(stored, &got) != nil || json.Unmarshal([]byte(parameters), &want) != nil {
		return "not JSON"
	}
	if text, isText := got.(string); isText && json.Unmarshal([]byte(text), &got) == nil {
		return "a text"
	}
	inOrder, _ := rest.DecodeAny([]byte(parameters))
	sorted, _ := json.Marshal(inOrder) // the encoder sorts keys; what was decoded can be encoded
	switch {
	case !reflect.DeepEqual(got, want):
		return "other parameters"
	case compact.String() == parameters:
		return asSent
	case bytes.Equal(compact.Bytes(), sorted):
		return "with sorted keys"
	}
	return "with another order or spelling"
}
