package knowledgebase

import "github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"

// changes is what an apply has to do.
type changes struct {
	add     []document // without a source
	replace []document // whose source has another content
	repair  []document // whose source is not trained
	train   []document // whose source is trained once more, because of a trigger or its age
	remove  []string   // keys of sources that the configuration does not have any more
}

// none reports whether there is nothing to do.
func (c changes) none() bool {
	return len(c.add) == 0 && len(c.replace) == 0 && len(c.repair) == 0 && len(c.train) == 0 && len(c.remove) == 0
}

// compare returns what has to be done so that the sources of a state are those of the configuration. trigger is the hash of
// triggers that changed, or "".
func compare(all []document, state model, left progress, trigger string) changes {
	var c changes
	content, ids, failed := base.StringMap(state.Content), state.sources(), base.StringMap(state.Failed)
	configured := make(map[string]bool, len(all))
	for _, d := range all {
		configured[d.key] = true
		_, exists := ids[d.key]
		_, broken := failed[d.key]
		switch {
		case !exists:
			c.add = append(c.add, d)
		case content[d.key] != d.hash:
			c.replace = append(c.replace, d)
		case broken:
			c.repair = append(c.repair, d)
		case trigger != "" && left.Retrained[d.key] != trigger:
			c.train = append(c.train, d)
		}
	}
	for _, key := range base.SortedKeys(ids) {
		if !configured[key] {
			c.remove = append(c.remove, key)
		}
	}
	return c
}

// newIDs returns the keys whose source the apply may replace or create.
func (c changes) newIDs() map[string]bool {
	keys := map[string]bool{}
	for _, list := range [][]document{c.add, c.replace, c.repair} {
		for _, d := range list {
			keys[d.key] = true
		}
	}
	return keys
}

// keysOf returns the keys of documents.
func keysOf(all []document) []string {
	keys := make([]string, 0, len(all))
	for _, d := range all {
		keys = append(keys, d.key)
	}
	return keys
}

// contentOf returns the hashes of documents by key.
func contentOf(all []document) map[string]string {
	content := make(map[string]string, len(all))
	for _, d := range all {
		content[d.key] = d.hash
	}
	return content
}
