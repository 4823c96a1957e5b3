package mockhub

import (
	"fmt"
	"regexp"
)

// modelForm matches <model>-<context>k (api.md §3).
var modelForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*-[0-9]+k$`)

// maxMonitored is the largest number of monitored_messages.
const maxMonitored = 10

// read reads the body of a request into a. The caller checks which keys are allowed.
func (a *Agent) read(h *Hub, c *call) {
	o := c.body
	for key := range o.fields {
		if a.Type != "" && !hasSetting(a.Type, key) {
			o.addProblem("agents of type "+a.Type+" do not have this setting", "value_error.agent_type", key)
		}
	}
	// The name is trimmed first: a blank name would be stored as "".
	o.nonEmptyText("name", &a.Name, c.trim)
	o.trimmedText("description", &a.Description, c.trim)
	if o.trimmedText("prompt", &a.Prompt, c.trim) && a.Prompt != "" && a.Type == humanEscalation {
		o.addProblem("agents of type "+a.Type+" have no prompt", "value_error.agent_type", "prompt")
	}
	o.boolean("enabled", &a.Enabled)
	a.readModel(h, c)
	o.number("temperature", &a.Temperature, 0, 1)
	for key, to := range map[string]**float64{"bias": &a.Bias, "stickness": &a.Stickness} {
		var n float64
		if o.number(key, &n, 0, 1) {
			*to = &n
		}
	}
	var message string
	if o.trimmedText("default_message", &message, c.trim) {
		a.DefaultMessage = &message
	}
	a.readTags(c)
	a.readVariables(c)
	a.readEscalation(c)
	if o.boolean("use_all_sources", &a.UseAllSources); o.fields["use_all_sources"] != nil {
		a.UseAllSourcesUnset = false
	}
	a.readSources(h, c)
}

func (a *Agent) readModel(h *Hub, c *call) {
	var model string
	if !c.body.text("model", &model) {
		return
	}
	_, there := h.store.models()[model]
	switch {
	case c.quirks.AcceptsAnyModel:
	case !modelForm.MatchString(model):
		c.body.addProblem("value is not of the form <model>-<context>k", "value_error.model", "model")
	case !there:
		c.body.addProblem("there is no such model", "value_error.model", "model")
	}
	a.Model = model
}

func (a *Agent) readTags(c *call) {
	tags := []AgentTag{}
	read := c.body.objects("tags", func(o *object) {
		var tag AgentTag
		o.allowOnly("name", "criteria", "color")
		o.require("name", "criteria", "color")
		o.nonEmptyText("name", &tag.Name, c.trim)
		o.trimmedText("criteria", &tag.Criteria, c.trim)
		o.color("color", &tag.Color)
		tags = append(tags, tag)
	})
	if read {
		a.Tags = tags
	}
}

func (a *Agent) readVariables(c *call) {
	variables := []Variable{}
	read := c.body.objects("variables", func(o *object) {
		var v Variable
		o.allowOnly("name", "description", "type", "example", "default_value")
		o.require("name", "description", "type", "example", "default_value")
		o.nonEmptyText("name", &v.Name, c.trim)
		o.trimmedText("description", &v.Description, c.trim)
		o.choice("type", &v.Type, "string", "number", "boolean")
		o.trimmedText("example", &v.Example, c.trim)
		o.object("default_value", func(o *object) {
			o.allowOnly("content", "static")
			o.require("content", "static")
			o.trimmedText("content", &v.Content, c.trim)
			o.booleanOrNumber("static", &v.Static)
		})
		variables = append(variables, v)
	})
	if read {
		a.Variables = variables
	}
}

// readEscalation changes the settings that are in the body. With Quirks.EscalationReplaces the other settings are reset to
// their defaults (api.md §7).
func (a *Agent) readEscalation(c *call) {
	s := escalationDefaults()
	if a.HumanEscalationSettings != nil && !c.quirks.EscalationReplaces {
		s = *a.HumanEscalationSettings
	}
	read := c.body.object("human_escalation_settings", func(o *object) {
		o.allowOnly("human_requested_message", "live_chat_start_announcement", "live_chat_end_announcement", "monitored_messages",
			"notifications_enabled", "sound_enabled")
		o.requireAny()
		o.trimmedText("human_requested_message", &s.HumanRequestedMessage, c.trim)
		o.trimmedText("live_chat_start_announcement", &s.LiveChatStartAnnouncement, c.trim)
		o.trimmedText("live_chat_end_announcement", &s.LiveChatEndAnnouncement, c.trim)
		var monitored []string
		if o.texts("monitored_messages", &monitored, c.trim) {
			s.MonitoredMessages = monitored
		}
		if len(monitored) > maxMonitored {
			o.addProblem(fmt.Sprintf("ensure this value has at most %d items", maxMonitored), "value_error.list.max_items", "monitored_messages")
		}
		o.booleanOrNumber("notifications_enabled", &s.NotificationsEnabled)
		o.booleanOrNumber("sound_enabled", &s.SoundEnabled)
	})
	if read {
		a.HumanEscalationSettings = &s
	}
}

// readSources reads data_source_uuids. It must be called after use_all_sources has been read: while that is true, the list
// is checked but not stored.
func (a *Agent) readSources(h *Hub, c *call) {
	var uuids []string
	read := c.body.uuids("data_source_uuids", &uuids, func(uuid string) bool {
		return c.quirks.AcceptsAnySource || h.store.hasSource(a.ChatbotUUID, uuid)
	})
	switch {
	case a.UseAllSources:
		a.DataSourceUUIDs = nil
	case read:
		a.DataSourceUUIDs = uuids
	}
}
