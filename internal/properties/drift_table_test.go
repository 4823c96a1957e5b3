package properties_test

import (
	"maps"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// edit changes an object as somebody in the web app would, and says whether it was there.
type edit func(h *mockhub.Hub, id string) bool

func bot(f func(*mockhub.Chatbot)) edit {
	return func(h *mockhub.Hub, id string) bool { return h.EditChatbot(id, f) }
}

func agent(f func(*mockhub.Agent)) edit {
	return func(h *mockhub.Hub, id string) bool { return h.EditAgent(id, f) }
}

func variable(f func(*mockhub.Variable)) edit {
	return agent(func(a *mockhub.Agent) {
		if len(a.Variables) > 0 {
			f(&a.Variables[0])
		}
	})
}

func label(f func(*mockhub.AgentTag)) edit {
	return agent(func(a *mockhub.Agent) {
		if len(a.Tags) > 0 {
			f(&a.Tags[0])
		}
	})
}

func escalation(f func(*mockhub.EscalationSettings)) edit {
	return agent(func(a *mockhub.Agent) {
		if a.HumanEscalationSettings != nil {
			f(a.HumanEscalationSettings)
		}
	})
}

func function(f func(*mockhub.Function)) edit {
	return func(h *mockhub.Hub, id string) bool { return h.EditFunction(id, f) }
}

func source(f func(*mockhub.Source)) edit {
	return func(h *mockhub.Hub, id string) bool { return h.EditSource(id, f) }
}

func tag(f func(*mockhub.SourceTag)) edit {
	return func(h *mockhub.Hub, id string) bool { return h.EditTag(id, f) }
}

func session(f func(*mockhub.Session)) edit {
	return func(h *mockhub.Hub, id string) bool { return h.EditSession(id, f) }
}

func message(f func(*mockhub.Message)) edit {
	return func(h *mockhub.Hub, id string) bool { return h.EditMessage(id, f) }
}

// removals delete an object behind Terraform's back. The default agent cannot be made anew, so nobody takes it away here.
var removals = map[string]edit{
	"chatbot":       (*mockhub.Hub).RemoveChatbot,
	"agent":         (*mockhub.Hub).RemoveAgent,
	"default_agent": nil,
	"tool_function": (*mockhub.Hub).RemoveFunction,
	"source":        (*mockhub.Hub).RemoveSource,
	"source_tag":    (*mockhub.Hub).RemoveTag,
	"session":       (*mockhub.Hub).RemoveSession,
	"message":       (*mockhub.Hub).RemoveMessage,
}

// other is the one of two that a value is not.
func other(is, one, two string) string {
	if is == one {
		return two
	}
	return one
}

var past = time.Date(2020, 2, 29, 1, 2, 3, 0, time.UTC)

// agentEdits are the edits of agents and of default agents.
var agentEdits = map[string]edit{
	"name":            agent(func(a *mockhub.Agent) { a.Name += " 2" }),
	"description":     agent(func(a *mockhub.Agent) { a.Description += " 2" }),
	"prompt":          agent(func(a *mockhub.Agent) { a.Prompt += " 2" }),
	"prompt_sha256":   agent(func(a *mockhub.Agent) { a.Prompt += " 3" }),
	"enabled":         agent(func(a *mockhub.Agent) { a.Enabled = !a.Enabled }),
	"model":           agent(func(a *mockhub.Agent) { a.Model = other(a.Model, "gpt-4o-8k", "gpt-5-8k") }),
	"temperature":     agent(func(a *mockhub.Agent) { a.Temperature = 0.9 }),
	"bias":            agent(func(a *mockhub.Agent) { a.Bias = new(0.95) }),
	"stickiness":      agent(func(a *mockhub.Agent) { a.Stickness = new(0.9) }),
	"use_all_sources": agent(func(a *mockhub.Agent) { a.UseAllSources, a.UseAllSourcesUnset = !a.UseAllSources, false }),
	"source_ids": agent(func(a *mockhub.Agent) {
		a.UseAllSources, a.UseAllSourcesUnset = false, false
		a.DataSourceUUIDs = a.DataSourceUUIDs[:len(a.DataSourceUUIDs)/2]
	}),
	"variables":               agent(func(a *mockhub.Agent) { a.Variables = append(a.Variables, mockhub.Variable{Name: "n", Type: "string"}) }),
	"variables.name":          variable(func(v *mockhub.Variable) { v.Name += "2" }),
	"variables.description":   variable(func(v *mockhub.Variable) { v.Description += "2" }),
	"variables.type":          variable(func(v *mockhub.Variable) { v.Type = other(v.Type, "string", "number") }),
	"variables.example":       variable(func(v *mockhub.Variable) { v.Example += "2" }),
	"variables.default_value": variable(func(v *mockhub.Variable) { v.Content += "2" }),
	"variables.static":        variable(func(v *mockhub.Variable) { v.Static = !v.Static }),
	"created_at":              agent(func(a *mockhub.Agent) { a.CreatedAt = past }),
	"modified_at":             agent(func(a *mockhub.Agent) { a.ModifiedAt = past }),
}

// with is a table with more in it.
func with(table, more map[string]edit) map[string]edit {
	all := maps.Clone(table)
	maps.Copy(all, more)
	return all
}

// edits change each attribute that the service returns, by resource and path.
var edits = map[string]map[string]edit{
	"chatbot": {
		"name":                bot(func(b *mockhub.Chatbot) { b.Name += " 2" }),
		"visibility":          bot(func(b *mockhub.Chatbot) { b.Visibility = other(b.Visibility, "public", "private") }),
		"rate_limit":          bot(func(b *mockhub.Chatbot) { b.RateLimitMessages++; b.RateLimitSeconds++ }),
		"rate_limit.messages": bot(func(b *mockhub.Chatbot) { b.RateLimitMessages++ }),
		"rate_limit.seconds":  bot(func(b *mockhub.Chatbot) { b.RateLimitSeconds++ }),
		"rate_limit_message":  bot(func(b *mockhub.Chatbot) { b.RateLimitMessage += " 2" }),
		"show_citations":      bot(func(b *mockhub.Chatbot) { b.ShowCitations = !b.ShowCitations }),
		"created_at":          bot(func(b *mockhub.Chatbot) { b.CreatedAt = past }),
		"modified_at":         bot(func(b *mockhub.Chatbot) { b.ModifiedAt = past }),
	},
	"agent": with(agentEdits, map[string]edit{
		"default_message":           agent(func(a *mockhub.Agent) { a.DefaultMessage = new("Somebody else's.") }),
		"tags":                      agent(func(a *mockhub.Agent) { a.Tags = append(a.Tags, mockhub.AgentTag{Name: "n", Color: "#123456"}) }),
		"tags.name":                 label(func(l *mockhub.AgentTag) { l.Name += " 2" }),
		"tags.criteria":             label(func(l *mockhub.AgentTag) { l.Criteria += " 2" }),
		"tags.color":                label(func(l *mockhub.AgentTag) { l.Color = "#123456" }),
		"human_escalation_settings": escalation(func(s *mockhub.EscalationSettings) { s.HumanRequestedMessage, s.SoundEnabled = "n", !s.SoundEnabled }),
		"human_escalation_settings.human_requested_message":      escalation(func(s *mockhub.EscalationSettings) { s.HumanRequestedMessage += " 2" }),
		"human_escalation_settings.live_chat_start_announcement": escalation(func(s *mockhub.EscalationSettings) { s.LiveChatStartAnnouncement += " 2" }),
		"human_escalation_settings.live_chat_end_announcement":   escalation(func(s *mockhub.EscalationSettings) { s.LiveChatEndAnnouncement += " 2" }),
		"human_escalation_settings.monitored_messages":           escalation(func(s *mockhub.EscalationSettings) { s.MonitoredMessages = []string{"Somebody else's."} }),
		"human_escalation_settings.notifications_enabled":        escalation(func(s *mockhub.EscalationSettings) { s.NotificationsEnabled = !s.NotificationsEnabled }),
		"human_escalation_settings.sound_enabled":                escalation(func(s *mockhub.EscalationSettings) { s.SoundEnabled = !s.SoundEnabled }),
	}),
	"default_agent": agentEdits,
	"tool_function": {
		"name":                  function(func(f *mockhub.Function) { f.Name += "_2" }),
		"description":           function(func(f *mockhub.Function) { f.Description += " 2" }),
		"url":                   function(func(f *mockhub.Function) { f.ExternalURL += "/2" }),
		"method":                function(func(f *mockhub.Function) { f.Method = other(f.Method, "GET", "PUT") }),
		"parameters":            function(func(f *mockhub.Function) { f.Parameters = `{"type":"object","properties":{"other":{"type":"string"}}}` }),
		"headers":               function(func(f *mockhub.Function) { f.Headers["X-Shop"] += "2" }),
		"secret_headers_wo":     function(func(f *mockhub.Function) { f.Headers["Authorization"] += "2" }),
		"enabled":               function(func(f *mockhub.Function) { f.Enabled = !f.Enabled }),
		"send_session_metadata": function(func(f *mockhub.Function) { f.AllowGPTTrainerProperties = !f.AllowGPTTrainerProperties }),
		"created_at":            function(func(f *mockhub.Function) { f.CreatedAt = past }),
		"modified_at":           function(func(f *mockhub.Function) { f.ModifiedAt = past }),
	},
	"source": {
		"file_name":             source(func(s *mockhub.Source) { s.FileName += "/2.md" }),
		"qa":                    source(func(s *mockhub.Source) { s.Question, s.Answer = s.Question+" 2", s.Answer+" 2" }),
		"qa.question":           source(func(s *mockhub.Source) { s.Question += " 2" }),
		"qa.answer":             source(func(s *mockhub.Source) { s.Answer += " 2" }),
		"reference_source_link": source(func(s *mockhub.Source) { s.ReferenceSourceLink = "https://example.com/other" }),
		"title":                 source(func(s *mockhub.Source) { s.Title += " 2" }),
		"type":                  source(func(s *mockhub.Source) { s.Type = "image" }),
		"status":                source(func(s *mockhub.Source) { s.Status = "error:token" }),
		"trained":               source(func(s *mockhub.Source) { s.Status = "fail" }),
		"file_size":             source(func(s *mockhub.Source) { s.FileSize++ }),
		"tokens":                source(func(s *mockhub.Source) { s.Tokens++ }),
		"created_at":            source(func(s *mockhub.Source) { s.CreatedAt = past }),
		"modified_at":           source(func(s *mockhub.Source) { s.ModifiedAt = past }),
	},
	"source_tag": {
		"name":        tag(func(g *mockhub.SourceTag) { g.Name += " 2" }),
		"color":       tag(func(g *mockhub.SourceTag) { g.Color = "#123456" }),
		"source_ids":  tag(func(g *mockhub.SourceTag) { g.DataSourceUUIDs = g.DataSourceUUIDs[:len(g.DataSourceUUIDs)/2] }),
		"created_at":  tag(func(g *mockhub.SourceTag) { g.CreatedAt = past }),
		"modified_at": tag(func(g *mockhub.SourceTag) { g.ModifiedAt = past }),
	},
	"session": {
		"initial_variables": session(func(s *mockhub.Session) {
			for name := range s.InitialVariables {
				s.InitialVariables[name] = "Somebody else's."
			}
		}),
		"created_at":  session(func(s *mockhub.Session) { s.CreatedAt = past }),
		"modified_at": session(func(s *mockhub.Session) { s.ModifiedAt = past }),
	},
	"message": {
		"query":         message(func(m *mockhub.Message) { m.Query += " 2" }),
		"response":      message(func(m *mockhub.Message) { m.Response += " 2" }),
		"finish_reason": message(func(m *mockhub.Message) { m.FinishReason = "other" }),
		"error_message": message(func(m *mockhub.Message) { m.ErrorMessage += "It broke." }),
		"citations": message(func(m *mockhub.Message) {
			m.Citations = append(m.Citations, mockhub.Citation{Key: "9.9", DataSourceUUID: "4347", Title: "t", Text: "x", FileName: "f", Type: "upload"})
		}),
		"created_at":  message(func(m *mockhub.Message) { m.CreatedAt = past }),
		"modified_at": message(func(m *mockhub.Message) { m.ModifiedAt = past }),
	},
}
