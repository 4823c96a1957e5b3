package export

import (
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// A longer prompt is written to a separate file.
const maxPromptLines, maxPromptBytes = 25, 2000

// agentBlock writes the settings of an agent that its type has. The service keeps the settings that a configuration leaves out.
func (w *writing) agentBlock(b *bot, a hub.Agent, isDefault bool) *block {
	r := &block{kind: "aichatbothub_agent", name: w.names[a.ID], object: a.Name, path: []hub.ID{b.ID, a.ID}}
	r.set("chatbot_id", w.id(b.ID))
	if isDefault {
		r.kind = "aichatbothub_default_agent"
		r.above = []string{"The agent that came with the chatbot. A destroy leaves it as it is."}
	} else {
		r.set("type", short(a.Type))
	}
	r.set("name", short(a.Name))
	if a.Enabled != nil && !bool(*a.Enabled) {
		r.set("enabled", boolean(false))
	}
	write := func(setting string, add func()) {
		if hub.HasSetting(a.Type, setting) {
			add()
		}
	}
	write("model", func() { r.text("model", a.Meta.Model) })
	write("temperature", func() { r.number("temperature", a.Meta.Temperature) })
	write("bias", func() { r.number("bias", a.Meta.Bias) })
	write("stickness", func() { r.number("stickiness", a.Meta.Stickness) })
	write("data_source_uuids", func() { w.sourcesOf(r, b, a, isDefault) })
	write("default_message", func() { r.text("default_message", a.Meta.DefaultMessage) })
	if a.Description != nil && hub.NormalText(*a.Description) != "" {
		r.may("description", loose(*a.Description))
	}
	if a.Prompt != nil && hub.NormalText(*a.Prompt) != "" {
		r.may("prompt", w.prompt(r.name, *a.Prompt))
	}
	write("variables", func() { r.variables(a.Variables) })
	write("tags", func() { r.tags(a.Meta.Tags) })
	write("human_escalation_settings", func() { r.escalation(a.HumanEscalationSettings) })
	return r
}

// prompt returns a prompt as a string, or as a reference to a separate file when it is long.
func (w *writing) prompt(name, s string) value {
	if strings.Count(hub.NormalText(s), "\n") < maxPromptLines && len(s) <= maxPromptBytes {
		return loose(s)
	}
	file := "prompts/" + name + ".md"
	w.files[file] = []byte(s)
	return verbatim{`file("${path.module}/` + file + `")`, s}
}

// number adds a number that is not 0, the value of a setting that was never set.
func (b *block) number(name string, n *hub.Number) {
	if n != nil && *n != 0 {
		b.may(name, number(float64(*n)))
	}
}

// text adds a text that is not empty.
func (b *block) text(name string, s *string) {
	if s != nil && *s != "" {
		b.may(name, text(*s))
	}
}

// sourcesOf writes which sources an agent answers from. While it uses all sources, the service ignores the list.
func (w *writing) sourcesOf(r *block, b *bot, a hub.Agent, isDefault bool) {
	all := a.UsesAllSources()
	var ids []hub.ID
	if a.DataSourceUUIDs != nil && !all {
		ids = *a.DataSourceUUIDs
	}
	switch {
	case len(ids) > 0:
		r.may("source_ids", w.sourceIDs(b, ids))
	case all != isDefault: // the default agent uses all sources unless it was changed
		r.may("use_all_sources", boolean(all))
	}
}

func (b *block) variables(all *[]hub.AgentVariable) {
	if all == nil || len(*all) == 0 {
		return
	}
	var l list
	for _, v := range *all {
		o := object{{key: "name", value: short(v.Name)}, {key: "description", value: text(v.Description)}, {key: "type", value: short(v.Type)}}
		if v.Example != "" {
			o = append(o, member{key: "example", value: text(v.Example)})
		}
		if v.DefaultValue.Content != "" {
			o = append(o, member{key: "default_value", value: text(v.DefaultValue.Content)})
		}
		if v.DefaultValue.Static {
			o = append(o, member{key: "static", value: boolean(true)})
		}
		l = append(l, o)
	}
	b.set("variables", l)
}

func (b *block) tags(all *[]hub.AgentTag) {
	if all == nil || len(*all) == 0 {
		return
	}
	var l list
	for _, t := range *all {
		l = append(l, object{{key: "name", value: short(t.Name)}, {key: "criteria", value: text(t.Criteria)}, {key: "color", value: short(t.Color)}})
	}
	b.set("tags", l)
}

// escalation writes the settings that differ from the defaults: empty texts, and true for the two switches.
func (b *block) escalation(e *hub.EscalationSettings) {
	if e == nil {
		return
	}
	var o object
	for _, m := range []struct {
		key  string
		text *string
	}{
		{"human_requested_message", e.HumanRequestedMessage},
		{"live_chat_start_announcement", e.LiveChatStartAnnouncement},
		{"live_chat_end_announcement", e.LiveChatEndAnnouncement},
	} {
		if m.text != nil && *m.text != "" {
			o = append(o, member{key: m.key, value: text(*m.text)})
		}
	}
	if e.MonitoredMessages != nil && len(*e.MonitoredMessages) > 0 {
		var l list
		for _, s := range *e.MonitoredMessages {
			l = append(l, short(s))
		}
		o = append(o, member{key: "monitored_messages", value: l})
	}
	for _, m := range []struct {
		key  string
		flag *hub.Flag
	}{{"notifications_enabled", e.NotificationsEnabled}, {"sound_enabled", e.SoundEnabled}} {
		if m.flag != nil && !bool(*m.flag) {
			o = append(o, member{key: m.key, value: boolean(false)})
		}
	}
	if len(o) > 0 {
		b.may("human_escalation_settings", o)
	}
}
