package knowledgebase

import (
	"context"
	"encoding/json"
	"maps"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// progressKey is the key of progress in private state.
const progressKey = "progress"

// progress is what an apply leaves for the next one, in private state, because no attribute has it.
type progress struct {
	// Successors are new sources of documents whose old sources still exist, by key: the apply ended before they were trained.
	Successors map[string]successor `json:"successors,omitempty"`
	// Obsolete are old sources that have a successor and are not deleted yet.
	Obsolete []hub.ID `json:"obsolete,omitempty"`
	// Vanished are the documents whose sources were deleted outside Terraform, or by an apply that was killed. That one may have created new
	// ones, which an apply takes over.
	Vanished map[string]bool `json:"vanished,omitempty"`
	// WrittenAt is the service's time at the end of the last apply. Lists can be behind it (goals.md R5).
	WrittenAt string `json:"written_at,omitempty"`
	// References are the agents and source tags that listed a source that was deleted before the new one of the document was trained, by key.
	References map[string][]hub.ID `json:"references,omitempty"`
	// Retrained are the documents that were trained for a trigger although others failed, so that the state still has the old triggers. Each has
	// the hash of the new ones.
	Retrained map[string]string `json:"retrained,omitempty"`
	// TrainedAt is when the training of each page began last, by key.
	TrainedAt map[string]time.Time `json:"trained_at,omitempty"`
}

// successor is the new source of a document.
type successor struct {
	ID     hub.ID `json:"id"`
	SHA256 string `json:"sha256"`
}

// newProgress returns that of a knowledge base that has none.
func newProgress() progress {
	return progress{Successors: map[string]successor{}, Vanished: map[string]bool{}, References: map[string][]hub.ID{}, Retrained: map[string]string{}, TrainedAt: map[string]time.Time{}}
}

// none reports whether nothing is left to do.
func (p progress) none() bool {
	return len(p.Successors) == 0 && len(p.Obsolete) == 0 && len(p.References) == 0
}

// tidy removes what is of no interest any more after an apply.
func (p progress) tidy(ids map[string]hub.ID, failed map[string]string) {
	for key := range ids {
		delete(p.Vanished, key)
	}
	maps.DeleteFunc(p.Retrained, func(key, _ string) bool { return ids[key] == "" })
	maps.DeleteFunc(p.TrainedAt, func(key string, _ time.Time) bool { return ids[key] == "" })
	maps.DeleteFunc(p.References, func(key string, _ []hub.ID) bool { return ids[key] == "" && failed[key] == "" })
}

// rename gives a document another key.
func (p progress) rename(old, key string) {
	renameKey(p.Successors, old, key)
	renameKey(p.Vanished, old, key)
	renameKey(p.References, old, key)
	renameKey(p.Retrained, old, key)
	renameKey(p.TrainedAt, old, key)
}

// renameKey gives an element of a map another key.
func renameKey[V any](m map[string]V, old, key string) {
	if v, found := m[old]; found {
		m[key] = v
		delete(m, old)
	}
}

// isReplaced reports whether a document has a successor.
func (p progress) isReplaced(key string) bool {
	_, replaced := p.Successors[key]
	return replaced
}

// loadProgress returns what the last apply left.
func loadProgress(ctx context.Context, private base.PrivateReader) (progress, diag.Diagnostics) {
	p := newProgress()
	raw, diags := private.GetKey(ctx, progressKey)
	if raw != nil && json.Unmarshal(raw, &p) != nil {
		diags.AddWarning("Invalid private state", "The knowledge base has private state that this version of the provider cannot read. It is ignored. Sources of an apply that was interrupted can be left in the chatbot: look for them in the web app.")
	}
	return p, diags
}

// encode returns the progress for private state.
func (p progress) encode() []byte {
	raw, _ := json.Marshal(p) // can always be encoded
	return raw
}
