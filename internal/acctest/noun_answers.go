package acctest

// answerTest has another file name than its type, because Go takes a name that ends with _test.go for that of a test.
var answerTest = Noun{
	Type:      "answer_test",
	Parts:     &NounParts{Type: session.Type, Attribute: "sessions", NoImport: "An answer test cannot be imported", Left: func([]byte) ([]string, error) { return nil, nil }, NoneLeft: true},
	ListRoute: session.ListRoute,
	Create:    map[string]any{"chatbot_id": nil, "cases": map[string]any{"hours": map[string]any{"ask": []any{"When?"}, "not_contains": []any{"tea"}}}},
	Update:    map[string]any{"variables": map[string]any{"tier": "gold"}},
	Costs: []NounCost{
		{What: "create, one case with one question", Create: map[string]any{"chatbot_id": nil, "cases": map[string]any{"hours": map[string]any{"ask": []any{"When?"}, "not_contains": []any{"tea"}}}}},
		{What: "create, two cases with two questions each", Create: map[string]any{"chatbot_id": nil, "cases": map[string]any{
			"hours": map[string]any{"ask": []any{"Hello!", "When?"}, "not_contains": []any{"tea"}}, "place": map[string]any{"ask": []any{"Hello!", "Where?"}, "not_contains": []any{"tea"}}}}},
		{What: "update that changes `triggers`", Create: map[string]any{"chatbot_id": nil, "triggers": map[string]any{"a": "1"}, "cases": map[string]any{"hours": map[string]any{"ask": []any{"When?"}, "not_contains": []any{"tea"}}}},
			Update: map[string]any{"triggers": map[string]any{"a": "2"}}},
	},
	Updates: []NounUpdates{{
		Base: map[string]string{"chatbot_id": `"CHATBOT"`, "cases": `{ hours = { ask = ["When?"], not_contains = ["tea"] } }`}, Other: []string{"chatbot_id"},
		Changes: []NounUpdate{
			{Attribute: "cases", First: `{ hours = { ask = ["When?"], not_contains = ["tea"] }, place = { ask = ["Where?"], max_chars = 999 } }`, Second: `{ hours = { ask = ["When?"], not_contains = ["tea", "milk"] }, place = { ask = ["Where?"], max_chars = 999 } }`,
				FirstUnknown: []string{"answers.place", "sessions"}, SecondUnknown: []string{"answers.hours", "sessions"}},
			{Attribute: "variables", First: `{ a = "1" }`, Second: `{ a = "2" }`, FirstUnknown: []string{"answers.hours", "sessions"}, SecondUnknown: []string{"answers.hours", "sessions"}},
			{Attribute: "triggers", First: `{ a = "1" }`, Second: `{ a = "2" }`, SecondUnknown: []string{"answers.hours", "sessions"}},
			stores("confirm", `2`, `4`), stores("max_credits", `1`, `2`), stores("on_miss", `"warning"`, `"error"`),
		},
	}},
	Canaries: map[string]map[string]any{
		"a question": {"chatbot_id": nil, "cases": map[string]any{"hours": map[string]any{"ask": []any{canaries}, "not_contains": []any{"tea " + Canary}}}, "variables": map[string]any{"a": Canary}},
	},
}
