package acctest

import "encoding/json"

var knowledgeBase = Noun{
	Type:      "knowledge_base",
	Parts:     &NounParts{Type: source.Type, Attribute: "source_ids", NoImport: "A knowledge base cannot be imported", Left: sourcesLeft},
	ListRoute: source.ListRoute,
	Create:    map[string]any{"chatbot_id": nil, "questions": map[string]any{"When?": "At 9."}},
	Update:    map[string]any{"questions": map[string]any{"When?": "At 10."}},
	Costs: []NounCost{
		{What: "create, one file", Create: map[string]any{"chatbot_id": nil, "folder": map[string]any{"path": "FOLDER"}}},
		{What: "create, one question", Create: map[string]any{"chatbot_id": nil, "questions": map[string]any{"When?": "At 9."}}},
		{What: "create, one page", Create: map[string]any{"chatbot_id": nil, "pages": []any{"https://example.com/"}}},
		{What: "create, three questions", Create: map[string]any{"chatbot_id": nil, "questions": map[string]any{"When?": "At 9.", "Where?": "Here.", "Who?": "We."}}},
		{What: "update, one document changed", Create: map[string]any{"chatbot_id": nil, "questions": map[string]any{"When?": "At 9."}}, Update: map[string]any{"questions": map[string]any{"When?": "At 10."}}},
		{What: "update, one document removed", Create: map[string]any{"chatbot_id": nil, "questions": map[string]any{"When?": "At 9.", "Where?": "Here."}}, Update: map[string]any{"questions": map[string]any{"When?": "At 9."}}},
		{What: "update of `retrain_triggers`", Create: map[string]any{"chatbot_id": nil, "questions": map[string]any{"When?": "At 9."}, "retrain_triggers": map[string]any{"a": "1"}},
			Update: map[string]any{"retrain_triggers": map[string]any{"a": "2"}}},
	},
	Updates: []NounUpdates{{
		Base: map[string]string{"chatbot_id": `"CHATBOT"`, "questions": `{ "When?" = "At 9." }`}, Other: []string{"chatbot_id"},
		Changes: []NounUpdate{
			documents("questions", `{ "When?" = "At 9.", "Where?" = "Here." }`, `{ "When?" = "At 9.", "Where?" = "There." }`, "Where?"),
			documents("pages", `["https://example.com/"]`, `["https://example.com/a"]`, "https://example.com/", "https://example.com/a"),
			documents("folder", `{ path = "FOLDER" }`, `{ path = "FOLDER", link_prefix = "https://example.com/" }`, "a.md"),
			stores("replace", `"before_upload"`, `"after_training"`), stores("wait_for_training", `false`, `true`), stores("pages_max_age", `"1h"`, `"2h"`), stores("adopt", `true`, `false`),
			stores("timeouts", `{ create = "1m" }`, `{ create = "2m" }`), {Attribute: "retrain_triggers", First: `{ a = "1" }`, Second: `{ a = "2" }`, SecondUnknown: []string{"revision"}},
		},
	}},
	Canaries: map[string]map[string]any{
		"questions": {"chatbot_id": nil, "questions": map[string]any{canaries: Canary}},
		"pages":     {"chatbot_id": nil, "pages": []any{"https://me:" + Canary + "@example.com/" + Canary + "?key=" + Canary}},
	},
}

// documents is an update that changes documents with these keys. Their sources are not known before.
func documents(attribute, first, second string, keys ...string) NounUpdate {
	unknown := []string{"revision"}
	for _, key := range keys {
		unknown = append(unknown, "source_ids."+key)
	}
	return NounUpdate{Attribute: attribute, First: first, Second: second, FirstUnknown: unknown, SecondUnknown: unknown}
}

// sourcesLeft returns the new sources that were not trained yet, and the old ones that could not be deleted.
func sourcesLeft(private []byte) ([]string, error) {
	if len(private) == 0 {
		return nil, nil
	}
	var keys map[string][]byte
	err := json.Unmarshal(private, &keys)
	if err != nil || keys["progress"] == nil {
		return nil, err
	}
	var left struct {
		Successors map[string]struct{ ID string }
		Obsolete   []string
	}
	if err := json.Unmarshal(keys["progress"], &left); err != nil {
		return nil, err
	}
	for _, s := range left.Successors {
		left.Obsolete = append(left.Obsolete, s.ID)
	}
	return left.Obsolete, nil
}
