package mockhub_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestSetModels(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	before := w.do("GET", "/agent/models", "").object(t)["models"]
	costs := map[string]float64{"gpt-6-8k": 2, "a-1k": 0.5}
	w.SetModels(costs)
	costs["late-1k"] = 1
	w.do("GET", "/agent/models", "").is(t, 200, `{"models":["a-1k","gpt-6-8k"]}`)
	w.do("GET", "/agent/model-costs", "").is(t, 200, `{"model_costs":{"a-1k":0.5,"gpt-6-8k":2}}`)
	id := w.DefaultAgent(chatbotID)
	w.updateAgent(id, `{"model":"gpt-6-8k"}`)
	w.refused("/agent/"+id+"/update", "", refusal{`"model":"gpt-5-8k"`, `"model"`, noModel})
	w.SetModels(map[string]float64{})
	w.do("GET", "/agent/models", "").is(t, 200, `{"models":[]}`)
	// An agent keeps a model that was removed, and can be updated without it.
	if got := w.updateAgent(id, `{"enabled":false}`)["meta"].(map[string]any)["model"]; got != "gpt-6-8k" {
		t.Errorf("model %v", got)
	}
	w.SetModels(nil)
	if restored := w.do("GET", "/agent/models", "").object(t)["models"]; !reflect.DeepEqual(restored, before) {
		t.Errorf("restored %v", restored)
	}
}

func TestModelsMissing(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	for path, set := range map[string]func(q *mockhub.Quirks, how string){
		"/agent/models":      func(q *mockhub.Quirks, how string) { q.ModelsMissing = how },
		"/agent/model-costs": func(q *mockhub.Quirks, how string) { q.ModelCostsMissing = how },
	} {
		w.SetQuirks(func(q *mockhub.Quirks) { set(q, "page") })
		if r := w.do("GET", path, ""); r.status != 200 || !strings.HasPrefix(r.body, "<!doctype html>") || r.header.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("%s: %+v", path, r)
		}
		w.SetQuirks(func(q *mockhub.Quirks) { set(q, "404") })
		w.do("GET", path, "").is(t, 404, `{"error":"not found"}`)
		w.SetQuirks(func(q *mockhub.Quirks) { set(q, "") })
		w.do("GET", path, "").object(t)
	}
	w.SetQuirks(func(q *mockhub.Quirks) { q.NumbersAsFloats = true })
	w.SetModels(map[string]float64{"gpt-5-8k": 10, "gpt-6-8k": 0.5})
	w.do("GET", "/agent/model-costs", "").is(t, 200, `{"model_costs":{"gpt-5-8k":10.0,"gpt-6-8k":0.5}}`)
}
