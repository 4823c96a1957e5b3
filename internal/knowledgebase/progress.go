package knowledgebase

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

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
	return progress{Successors: map[string]successor{}, Vanished: map[string]bool{}, TrainedAt: map[string]time.Time{}}
}

// none reports whether nothing is left to do.
func (p progress) none() bool { return len(p.Successors) == 0 && len(p.Obsolete) == 0 }

// isReplaced reports whether a document has a successor.
func (p progress) isReplaced(key string) bool {
	_, replaced := p.Successors[key]
	return replaced
}

// privateState is the private state of a request.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// loadProgress returns what the last apply left.
func loadProgress(ctx context.Context, private privateState) (progress, diag.Diagnostics) {
	p := newProgress()
	raw, diags := private.GetKey(ctx, progressKey)
	if raw != nil && json.Unmarshal(raw, &p) != nil {
		diags.AddWarning("Invalid private state", "The knowledge base has private state that this version of the provider cannot read. It is ignored: sources of an apply that was interrupted can be left at the service.")
	}
	return p, diags
}

// encode returns the progress for private state.
func (p progress) encode() []byte {
	raw, _ := json.Marshal(p) // can always be encoded
	return raw
}
