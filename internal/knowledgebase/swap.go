package knowledgebase

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// swap puts the successors that are trained in the place of the old sources: in agents and source tags that list an old one, and in the state.
// A successor that is not trained waits for the next apply, and one whose training failed is deleted.
func (w *work) swap(ctx context.Context) {
	ready := map[hub.ID]hub.ID{} // old → new
	keys := map[hub.ID]string{}
	for _, key := range sortedKeys(w.left.Successors) {
		s := w.left.Successors[key]
		switch reason := w.failed[key]; {
		case reason == "":
			ready[w.ids[key]] = s.ID
			keys[s.ID] = key
		case hub.ParseTrainingStatus(w.listed[s.ID].Status).Failed:
			w.left.Obsolete = append(w.left.Obsolete, s.ID)
			delete(w.left.Successors, key)
		}
	}
	if len(ready) == 0 {
		return
	}
	if ctx.Err() != nil {
		for _, key := range keys {
			w.failed[key] = endOf(ctx)
		}
		return
	}
	defer w.Managed.Lock(w.chatbot)()
	if err := w.replaceReferences(ctx, ready); err != nil {
		for _, key := range keys {
			w.failed[key] = "the agents and source tags that use the old source could not be updated: " + w.reasonOf(ctx, err)
		}
		return
	}
	for old, id := range ready {
		key := keys[id]
		if old != "" {
			w.left.Obsolete = append(w.left.Obsolete, old)
		}
		w.setTitle(ctx, key, id)
		w.ids[key], w.content[key] = id, w.left.Successors[key].SHA256
		delete(w.left.Successors, key)
	}
}

// setTitle gives a successor the plain name of its file as a title. The title is of no importance for the answers, so an error is ignored.
func (w *work) setTitle(ctx context.Context, key string, id hub.ID) {
	if t := w.training[id]; t != nil && t.kind == hub.SourceOfFile {
		_, _ = w.Hub.UpdateSourceTitle(ctx, w.chatbot, id, uploadName(key))
	}
}

// replaceReferences puts new sources in the place of old ones, with one update for each agent and each source tag of the chatbot that lists an
// old one. Agents that use all sources list none.
func (w *work) replaceReferences(ctx context.Context, ready map[hub.ID]hub.ID) error {
	agents, err := w.Hub.Agents(ctx, w.chatbot)
	if err != nil {
		return err
	}
	for _, a := range agents {
		if next, changed := replaced(a.DataSourceUUIDs, ready); changed {
			if _, err := w.Hub.UpdateAgent(ctx, w.chatbot, a.ID, hub.AgentSettings{DataSourceUUIDs: &next}); err != nil {
				return err
			}
		}
	}
	tags, err := w.Hub.SourceTags(ctx, w.chatbot)
	if err != nil {
		return err
	}
	for _, t := range tags {
		if next, changed := replaced(t.DataSourceUUIDs, ready); changed {
			if _, err := w.Hub.UpdateSourceTag(ctx, w.chatbot, t.ID, hub.SourceTagSettings{DataSourceUUIDs: &next}); err != nil {
				return err
			}
		}
	}
	return nil
}

// replaced returns a list of ids with new ones in the place of old ones, and whether it has any.
func replaced(ids *[]hub.ID, ready map[hub.ID]hub.ID) (next []hub.ID, changed bool) {
	if ids == nil {
		return nil, false
	}
	for _, id := range *ids {
		fresh, old := ready[id]
		if old {
			id, changed = fresh, true
		}
		if !slices.Contains(next, id) {
			next = append(next, id)
		}
	}
	return next, changed
}

// deleteOld deletes the old sources of changed documents, and those of removed ones, before anything is uploaded.
func (w *work) deleteOld(ctx context.Context, c changes) {
	keys := slices.Clone(c.remove)
	for _, d := range c.replace {
		keys = append(keys, d.key)
	}
	w.deleteKeys(ctx, keys)
}

// deleteObsolete deletes the old sources that have a successor, and the sources of removed documents.
func (w *work) deleteObsolete(ctx context.Context, remove []string) {
	for _, id := range w.left.Obsolete {
		w.ids[obsoleteKey(id)] = id
	}
	keys := slices.Clone(remove)
	for _, id := range w.left.Obsolete {
		keys = append(keys, obsoleteKey(id))
	}
	w.deleteKeys(ctx, keys)
	w.left.Obsolete = slices.DeleteFunc(w.left.Obsolete, func(id hub.ID) bool {
		key := obsoleteKey(id)
		_, remains := w.ids[key]
		if remains {
			w.remaining = append(w.remaining, fmt.Sprintf("  %s: %s", key, w.failed[key]))
		}
		delete(w.ids, key)
		delete(w.failed, key) // which has documents only
		return !remains
	})
}

// obsoleteKey stands for an old source, which has no document any more.
func obsoleteKey(id hub.ID) string { return "old source " + string(id) }

// deleteKeys deletes the sources of documents.
func (w *work) deleteKeys(ctx context.Context, keys []string) {
	ids := map[string]hub.ID{}
	for _, key := range keys {
		if id := w.ids[key]; id != "" {
			ids[key] = id
		}
	}
	failed := w.deleteAll(ctx, ids)
	for key := range ids {
		if reason, left := failed[key]; left {
			w.failed[key] = "the source could not be deleted: " + reason
			continue
		}
		delete(w.ids, key)
		delete(w.content, key)
		delete(w.failed, key)
	}
}

// deleteAll deletes sources and returns the reasons for those that it could not delete. The client combines the deletes of a chatbot in
// requests for up to 100 sources.
func (w *work) deleteAll(ctx context.Context, ids map[string]hub.ID) (failed map[string]string) {
	failed = map[string]string{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for name, id := range maps.All(ids) {
		all.Go(func() {
			err := recovered(func() error { return w.Hub.DeleteSource(ctx, w.chatbot, id) })
			if err != nil {
				mu.Lock()
				defer mu.Unlock()
				failed[name] = strings.TrimSuffix(w.reasonOf(ctx, err), ".")
			}
		})
	}
	all.Wait()
	return failed
}

// skipWait accepts all sources without waiting for their training.
func (w *work) skipWait() { clear(w.training) }
