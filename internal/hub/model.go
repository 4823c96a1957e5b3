package hub

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// Model is a language model and what a message costs with it.
type Model struct {
	Name    string
	Credits *float64 // message credits per message; nil when the service does not say
}

// modelList is the answer of GET /agent/models.
type modelList struct {
	Object            // without an id: it is a collection of one
	Models modelNames `json:"models"`
}

// modelNames are the names in a list of models. Elements in an unknown form are left out.
type modelNames []string

// UnmarshalJSON implements json.Unmarshaler.
func (n *modelNames) UnmarshalJSON(raw []byte) error {
	switch list := decodeAny(raw).(type) {
	case nil:
	case []any:
		*n = elements(list, func(v any) (string, bool) {
			if _, number := v.(json.Number); number {
				return "", false
			}
			name := textOf(v, "name", "model", "id")
			return name, name != ""
		})
	default:
		return errors.New("models are not a list")
	}
	return nil
}

func (m *modelList) Check() error {
	if m.Models == nil {
		return errors.New("it has no models")
	}
	return nil
}

// modelCosts is the answer of GET /agent/model-costs.
type modelCosts struct {
	Costs map[string]Number `json:"model_costs"`
}

// SetUnreadable implements rest.Lenient: a model whose cost cannot be read has none.
func (*modelCosts) SetUnreadable([]string) {}

// Models lists the names of the models that agents can use. The list is read once for each process: it changes with the service's releases.
func (c *Client) Models(ctx context.Context) ([]string, error) {
	r := rest.Get("/agent/models")
	s, err := consistency.CollectionFrom(c.shared, r, func(ctx context.Context) ([]modelList, error) {
		answer, err := rest.Call[modelList](ctx, c.rest, r, nil)
		return []modelList{answer}, err
	}).List(ctx)
	if err != nil {
		return nil, err
	}
	return slices.Clone(s.Items[0].Models), nil
}

// ListedModels is Models for comparing the models of many agents: a list that fails is not requested again.
func (c *Client) ListedModels(ctx context.Context) ([]string, error) {
	return c.listedModels.get(ctx, c.Models)
}

// ListedCosts is ModelCosts for the same purpose. It is requested once.
func (c *Client) ListedCosts(ctx context.Context) ([]Model, error) {
	return c.listedCosts.get(ctx, c.ModelCosts)
}

// ModelCosts lists the models with the credits that a message costs, by name. Models that only one of the two lists of the service has
// are in it too.
func (c *Client) ModelCosts(ctx context.Context) ([]Model, error) {
	names, err := c.Models(ctx)
	if err != nil {
		return nil, err
	}
	answer, err := rest.Call[modelCosts](ctx, c.rest, rest.Get("/agent/model-costs"), nil)
	if err != nil {
		return nil, err
	}
	all := map[string]*float64{}
	for _, name := range names {
		all[name] = nil
	}
	for name, n := range answer.Costs {
		credits := float64(n)
		all[name] = &credits
	}
	var models []Model
	for _, name := range slices.Sorted(maps.Keys(all)) {
		models = append(models, Model{Name: name, Credits: all[name]})
	}
	return models, nil
}
