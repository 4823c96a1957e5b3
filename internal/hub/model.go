package hub

import (
	"context"
	"errors"
	"maps"
	"slices"
)

// Model is a language model and what a message costs with it.
type Model struct {
	Name    string
	Credits *float64 // message credits per message; nil when the service does not say
}

// modelList is the answer of GET /agent/models.
type modelList struct {
	Object          // without an id: it is a collection of one
	Models []string `json:"models"`
}

func (m *modelList) check() error {
	if m.Models == nil {
		return errors.New("it has no models")
	}
	return nil
}

// modelCosts is the answer of GET /agent/model-costs.
type modelCosts struct {
	Costs map[string]Number `json:"model_costs"`
}

// Models lists the names of the models that agents can use. It is asked once per process; the list changes with the service's releases.
func (c *Client) Models(ctx context.Context) ([]string, error) {
	s, err := collectionFor(c, get("/agent/models"), func(ctx context.Context, r route) ([]modelList, error) {
		answer, err := call[modelList](ctx, c, r, nil)
		return []modelList{answer}, err
	}).list(ctx)
	if err != nil {
		return nil, err
	}
	return slices.Clone(s.items[0].Models), nil
}

// ModelCosts lists the models with the credits that a message costs, by name. Models that only one of the two lists of the service has
// are in it too.
func (c *Client) ModelCosts(ctx context.Context) ([]Model, error) {
	names, err := c.Models(ctx)
	if err != nil {
		return nil, err
	}
	answer, err := call[modelCosts](ctx, c, get("/agent/model-costs"), nil)
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
