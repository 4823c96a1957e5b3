package mockhub

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// SourceTag is a stored source tag (api.md §3). Color is #RRGGBB.
type SourceTag struct {
	UUID, ChatbotUUID, Name, Color string
	DataSourceUUIDs                []string
	CreatedAt, ModifiedAt          time.Time
}

// clone returns a copy that shares no memory with t.
func (t SourceTag) clone() SourceTag {
	t.DataSourceUUIDs = slices.Clone(t.DataSourceUUIDs)
	return t
}

func sourceTagRoutes() []route {
	return []route{
		{method: http.MethodPost, path: "/chatbot/{uuid}/source-tag/create", body: readObject, serve: (*Hub).createTag},
		{method: http.MethodGet, path: "/chatbot/{uuid}/source-tags", serve: (*Hub).listTags},
		{method: http.MethodPost, path: "/source-tag/{uuid}/update", body: readObject, serve: (*Hub).updateTag},
		{method: http.MethodDelete, path: "/source-tag/{uuid}/delete", serve: (*Hub).deleteTag},
	}
}

func (h *Hub) listTags(c *call) answer {
	if _, found := h.store.Chatbots.get(c.id); !found {
		return h.chatbotNotFound(c)
	}
	tags := h.store.Tags.list(c, func(t SourceTag) bool { return t.ChatbotUUID == c.id })
	shuffle(h, c.quirks.SourceOrderRandom, tags)
	out := []any{}
	for _, t := range tags {
		out = append(out, t.render())
	}
	return ok(out)
}

func (h *Hub) createTag(c *call) answer {
	if _, found := h.store.Chatbots.get(c.id); !found {
		return h.chatbotNotFound(c)
	}
	now := c.now.Truncate(time.Second)
	t := SourceTag{UUID: newUUID(), ChatbotUUID: c.id, CreatedAt: now, ModifiedAt: now}
	c.body.require("name", "color")
	t.read(h, c)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	h.store.Tags.put(c.now, t.UUID, t)
	return ok(t.render())
}

func (h *Hub) updateTag(c *call) answer {
	t, found := h.store.Tags.get(c.id)
	if !found {
		return h.tagNotFound(c)
	}
	c.body.requireAny()
	t.read(h, c)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	t.ModifiedAt = c.now.Truncate(time.Second)
	h.store.Tags.put(c.now, t.UUID, t)
	return ok(t.render())
}

func (h *Hub) deleteTag(c *call) answer {
	return deleteOne(c, &h.store.Tags, "source tag", h.store.Tags.remove)
}

func (h *Hub) tagNotFound(c *call) answer {
	return notFound(c, "source tag", h.store.Tags.existed(c.id))
}

// read reads the body of a request into t.
func (t *SourceTag) read(h *Hub, c *call) {
	o := c.body
	o.allowOnly("name", "color", "data_source_uuids")
	// The name is trimmed first: a blank name would be stored as "".
	o.nonEmptyText("name", &t.Name, c.trim)
	if _, found := o.fields["color"]; found {
		o.color("color", &t.Color)
		switch c.quirks.TagColorCase {
		case "upper":
			t.Color = strings.ToUpper(t.Color)
		case "lower":
			t.Color = strings.ToLower(t.Color)
		}
	}
	var uuids []string
	if !o.uuids("data_source_uuids", &uuids, func(uuid string) bool { return h.store.hasSource(t.ChatbotUUID, uuid) }) {
		return
	}
	if c.quirks.TagUpdateMerges {
		added := slices.DeleteFunc(uuids, func(uuid string) bool { return slices.Contains(t.DataSourceUUIDs, uuid) })
		uuids = slices.Concat(t.DataSourceUUIDs, added)
	}
	t.DataSourceUUIDs = uuids
}

func (t SourceTag) render() map[string]any {
	uuids := []any{}
	for _, uuid := range t.DataSourceUUIDs {
		uuids = append(uuids, uuid)
	}
	return map[string]any{
		"uuid": t.UUID, "name": t.Name, "color": t.Color, "data_source_uuids": uuids,
		"created_at": formatTime(t.CreatedAt), "modified_at": formatTime(t.ModifiedAt),
	}
}
