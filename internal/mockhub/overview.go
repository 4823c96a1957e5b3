package mockhub

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"sort"
	"strings"
	"time"
)

const (
	// pageItems is the maximum number of items in each list of the overview.
	pageItems = 50
	// pageRequests is the number of recent requests in the overview.
	pageRequests = 8
)

// serveOverview sends the data of the overview page. The parameter q is a text that the objects must contain.
func (h *Hub) serveOverview(w http.ResponseWriter, r *http.Request) {
	sendState(w, r, h.overview(search(strings.ToLower(strings.TrimSpace(r.FormValue("q"))))))
}

// overview returns the current data of the overview page.
func (h *Hub) overview(q search) overview {
	h.mu.Lock()
	defer h.mu.Unlock()
	chatbots, agents, functions := h.store.Chatbots.all(nil), h.store.Agents.all(nil), h.store.Functions.all(nil)
	sources, tags := h.store.Sources.all(nil), h.store.Tags.all(nil)
	sessions, messages := h.store.Sessions.all(nil), h.store.Messages.all(nil)
	g := objectIndex{
		now: h.clock.Now(), quirks: h.quirks,
		agents:    groupBy(agents, func(a Agent) string { return a.ChatbotUUID }),
		functions: groupBy(functions, func(f Function) string { return f.AgentUUID }),
		sources:   groupBy(sources, func(s Source) string { return s.ChatbotUUID }),
		tags:      groupBy(tags, func(t SourceTag) string { return t.ChatbotUUID }),
		sessions:  groupBy(sessions, func(s Session) string { return s.ChatbotUUID }),
		messages:  groupBy(messages, func(m Message) string { return m.SessionUUID }),
	}
	out := overview{
		Totals: []namedCount{
			{"chatbot", len(chatbots)}, {"agent", len(agents)}, {"tool function", len(functions)}, {"source", len(sources)},
			{"source tag", len(tags)}, {"session", len(sessions)}, {"message", len(messages)},
		},
		Requests: newest(h.log, pageRequests, (*Request).view).Items,
		Chatbots: newest(g.search(q, chatbots), pageItems, g.chatbot),
	}
	if h.key == DefaultKey { // another key could be a real one
		out.Key = h.key
	}
	return out
}

// newest returns the last items of a list, newest first.
func newest[T, V any](items []T, limit int, view func(T) V) truncatedList[V] {
	out := truncatedList[V]{Items: []V{}, More: max(len(items)-limit, 0)}
	for _, item := range slices.Backward(items[out.More:]) {
		out.Items = append(out.Items, view(item))
	}
	return out
}

// objectIndex has the stored objects by the uuid of their parent.
type objectIndex struct {
	now       time.Time
	quirks    Quirks
	agents    map[string][]Agent
	functions map[string][]Function
	sources   map[string][]Source
	tags      map[string][]SourceTag
	sessions  map[string][]Session
	messages  map[string][]Message
}

func groupBy[T any](items []T, parent func(T) string) map[string][]T {
	out := map[string][]T{}
	for _, item := range items {
		out[parent(item)] = append(out[parent(item)], item)
	}
	return out
}

func (g *objectIndex) chatbot(b Chatbot) chatbotView {
	return chatbotView{
		UUID: b.UUID, Name: b.Name, Visibility: b.Visibility, NoChat: g.noChat(b), RateLimitMessage: b.RateLimitMessage,
		RateLimit: [2]int{b.RateLimitMessages, b.RateLimitSeconds}, ShowCitations: b.ShowCitations,
		Agents:   newest(g.agents[b.UUID], pageItems, g.agent),
		Statuses: g.statuses(g.sources[b.UUID]),
		Sources:  newest(g.sources[b.UUID], pageItems, g.source),
		Tags:     newest(g.tags[b.UUID], pageItems, SourceTag.view),
		Sessions: newest(g.sessions[b.UUID], pageItems, g.session),
	}
}

func (g *objectIndex) agent(a Agent) agentView {
	return agentView{
		UUID: a.UUID, Name: a.Name, Type: a.Type, Model: a.Model, Prompt: a.Prompt, Enabled: a.Enabled, Default: a.Default,
		Functions: newest(g.functions[a.UUID], pageItems, Function.view),
	}
}

// statuses counts the sources of each status, the most frequent first.
func (g *objectIndex) statuses(sources []Source) []namedCount {
	counts := map[string]int{}
	for _, s := range sources {
		counts[s.statusAt(g.now, g.quirks)]++
	}
	out := []namedCount{}
	for _, status := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, namedCount{status, counts[status]})
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Count > out[j].Count })
	return out
}

func (g *objectIndex) source(s Source) sourceView {
	s = s.snapshot(g.now, g.quirks)
	return sourceView{
		UUID: s.UUID, Type: s.renderType(g.quirks), Title: s.Title, Status: s.Status, Tokens: s.Tokens,
		FileName: s.renderName(g.quirks), Question: shortened(s.Question), Answer: shortened(s.Answer), Link: s.ReferenceSourceLink,
	}
}

// maxShown is the maximum number of bytes of a question or an answer of a source in the overview.
const maxShown = 2000

func shortened(text string) string {
	if len(text) > maxShown {
		return cutText(text, maxShown) + " …"
	}
	return text
}

func (g *objectIndex) session(s Session) sessionView {
	messages := newest(g.messages[s.UUID], pageItems, Message.view)
	slices.Reverse(messages.Items) // messages are shown oldest first
	return sessionView{UUID: s.UUID, CreatedAt: formatTime(s.CreatedAt), Messages: messages}
}

func (m Message) view() messageView {
	out := messageView{UUID: m.UUID, Query: m.Query, Response: m.Response, Pending: m.Pending, ErrorMessage: m.ErrorMessage, Citations: []string{}}
	for _, c := range m.Citations {
		out.Citations = append(out.Citations, cmp.Or(c.Title, c.FileName, c.DataSourceUUID))
	}
	return out
}

func (t SourceTag) view() tagView {
	return tagView{UUID: t.UUID, Name: t.Name, Color: t.Color, Sources: len(t.DataSourceUUIDs)}
}

func (f Function) view() functionView {
	out := functionView{
		UUID: f.UUID, Name: f.Name, Method: f.Method, ExternalURL: f.ExternalURL, Enabled: f.Enabled,
		Headers: slices.AppendSeq([]string{}, maps.Keys(f.Headers)),
	}
	slices.Sort(out.Headers)
	return out
}

// noChat returns why a visitor cannot chat with a chatbot on its chat page, or "" if one can.
func (g *objectIndex) noChat(b Chatbot) string {
	switch {
	case b.Visibility == "hybrid":
		return "Visibility is hybrid: the chat works only where it is embedded"
	case b.Visibility != "public":
		return "No chat: visibility is " + b.Visibility
	case !slices.ContainsFunc(g.agents[b.UUID], func(a Agent) bool { return a.Enabled && a.Type == userFacing }):
		return "No chat: no user-facing agent is enabled"
	}
	return ""
}
