package mockhub

import (
	"slices"
	"time"
)

// allRoutes returns the routes of all nouns. A new noun adds one line here.
func allRoutes() []route {
	return slices.Concat(
		chatbotRoutes(),
		agentRoutes(),
		modelRoutes(),
		functionRoutes(),
		sourceRoutes(),
		sourceTagRoutes(),
		sessionRoutes(),
		messageRoutes(),
		sessionDocumentRoutes(),
	)
}

// store holds all objects in one table per noun. Save writes it as JSON. A new noun adds one field here.
type store struct {
	Format    int              `json:"format"`
	Chatbots  table[Chatbot]   `json:"chatbots"`
	Agents    table[Agent]     `json:"agents"`
	Functions table[Function]  `json:"functions"`
	Sources   table[Source]    `json:"sources"`
	Tags      table[SourceTag] `json:"tags"`
	Sessions  table[Session]   `json:"sessions"`
	Messages  table[Message]   `json:"messages"`
	// Documents are not in chatbots: no chatbot is named when they are uploaded.
	Documents table[SessionDocument] `json:"session_documents"`
	Models    map[string]float64     `json:"models,omitempty"` // nil means modelCosts; the map is never modified
}

// removeChatbot removes a chatbot and all objects in it (api.md §3). A new noun inside chatbots adds one line here.
func (s *store) removeChatbot(now time.Time, uuid string) bool {
	if !s.Chatbots.remove(now, uuid) {
		return false
	}
	for _, a := range s.Agents.all(func(a Agent) bool { return a.ChatbotUUID == uuid }) {
		s.removeAgent(now, a.UUID)
	}
	s.Sources.removeWhere(now, func(src Source) bool { return src.ChatbotUUID == uuid })
	s.Tags.removeWhere(now, func(t SourceTag) bool { return t.ChatbotUUID == uuid })
	for _, session := range s.Sessions.all(func(session Session) bool { return session.ChatbotUUID == uuid }) {
		s.removeSession(now, session.UUID)
	}
	return true
}
