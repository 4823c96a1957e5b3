package mockhub

import (
	"maps"
	"net/http"
	"slices"
	"time"
)

// defaultModel is the model of an agent of which none is said.
const defaultModel = "gpt-4o-mini-4k"

// modelCosts are the models and their costs in message credits. The real lists change often (api.md §3).
func modelCosts() map[string]float64 {
	return map[string]float64{defaultModel: 1, "gpt-4o-mini-16k": 4, "gpt-4o-8k": 10, "gpt-5-8k": 10}
}

func modelRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/agent/models", serve: (*Hub).listModels},
		{method: http.MethodGet, path: "/agent/model-costs", serve: (*Hub).listModelCosts},
	}
}

func (h *Hub) listModels(c *call) answer {
	if c.quirks.ModelsMissing != "" {
		return noEndpoint(c.quirks, c.quirks.ModelsMissing)
	}
	models := []any{}
	for _, model := range slices.Sorted(maps.Keys(h.store.models())) {
		models = append(models, model)
	}
	return ok(map[string]any{"models": models})
}

func (h *Hub) listModelCosts(c *call) answer {
	if c.quirks.ModelCostsMissing != "" {
		return noEndpoint(c.quirks, c.quirks.ModelCostsMissing)
	}
	costs := map[string]any{}
	for model, cost := range h.store.models() {
		costs[model] = cost
	}
	return ok(map[string]any{"model_costs": costs})
}

// noEndpoint is the answer of a deployment that does not know the path: the web app's page, or 404.
func noEndpoint(q Quirks, how string) answer {
	if how == "page" {
		return page(http.StatusOK, "AI Chatbot Hub")
	}
	return failure(q, http.StatusNotFound, "not found")
}

// models are the models that there are, with their costs.
func (s *store) models() map[string]float64 {
	if s.Models == nil {
		return modelCosts()
	}
	return s.Models
}

// SetModels replaces the models and their costs in message credits, as the service does from time to time. Agents keep the
// models they have. nil brings back the models of the beginning.
func (h *Hub) SetModels(costs map[string]float64) {
	h.outside(func(time.Time) bool {
		h.store.Models = maps.Clone(costs)
		return true
	})
}
