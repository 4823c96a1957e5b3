package hub

import "testing"

// TestSettingsMatchStoredForms: the object of a create whose answer was lost is recognized in the form in which the service stores it.
func TestSettingsMatchStoredForms(t *testing.T) {
	t.Parallel()
	sent := AgentSettings{Type: Background, Name: text("\ufeffA\r\nB\n"), AgentMeta: AgentMeta{Temperature: new(Number(0.7)), Bias: new(Number(1.0 / 3)),
		Tags: &[]AgentTag{{Name: "angry ", Criteria: "Shouts.\r\n", Color: "#aabbcc"}}}}
	stored := func() Agent {
		return Agent{Type: Background, Name: "A\nB", Meta: AgentMeta{Temperature: new(Number(float32(0.7))), Bias: new(Number(float32(1.0 / 3))),
			Tags: &[]AgentTag{{Name: "angry", Criteria: "Shouts.", Color: "#AABBCC"}}}}
	}
	if !sent.matches(stored()) {
		t.Error("the stored form does not match")
	}
	for name, change := range map[string]func(*Agent){
		"number": func(a *Agent) { a.Meta.Temperature = new(Number(0.70001)) },
		"tag":    func(a *Agent) { (*a.Meta.Tags)[0].Criteria = "Shouts!" },
		"tags":   func(a *Agent) { a.Meta.Tags = &[]AgentTag{} },
		"name":   func(a *Agent) { a.Name = "A\n\nB" },
	} {
		other := stored()
		if change(&other); sent.matches(other) {
			t.Errorf("another %s matches", name)
		}
	}
}
