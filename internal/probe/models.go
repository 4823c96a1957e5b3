package probe

import (
	"context"
	"net/http"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// The readings of an endpoint that a deployment may lack.
const (
	pageInstead  = "a web page instead"
	errorInstead = "an error instead"
)

var modelFacts = []fact{
	{
		id: "models-list", section: "§2", documented: `{"models": […]}`, alone: true,
		readings: []reading{{name: "a list of names"}, {name: pageInstead, quirk: "ModelsMissing=page"}, {name: errorInstead, quirk: "ModelsMissing=404"}},
		note:     "Without the list there is no warning about an unknown model. The data source aichatbothub_models needs it.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			return p.endpoint(ctx, "/agent/models", func(body map[string]any) string {
				names, isList := body["models"].([]any)
				for _, name := range names {
					if _, isText := name.(string); !isText {
						return ""
					}
				}
				return nonZero(isList, len(names), "a list of names")
			})
		},
	},
	{
		id: "model-costs", section: "§2", documented: `{"model_costs": {…}}`, alone: true,
		readings: []reading{{name: "a number for each name"}, {name: pageInstead, quirk: "ModelCostsMissing=page"}, {name: errorInstead, quirk: "ModelCostsMissing=404"}},
		note:     "Only the data source aichatbothub_models needs it.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			return p.endpoint(ctx, "/agent/model-costs", func(body map[string]any) string {
				costs, isObject := body["model_costs"].(map[string]any)
				for _, cost := range costs {
					if _, isNumber := numberOf(cost); !isNumber {
						return ""
					}
				}
				return nonZero(isObject, len(costs), "a number for each name")
			})
		},
	},
	{
		id: "bad-model", section: "§3", documented: "nothing",
		readings: []reading{{name: "422"}, {name: "400", reason: "The provider reports every refusal of a create in the same way."}, {name: "accepted", quirk: "AcceptsAnyModel=true"}},
		note:     "Every name is sent. A name that is not in the list of models causes a warning.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			a, err := p.do(ctx, rest.Create("/chatbot/{uuid}/agent/create", p.chatbot),
				map[string]any{"name": "Probe of a model", "type": "user-facing", "description": "A test.", "model": "probe-4k"})
			if err == nil && a.ok() && id(a.object()) != "" {
				return saw("accepted")
			}
			return refusal(a, err)
		},
	},
}

// endpoint returns the reading of an endpoint that a deployment may lack. form returns the reading of a valid body, and "" for any other.
func (p *probe) endpoint(ctx context.Context, path string, form func(map[string]any) string) (observation, error) {
	a, err := p.do(ctx, rest.Get(path), nil)
	switch {
	case err != nil:
		return observation{}, err
	case a.isPage():
		return sawWith(pageInstead, a.form())
	case a.Status >= http.StatusInternalServerError:
		return observation{}, a.unexpected("the request")
	case a.Status >= http.StatusBadRequest:
		return sawWith(errorInstead, a.form())
	case a.ok() && a.object() != nil:
		if reading := form(a.object()); reading != "" {
			return saw(reading)
		}
	}
	return sawWith("another form", a.form())
}

// nonZero returns a reading, or one for an empty collection, or "" if the value is none.
func nonZero(is bool, n int, reading string) string {
	switch {
	case !is:
		return ""
	case n == 0:
		return "an empty list"
	}
	return reading
}
