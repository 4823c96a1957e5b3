package knowledgebase

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// swap puts the successors that are trained in the place of the old sources: in agents and source tags that list an old one, and in the state.
// A successor that is not trained waits for the next apply, and one whose training failed is deleted.
func (w *work) swap(ctx context.Context) {
	ready := map[hub.ID]hub.ID{} // old → new
	var keys []string
	for _, key := range base.SortedKeys(w.left.Successors) {
		s := w.left.Successors[key]
		switch reason := w.failed[key]; {
		case reason == "":
			ready[w.ids[key]] = s.ID // every successor has an old source
			keys = append(keys, key)
		case hub.ParseTrainingStatus(w.listed[s.ID].Status).Failed:
			w.left.Obsolete = append(w.left.Obsolete, s.ID)
			delete(w.left.Successors, key)
		}
	}
	lost, inherited := w.inherited()
	if len(ready) == 0 && len(lost) == 0 {
		return
	}
	if err := w.replaceReferences(ctx, ready, lost); err != nil {
		reason := base.EndOf(ctx)
		if ctx.Err() == nil {
			reason = "the agents and source tags that use the old source could not be updated: " + w.reasonOf(ctx, err)
		}
		for _, key := range slices.Concat(keys, inherited) {
			w.failed[key] = reason
		}
		return
	}
	for _, key := range inherited {
		delete(w.left.References, key)
	}
	for _, key := range keys {
		s := w.left.Successors[key]
		w.left.Obsolete = append(w.left.Obsolete, w.ids[key])
		w.ids[key], w.content[key] = s.ID, s.SHA256
		delete(w.left.Successors, key)
	}
}

// makeRoom deletes a source of this knowledge base that the service takes for that of a document, if the apply deletes it anyway. Otherwise it
// returns the error of the conflict.
func (w *work) makeRoom(ctx context.Context, d document, existing hub.Source) error {
	key, owned := w.keyOf(existing.ID)
	switch {
	case !owned && !w.isOwn(existing.ID), owned && key != d.key && !w.goes[key]:
		return w.conflict(existing)
	case owned:
		if err := w.rememberReferences(key); err != nil {
			return err
		}
	}
	if !w.Managed.GiveUp(existing.ID, w) {
		return w.conflict(existing)
	}
	if err := w.Hub.DeleteSource(ctx, w.chatbot, existing.ID); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.left.Obsolete = slices.DeleteFunc(w.left.Obsolete, func(id hub.ID) bool { return id == existing.ID })
	if w.ids[key] != existing.ID {
		return nil
	}
	delete(w.ids, key)
	delete(w.content, key)
	if s, found := w.left.Successors[key]; found { // it has no old source any more
		w.ids[key], w.content[key] = s.ID, s.SHA256
		delete(w.left.Successors, key)
	}
	if name := w.names.of(key); !slices.Contains(w.gaps, name) {
		w.gaps = append(w.gaps, name)
	}
	return nil
}

// keyOf returns the key of the document that has a source, other than as its successor.
func (w *work) keyOf(id hub.ID) (key string, found bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for key, own := range w.ids {
		if own == id {
			return key, true
		}
	}
	return "", false
}

// entitle records that a new source gets the plain name of its file as a title, if it was uploaded under another name.
func (w *work) entitle(d document, id hub.ID, name string) {
	if plain := uploadName(d.key); d.kind == hub.SourceOfFile && name != plain {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.titles[id] = plain
	}
}

// setTitles sets the titles of new sources that are trained, because a training can generate one. A title is of no importance for the answers,
// so errors are ignored.
func (w *work) setTitles(ctx context.Context) {
	var g errgroup.Group
	g.SetLimit(maxParallel)
	for _, id := range w.ids {
		if title := w.titles[id]; title != "" {
			g.Go(func() error {
				return base.Recovered(func() error { _, err := w.Hub.UpdateSourceTitle(ctx, w.chatbot, id, title); return err })
			})
		}
	}
	_ = g.Wait()
}

// deleteOld deletes the old sources of changed documents, and those of removed ones, before anything is uploaded.
func (w *work) deleteOld(ctx context.Context, c changes) {
	keys := slices.Clone(c.remove)
	for _, d := range c.replace {
		if err := w.rememberReferences(d.key); err != nil {
			w.fail(d.key, w.reasonOf(ctx, err))
			continue
		}
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
			w.remaining = append(w.remaining, fmt.Sprintf("- %s: %s.", key, w.failed[key]))
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

// deleteAll deletes sources and returns the reasons for those that it could not delete. Sources that another resource has taken over in this
// run stay. The client combines the deletes of a chatbot in requests for up to 100 sources.
func (w *work) deleteAll(ctx context.Context, ids map[string]hub.ID) (failed map[string]string) {
	failed = map[string]string{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for name, id := range maps.All(ids) {
		if !w.Managed.GiveUp(id, w) {
			continue
		}
		all.Go(func() {
			err := base.Recovered(func() error { return w.Hub.DeleteSource(ctx, w.chatbot, id) })
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
