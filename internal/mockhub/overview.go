package mockhub

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sort"
	"time"
)

const (
	// pageItems is the maximum number of items in each list of the overview.
	pageItems = 50
	// pageRequests is the number of recent requests in the overview.
	pageRequests = 8
)

// serveOverview sends the data of the overview page, which requests it every second. It answers 304 if nothing has changed.
func (h *Hub) serveOverview(w http.ResponseWriter, r *http.Request) {
	raw, err := json.Marshal(h.overview())
	if err != nil { // all types of the overview can be encoded
		panic(err)
	}
	tag := fmt.Sprintf(`"%x"`, sha256.Sum256(raw))
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", jsonType)
	_, _ = w.Write(raw) // an error means that the client has closed the connection
}

// overview returns the current data of the overview page.
func (h *Hub) overview() overview {
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
		Chatbots: newest(chatbots, pageItems, g.chatbot),
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
		UUID: b.UUID, Name: b.Name, Visibility: b.Visibility, RateLimitMessage: b.RateLimitMessage,
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
	return sourceView{UUID: s.UUID, Type: s.renderType(g.quirks), Title: s.Title, Status: s.Status, Tokens: s.Tokens}
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
	return functionView{
		UUID: f.UUID, Name: f.Name, Method: f.Method, ExternalURL: f.ExternalURL, Enabled: f.Enabled,
		Headers: slices.Sorted(maps.Keys(f.Headers)),
	}
}

func (r *Request) view() requestView {
	return requestView{Key: r.At.Format(time.RFC3339Nano), Route: r.Route, Status: r.Status, Fault: r.Fault}
}
