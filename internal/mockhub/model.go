package mockhub

import (
	"maps"
	"net/http"
	"slices"
	"time"
)

// defaultModel is the model of an agent that was created without one.
const defaultModel = "gpt-4o-mini-4k"

// modelCosts returns the models and their costs in message credits. The service changes its lists often (api.md §3).
func modelCosts() map[string]float64 {
	return map[string]float64{
		defaultModel: 1, "gpt-4o-mini-8k": 2, "gpt-4o-mini-16k": 4, "gpt-4o-mini-32k": 8, "gpt-4o-4k": 5, "gpt-4o-8k": 10, "gpt-4o-16k": 20, "gpt-4o-32k": 40,
		"gpt-4.1-8k": 8, "gpt-4.1-16k": 16, "gpt-4.1-32k": 32, "gpt-4.1-mini-8k": 2, "gpt-4.1-mini-16k": 4, "gpt-5-8k": 10, "gpt-5-16k": 20, "gpt-5-32k": 40,
		"gpt-5-mini-8k": 2, "gpt-5-mini-16k": 4, "claude-4.5-haiku-16k": 6, "claude-4.5-sonnet-16k": 18, "claude-4.5-sonnet-128k": 140,
		"gemini-2.5-flash-64k": 5, "gemini-2.5-pro-64k": 60,
	}
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

// noEndpoint is the answer of a deployment that does not have the endpoint. how is "page" for a page of the web app, or
// "404".
func noEndpoint(q Quirks, how string) answer {
	if how == "page" {
		return page(http.StatusOK, "AI Chatbot Hub")
	}
	return failure(q, http.StatusNotFound, "not found")
}

// models returns the available models and their costs in message credits.
func (s *store) models() map[string]float64 {
	if s.Models == nil {
		return modelCosts()
	}
	return s.Models
}

// SetModels replaces the available models and their costs in message credits, as the service does from time to time.
// Existing agents keep their models. nil restores the models that a new hub has.
func (h *Hub) SetModels(costs map[string]float64) {
	h.modify(func(time.Time) bool {
		h.store.Models = maps.Clone(costs)
		return true
	})
}
