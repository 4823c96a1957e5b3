package mockhub

import (
	"fmt"
	"regexp"
)

// modelForm is <model>-<context>k (api.md §3): bare names are invalid.
var modelForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*-[0-9]+k$`)

// maxMonitored is the largest number of monitored_messages.
const maxMonitored = 10

// read puts what the request's body says into a. Which keys the body may have at all is the caller's to check.
func (a *Agent) read(h *Hub, c *call) {
	o := c.body
	for key := range o.fields {
		if a.Type != "" && !takes(a.Type, key) {
			o.add("agents of type "+a.Type+" do not have this setting", "value_error.agent_type", key)
		}
	}
	// Trimmed before it is checked: a blank name would be stored empty.
	o.fullText("name", &a.Name, c.trim)
	o.trimmed("description", &a.Description, c.trim)
	if o.trimmed("prompt", &a.Prompt, c.trim) && a.Prompt != "" && a.Type == humanEscalation {
		o.add("agents of type "+a.Type+" have no prompt", "value_error.agent_type", "prompt")
	}
	o.flag("enabled", &a.Enabled)
	a.readModel(h, c)
	o.number("temperature", &a.Temperature, 0, 1)
	for key, to := range map[string]**float64{"bias": &a.Bias, "stickness": &a.Stickness} {
		var n float64
		if o.number(key, &n, 0, 1) {
			*to = &n
		}
	}
	var message string
	if o.trimmed("default_message", &message, c.trim) {
		a.DefaultMessage = &message
	}
	a.readTags(c)
	a.readVariables(c)
	a.readEscalation(c)
	if o.flag("use_all_sources", &a.UseAllSources); o.fields["use_all_sources"] != nil {
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
		c.body.add("value is not of the form <model>-<context>k", "value_error.model", "model")
	case !there:
		c.body.add("there is no such model", "value_error.model", "model")
	}
	a.Model = model
}

func (a *Agent) readTags(c *call) {
	tags := []AgentTag{}
	read := c.body.objects("tags", func(o *object) {
		var tag AgentTag
		o.only("name", "criteria", "color")
		o.require("name", "criteria", "color")
		o.fullText("name", &tag.Name, c.trim)
		o.trimmed("criteria", &tag.Criteria, c.trim)
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
		o.only("name", "description", "type", "example", "default_value")
		o.require("name", "description", "type", "example", "default_value")
		o.fullText("name", &v.Name, c.trim)
		o.trimmed("description", &v.Description, c.trim)
		o.choice("type", &v.Type, "string", "number", "boolean")
		o.trimmed("example", &v.Example, c.trim)
		o.object("default_value", func(o *object) {
			o.only("content", "static")
			o.require("content", "static")
			o.trimmed("content", &v.Content, c.trim)
			o.flagOrBit("static", &v.Static)
		})
		variables = append(variables, v)
	})
	if read {
		a.Variables = variables
	}
}

// readEscalation merges the settings that are there, or puts those that are not back to the defaults (api.md §7).
func (a *Agent) readEscalation(c *call) {
	s := escalationDefaults()
	if a.HumanEscalationSettings != nil && !c.quirks.EscalationReplaces {
		s = *a.HumanEscalationSettings
	}
	read := c.body.object("human_escalation_settings", func(o *object) {
		o.only("human_requested_message", "live_chat_start_announcement", "live_chat_end_announcement", "monitored_messages",
			"notifications_enabled", "sound_enabled")
		o.some()
		o.trimmed("human_requested_message", &s.HumanRequestedMessage, c.trim)
		o.trimmed("live_chat_start_announcement", &s.LiveChatStartAnnouncement, c.trim)
		o.trimmed("live_chat_end_announcement", &s.LiveChatEndAnnouncement, c.trim)
		var monitored []string
		if o.texts("monitored_messages", &monitored, c.trim) {
			s.MonitoredMessages = monitored
		}
		if len(monitored) > maxMonitored {
			o.add(fmt.Sprintf("ensure this value has at most %d items", maxMonitored), "value_error.list.max_items", "monitored_messages")
		}
		o.flagOrBit("notifications_enabled", &s.NotificationsEnabled)
		o.flagOrBit("sound_enabled", &s.SoundEnabled)
	})
	if read {
		a.HumanEscalationSettings = &s
	}
}

// readSources comes after use_all_sources: while that is true the list is ignored, though it must be a good one.
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
