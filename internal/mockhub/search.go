package mockhub

import "strings"

// search is a text in lower case that objects must contain. "" means all objects.
type search string

// in reports whether one of the texts contains the search.
func (q search) in(texts ...string) bool {
	for _, text := range texts {
		if strings.Contains(strings.ToLower(text), string(q)) {
			return true
		}
	}
	return false
}

// search returns the chatbots that a search finds. Of a chatbot that is found only by objects in it, only these are in the index then.
func (g *objectIndex) search(q search, chatbots []Chatbot) []Chatbot {
	if q == "" {
		return chatbots
	}
	return keep(chatbots, func(b Chatbot) bool {
		return q.in(b.UUID, b.Name, b.Visibility, b.RateLimitMessage) || g.searchIn(q, b.UUID)
	})
}

// searchIn removes the objects of a chatbot that are not found from the index, and reports whether there are others.
func (g *objectIndex) searchIn(q search, bot string) bool {
	g.agents[bot] = keep(g.agents[bot], func(a Agent) bool {
		found := q.in(a.UUID, a.Name, a.Type, a.Model, a.Description, a.Prompt)
		for _, f := range g.functions[a.UUID] {
			found = found || q.in(f.UUID, f.Name, f.Description, f.Method, f.ExternalURL)
		}
		return found
	})
	g.sources[bot] = keep(g.sources[bot], func(s Source) bool {
		v := g.source(s)
		return q.in(v.UUID, v.Type, v.Title, v.Status, v.FileName, s.Question, s.Answer, v.Link)
	})
	g.tags[bot] = keep(g.tags[bot], func(t SourceTag) bool { return q.in(t.UUID, t.Name, t.Color) })
	g.sessions[bot] = keep(g.sessions[bot], func(s Session) bool {
		found := q.in(s.UUID)
		for _, m := range g.messages[s.UUID] {
			found = found || q.in(m.UUID, m.Query, m.Response)
		}
		return found
	})
	return len(g.agents[bot])+len(g.sources[bot])+len(g.tags[bot])+len(g.sessions[bot]) > 0
}

// keep returns the items that are found, in the memory of the list. slices.DeleteFunc makes the binary larger.
func keep[T any](items []T, found func(T) bool) []T {
	kept := items[:0]
	for _, item := range items {
		if found(item) {
			kept = append(kept, item)
		}
	}
	return kept
}
