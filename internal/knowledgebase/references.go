package knowledgebase

import (
	"context"
	"slices"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// user is an agent or a source tag with the sources that it lists. Agents that use all sources list none.
type user struct {
	id      hub.ID
	sources *[]hub.ID
	update  func(context.Context, *[]hub.ID) error
}

// listUsers returns the agents and source tags of the chatbot.
func (w *work) listUsers(ctx context.Context) ([]user, error) {
	agents, err := w.Hub.Agents(ctx, w.chatbot)
	if err != nil {
		return nil, err
	}
	tags, err := w.Hub.SourceTags(ctx, w.chatbot)
	if err != nil {
		return nil, err
	}
	all := make([]user, 0, len(agents)+len(tags))
	for _, a := range agents {
		all = append(all, user{a.ID, a.DataSourceUUIDs, func(ctx context.Context, ids *[]hub.ID) error {
			_, err := w.Hub.UpdateAgent(ctx, w.chatbot, a.ID, hub.AgentSettings{DataSourceUUIDs: ids})
			return err
		}})
	}
	for _, t := range tags {
		all = append(all, user{t.ID, t.DataSourceUUIDs, func(ctx context.Context, ids *[]hub.ID) error {
			_, err := w.Hub.UpdateSourceTag(ctx, w.chatbot, t.ID, hub.SourceTagSettings{DataSourceUUIDs: ids})
			return err
		}})
	}
	return all, nil
}

// rememberReferences records the agents and source tags that list the source of a document. The service removes a source from them when it is
// deleted, so the new one is added to them once it is trained.
func (w *work) rememberReferences(key string) error {
	all, err := w.users()
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, u := range all {
		if u.sources != nil && slices.Contains(*u.sources, w.ids[key]) && !slices.Contains(w.left.References[key], u.id) {
			w.left.References[key] = append(w.left.References[key], u.id)
		}
	}
	return nil
}

// inherited returns the trained sources of documents whose old sources were deleted first, by the agent or source tag that listed the old one,
// and the keys of these documents.
func (w *work) inherited() (lost map[hub.ID][]hub.ID, keys []string) {
	lost = map[hub.ID][]hub.ID{}
	for _, key := range base.SortedKeys(w.left.References) {
		id := w.ids[key]
		if _, waits := w.left.Successors[key]; id == "" || waits || w.failed[key] != "" {
			continue
		}
		keys = append(keys, key)
		for _, u := range w.left.References[key] {
			lost[u] = append(lost[u], id)
		}
	}
	return lost, keys
}

// replaceReferences puts new sources in the place of old ones, and adds those whose old ones are gone, with one update for each agent and each
// source tag of the chatbot.
func (w *work) replaceReferences(ctx context.Context, ready map[hub.ID]hub.ID, lost map[hub.ID][]hub.ID) error {
	defer w.Managed.Lock(w.chatbot)()
	all, err := w.listUsers(ctx)
	if err != nil {
		return err
	}
	for _, u := range all {
		next, changed := replaced(u.sources, ready)
		for _, id := range lost[u.id] {
			if !slices.Contains(next, id) {
				next, changed = append(next, id), true
			}
		}
		if !changed {
			continue
		}
		if err := u.update(ctx, &next); err != nil {
			return err
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
