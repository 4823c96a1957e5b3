package mockhub

import (
	"fmt"
	"net/http"
)

// bulk reads the body of a call for many sources. The answer says what is wrong with it, unless good is true.
func (c *call) bulk() (uuids []string, a answer, good bool) {
	const key = "uuids"
	o := c.body
	o.only(key)
	o.require(key)
	limit := c.quirks.MaxBulk
	switch read := o.uuids(key, &uuids, nil); {
	case read && len(uuids) == 0:
		o.add("ensure this value has at least 1 items", "value_error.list.min_items", key)
	case limit > 0 && len(uuids) > limit:
		o.add(fmt.Sprintf("ensure this value has at most %d items", limit), "value_error.list.max_items", key)
	}
	if len(o.problems) > 0 {
		return nil, invalid(o.problems...), false
	}
	return uuids, answer{}, true
}

func (h *Hub) deleteSources(c *call) answer {
	return deleteBulk(c, &h.store.Sources, "data source", func(uuid string) { h.store.removeSource(c.now, uuid) })
}

// deleteBulk deletes all objects of a bulk call or none when one of them is not there, unless the quirks say otherwise.
func deleteBulk[T any](c *call, t *table[T], noun string, remove func(uuid string)) answer {
	uuids, a, good := c.bulk()
	if !good {
		return a
	}
	var known []string
	unknown := []any{}
	for _, uuid := range uuids {
		switch _, is := t.get(uuid); {
		case is:
			known = append(known, uuid)
		case c.quirks.SecondDeleteSucceeds && t.had(uuid):
		default:
			unknown = append(unknown, map[string]any{"uuid": uuid, "error": noun + " not found"})
		}
	}
	refused := answer{status: http.StatusUnprocessableEntity, body: unknown}
	switch {
	case len(unknown) > 0 && !c.quirks.BulkDeletePartial:
		return refused
	case len(unknown) == 0:
		known = known[:len(known)-min(max(c.quirks.BulkDeleteLeaves, 0), len(known))]
	}
	for _, uuid := range known {
		remove(uuid)
	}
	if len(unknown) > 0 {
		refused.changed = len(known) > 0
		return refused
	}
	return success()
}

// rescrapeSources answers for each source whether it could be trained again (api.md §5).
func (h *Hub) rescrapeSources(c *call) answer {
	uuids, a, good := c.bulk()
	if !good {
		return a
	}
	return ok(h.retrainEach(c, uuids, "restarted scraping", func(s Source) bool { return s.Type == linkSource }))
}

// restartSources trains sources of any type again. What the service says of unknown ones is not known: by default the call
// is refused as a bulk delete is, by a quirk it answers for each, as a re-scrape does.
func (h *Hub) restartSources(c *call) answer {
	uuids, a, good := c.bulk()
	if !good {
		return a
	}
	unknown := []any{}
	for _, uuid := range uuids {
		if _, is := h.store.Sources.get(uuid); !is {
			unknown = append(unknown, map[string]any{"uuid": uuid, "error": "data source not found"})
		}
	}
	if len(unknown) > 0 && !c.quirks.RestartPerItem {
		return answer{status: http.StatusUnprocessableEntity, body: unknown}
	}
	items := h.retrainEach(c, uuids, "restarted", func(Source) bool { return true })
	if c.quirks.RestartPerItem {
		return ok(items)
	}
	return success()
}

// retrainEach trains those sources again that can be, and returns an item for each, in the order of the request.
func (h *Hub) retrainEach(c *call, uuids []string, status string, can func(Source) bool) []any {
	out := []any{}
	for _, uuid := range uuids {
		s, is := h.store.Sources.get(uuid)
		if !is || !can(s) {
			out = append(out, map[string]any{"uuid": uuid, "error": "invalid data source"})
			continue
		}
		s.retrain(c.now, c.quirks)
		h.store.Sources.put(c.now, uuid, s)
		out = append(out, map[string]any{"uuid": uuid, "status": status})
	}
	return out
}
