package mockhub

// render is the agent as an item of a list. functions are its rendered tool functions.
func (a Agent) render(q Quirks, functions []any) map[string]any {
	if functions == nil {
		functions = []any{}
	}
	out := map[string]any{
		"uuid": a.UUID, "name": a.Name, "type": a.Type, "description": a.Description, "prompt": a.Prompt,
		"enabled": zeroOrOne(q, a.Enabled), "created_at": formatTime(a.CreatedAt), "modified_at": formatTime(a.ModifiedAt),
		"data_source_uuids": a.renderSources(), "tool_functions": functions, "meta": a.renderMeta(q),
	}
	if hasSetting(a.Type, "variables") {
		out["variables"] = a.renderVariables(q)
	}
	if s := a.HumanEscalationSettings; s != nil {
		out["human_escalation_settings"] = s.render(q)
	}
	return out
}

// renderWritten is the agent in the answer to a create or an update, in the short form or in the full one (api.md §3).
func (h *Hub) renderWritten(q Quirks, a Agent, short bool) map[string]any {
	var functions []any
	for _, f := range h.store.Functions.all(func(f Function) bool { return f.AgentUUID == a.UUID }) {
		functions = append(functions, f.render(q))
	}
	out := a.render(q, functions)
	if short {
		delete(out, "data_source_uuids")
		delete(out, "tool_functions")
	}
	return out
}

// renderMeta returns meta (api.md §3). Types with a model always have model, tags and temperature. Other settings are
// present after they have been set.
func (a Agent) renderMeta(q Quirks) map[string]any {
	meta := map[string]any{}
	if hasSetting(a.Type, "model") {
		tags := []any{}
		for _, t := range a.Tags {
			tags = append(tags, map[string]any{"name": t.Name, "criteria": t.Criteria, "color": t.Color})
		}
		meta["model"], meta["tags"], meta["temperature"] = a.Model, tags, a.Temperature
	}
	if q.AgentMetaFull {
		for key, value := range map[string]any{"bias": 0.0, "stickness": 0.0, "default_message": "", "use_all_sources": false} {
			if hasSetting(a.Type, key) {
				meta[key] = value
			}
		}
	}
	if hasSetting(a.Type, "bias") && a.Bias != nil {
		meta["bias"] = *a.Bias
	}
	if hasSetting(a.Type, "stickness") && a.Stickness != nil {
		meta["stickness"] = *a.Stickness
	}
	if hasSetting(a.Type, "default_message") && a.DefaultMessage != nil {
		meta["default_message"] = *a.DefaultMessage
	}
	if hasSetting(a.Type, "use_all_sources") && (a.UseAllSources || !a.UseAllSourcesUnset) {
		meta["use_all_sources"] = a.UseAllSources
	}
	return meta
}

func (a Agent) renderSources() []any {
	out := []any{}
	if !a.UseAllSources {
		for _, uuid := range a.DataSourceUUIDs {
			out = append(out, uuid)
		}
	}
	return out
}

func (a Agent) renderVariables(q Quirks) []any {
	out := []any{}
	for _, v := range a.Variables {
		out = append(out, map[string]any{
			"name": v.Name, "description": v.Description, "type": v.Type, "example": v.Example,
			"default_value": map[string]any{"content": v.Content, "static": zeroOrOne(q, v.Static)},
		})
	}
	return out
}

func (s EscalationSettings) render(q Quirks) map[string]any {
	monitored := []any{}
	for _, text := range s.MonitoredMessages {
		monitored = append(monitored, text)
	}
	return map[string]any{
		"human_requested_message":      s.HumanRequestedMessage,
		"live_chat_start_announcement": s.LiveChatStartAnnouncement,
		"live_chat_end_announcement":   s.LiveChatEndAnnouncement,
		"monitored_messages":           monitored,
		"notifications_enabled":        zeroOrOne(q, s.NotificationsEnabled),
		"sound_enabled":                zeroOrOne(q, s.SoundEnabled),
	}
}
