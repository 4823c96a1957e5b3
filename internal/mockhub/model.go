package mockhub

import "net/http"

// modelCosts are the models and their costs in message credits. The real lists change often (api.md §3).
func modelCosts() map[string]int {
	return map[string]int{"gpt-4o-mini-4k": 1, "gpt-4o-mini-16k": 4, "gpt-4o-8k": 10, "gpt-5-8k": 10}
}

func modelRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/agent/models", serve: (*Hub).listModels},
		{method: http.MethodGet, path: "/agent/model-costs", serve: (*Hub).listModelCosts},
	}
}

func (h *Hub) listModels(*call) answer {
	return ok(map[string]any{"models": []any{"gpt-4o-mini-4k", "gpt-4o-mini-16k", "gpt-4o-8k", "gpt-5-8k"}})
}

func (h *Hub) listModelCosts(*call) answer {
	costs := map[string]any{}
	for model, cost := range modelCosts() {
		costs[model] = cost
	}
	return ok(map[string]any{"model_costs": costs})
}
