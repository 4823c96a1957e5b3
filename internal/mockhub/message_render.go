package mockhub

import "cmp"

// render is the message as an item of a list, with the 14 keys that the vendor's client requires (api.md §3).
func (m Message) render(q Quirks) map[string]any {
	out := map[string]any{
		"uuid": m.UUID, "query": m.Query, "response": m.Response, "finish_reason": m.FinishReason, "meta_json": m.renderMeta(q),
		"created_at": formatTime(m.CreatedAt), "modified_at": formatTime(m.ModifiedAt),
	}
	if m.Pending {
		out["finish_reason"] = nil
	}
	m.renderCitations(out, q)
	if !q.MessageShort {
		out["background_pending_tasks"] = m.BackgroundPendingTasks
		out["detected_frustrations"], out["feedback_json"] = textOrNull(m.DetectedFrustrations), textOrNull(m.FeedbackJSON)
		out["labels"], out["session_documents"] = renderList(q, "name", m.Labels), renderList(q, "uuid", m.SessionDocuments)
		out["error_message"] = ""
	}
	switch {
	case m.ErrorMessage != "":
		out["error_message"] = m.ErrorMessage
	case q.MessageErrorNull:
		out["error_message"] = nil
	}
	return out
}

func textOrNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// renderList is a list of objects with one key, or of texts. The form in the service is not documented.
func renderList(q Quirks, key string, texts []string) []any {
	out := []any{}
	for _, text := range texts {
		if q.MessageListsAsTexts {
			out = append(out, text)
		} else {
			out = append(out, map[string]any{key: text})
		}
	}
	return out
}

// renderMeta is meta_json: JSON in a string with token counts and the called functions (api.md §3). Its keys in the service are not
// documented.
func (m Message) renderMeta(q Quirks) string {
	if q.MessageShort {
		return cmp.Or(m.MetaJSON, "{}")
	}
	called := []any{}
	for _, name := range m.CalledFunctions {
		called = append(called, map[string]any{"name": name})
	}
	prompt, completion := tokens(len(m.Query)), tokens(len(m.Response))
	return cmp.Or(m.MetaJSON, string(encodeJSON(map[string]any{
		"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion, "function_calls": called,
	})))
}

// renderCitations adds cite_data_json to an answer: JSON in a string (api.md §3).
func (m Message) renderCitations(out map[string]any, q Quirks) {
	const key = "cite_data_json"
	if len(m.Citations) == 0 && q.CiteDataEmpty != "" {
		switch q.CiteDataEmpty {
		case "null":
			out[key] = nil
		case "empty":
			out[key] = ""
		}
		return
	}
	cited := map[string]map[string]string{}
	for _, cite := range m.Citations {
		cited[cite.Key] = map[string]string{
			"data_source_uuid": cite.DataSourceUUID, "title": cite.Title, "text": cite.Text, "file_name": cite.FileName, "type": cite.Type,
		}
		switch q.CitationParts {
		case "id":
			cited[cite.Key] = map[string]string{"data_source_uuid": cite.DataSourceUUID}
		case "names":
			delete(cited[cite.Key], "data_source_uuid")
		}
	}
	out[key] = string(encodeJSON(cited))
}
