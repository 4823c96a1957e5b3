package mockhub

import (
	"fmt"
	"net/http"
)

// bulk reads the uuids in the body of a bulk request. If valid is false, a is the answer.
func (c *call) bulk() (uuids []string, a answer, valid bool) {
	const key = "uuids"
	o := c.body
	o.allowOnly(key)
	o.require(key)
	limit := c.quirks.MaxBulk
	switch read := o.uuids(key, &uuids, nil); {
	case read && len(uuids) == 0:
		o.addProblem("ensure this value has at least 1 items", "value_error.list.min_items", key)
	case limit > 0 && len(uuids) > limit:
		o.addProblem(fmt.Sprintf("ensure this value has at most %d items", limit), "value_error.list.max_items", key)
	}
	if len(o.problems) > 0 {
		return nil, invalid(o.problems...), false
	}
	return uuids, answer{}, true
}

func (h *Hub) deleteSources(c *call) answer {
	return deleteBulk(c, &h.store.Sources, "data source", func(uuid string) { h.store.removeSource(c.now, uuid) })
}

// deleteBulk deletes all objects of a bulk request, or none if one of them does not exist. Quirks can change this.
func deleteBulk[T any](c *call, t *table[T], noun string, remove func(uuid string)) answer {
	uuids, a, valid := c.bulk()
	if !valid {
		return a
	}
	var known []string
	unknown := []any{}
	for _, uuid := range uuids {
		switch _, found := t.get(uuid); {
		case found:
			known = append(known, uuid)
		case c.quirks.SecondDeleteSucceeds && t.existed(uuid), c.quirks.BulkDeleteIgnoresUnknown:
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

// rescrapeSources answers for each source whether its training was restarted (api.md §5).
func (h *Hub) rescrapeSources(c *call) answer {
	if c.quirks.RescrapeMissing != "" {
		return noEndpoint(c.quirks, c.quirks.RescrapeMissing)
	}
	uuids, a, valid := c.bulk()
	if !valid {
		return a
	}
	return ok(h.retrainEach(c, uuids, "restarted scraping", func(s Source) bool {
		return s.Type == linkSource && s.renderType(c.quirks) != "video"
	}))
}

// restartSources restarts the training of sources of any type. The service's answer for unknown uuids is not documented. By
// default the request is refused, like a bulk delete. With Quirks.RestartPerItem it is answered like a re-scrape.
func (h *Hub) restartSources(c *call) answer {
	if c.quirks.RestartMissing != "" {
		return noEndpoint(c.quirks, c.quirks.RestartMissing)
	}
	uuids, a, valid := c.bulk()
	if !valid {
		return a
	}
	unknown := []any{}
	for _, uuid := range uuids {
		if _, found := h.store.Sources.get(uuid); !found {
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

// retrainEach restarts the training of the sources for which can returns true. It returns an item for each uuid, in the
// order of the request.
func (h *Hub) retrainEach(c *call, uuids []string, status string, can func(Source) bool) []any {
	out := []any{}
	for _, uuid := range uuids {
		s, found := h.store.Sources.get(uuid)
		if !found || !can(s) {
			out = append(out, map[string]any{"uuid": uuid, "error": "invalid data source"})
			continue
		}
		s.retrain(c.now, c.quirks)
		h.store.Sources.put(c.now, uuid, s)
		out = append(out, map[string]any{"uuid": uuid, "status": status})
	}
	return out
}
