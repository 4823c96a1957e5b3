package mockhub

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"
)

const (
	// pageItems bounds each list of the overview, which must stay usable with thousands of objects.
	pageItems = 50
	// pageRequests is how many of the latest requests the overview shows.
	pageRequests = 8
)

// serveOverview sends what the overview shows, unless the page has it already: it asks every second.
func (h *Hub) serveOverview(w http.ResponseWriter, r *http.Request) {
	raw, err := json.Marshal(h.overview())
	if err != nil { // texts, numbers and booleans can always be encoded
		panic(err)
	}
	tag := fmt.Sprintf(`"%x"`, sha256.Sum256(raw))
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", jsonType)
	_, _ = w.Write(raw) // the client may have gone; there is nobody to tell
}

// overview is all that the page shows, as of now.
func (h *Hub) overview() overview {
	h.mu.Lock()
	defer h.mu.Unlock()
	chatbots, agents, functions := h.store.Chatbots.all(nil), h.store.Agents.all(nil), h.store.Functions.all(nil)
	sources, tags := h.store.Sources.all(nil), h.store.Tags.all(nil)
	sessions, messages := h.store.Sessions.all(nil), h.store.Messages.all(nil)
	g := gathered{
		now: h.clock.Now(), quirks: h.quirks,
		agents:    gather(agents, func(a Agent) string { return a.ChatbotUUID }),
		functions: gather(functions, func(f Function) string { return f.AgentUUID }),
		sources:   gather(sources, func(s Source) string { return s.ChatbotUUID }),
		tags:      gather(tags, func(t SourceTag) string { return t.ChatbotUUID }),
		sessions:  gather(sessions, func(s Session) string { return s.ChatbotUUID }),
		messages:  gather(messages, func(m Message) string { return m.SessionUUID }),
	}
	out := overview{
		Totals: []counted{
			{"chatbot", len(chatbots)}, {"agent", len(agents)}, {"tool function", len(functions)}, {"source", len(sources)},
			{"source tag", len(tags)}, {"session", len(sessions)}, {"message", len(messages)},
		},
		Requests: newest(h.log, pageRequests, (*Request).view).Items,
		Chatbots: newest(chatbots, pageItems, g.chatbot),
	}
	if h.key == DefaultKey { // any other one may be a real one
		out.Key = h.key
	}
	return out
}

// newest is the end of a list, turned round.
func newest[T, V any](items []T, limit int, view func(T) V) excerpt[V] {
	out := excerpt[V]{Items: []V{}, More: max(len(items)-limit, 0)}
	for _, item := range slices.Backward(items[out.More:]) {
		out.Items = append(out.Items, view(item))
	}
	return out
}

// gathered are the stored objects by the object they are in.
type gathered struct {
	now       time.Time
	quirks    Quirks
	agents    map[string][]Agent
	functions map[string][]Function
	sources   map[string][]Source
	tags      map[string][]SourceTag
	sessions  map[string][]Session
	messages  map[string][]Message
}

func gather[T any](items []T, parent func(T) string) map[string][]T {
	out := map[string][]T{}
	for _, item := range items {
		out[parent(item)] = append(out[parent(item)], item)
	}
	return out
}

func (g *gathered) chatbot(b Chatbot) chatbotView {
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

func (g *gathered) agent(a Agent) agentView {
	return agentView{
		UUID: a.UUID, Name: a.Name, Type: a.Type, Model: a.Model, Prompt: a.Prompt, Enabled: a.Enabled, Default: a.Default,
		Functions: newest(g.functions[a.UUID], pageItems, Function.view),
	}
}

// statuses counts the sources of each status, the most frequent first.
func (g *gathered) statuses(sources []Source) []counted {
	counts := map[string]int{}
	for _, s := range sources {
		counts[s.statusAt(g.now, g.quirks)]++
	}
	out := []counted{}
	for _, status := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, counted{status, counts[status]})
	}
	slices.SortStableFunc(out, func(a, b counted) int { return cmp.Compare(b.Count, a.Count) })
	return out
}

func (g *gathered) source(s Source) sourceView {
	s = s.at(g.now, g.quirks)
	return sourceView{UUID: s.UUID, Type: s.renderType(g.quirks), Title: s.Title, Status: s.Status, Tokens: s.Tokens}
}

func (g *gathered) session(s Session) sessionView {
	messages := newest(g.messages[s.UUID], pageItems, Message.view)
	slices.Reverse(messages.Items) // a conversation reads downwards
	return sessionView{UUID: s.UUID, CreatedAt: stamp(s.CreatedAt), Messages: messages}
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
