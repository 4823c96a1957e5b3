package base

import (
	"context"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// CreateSource calls create, and calls it again when the source that it conflicts with was deleted meanwhile. That happens when the address of
// a resource changes, such as a key of for_each when a folder is renamed: Terraform then deletes the old sources and creates the new ones at the
// same time.
func (r *Resource) CreateSource(ctx context.Context, chatbot hub.ID, create func() (hub.Source, error)) (created hub.Source, err error) {
	for last := hub.ID(""); ; {
		_ = r.Managed.Create(func() (hub.ID, error) { // records the source before others that conflict with it are reported
			created, err = create()
			return created.ID, err
		})
		existing, conflict := hub.ConflictingSource(err)
		if !conflict || existing.ID == last || r.Managed.WaitContains(ctx, existing.ID) || !r.Hub.AwaitSourceDelete(ctx, chatbot, existing.ID) {
			return created, err
		}
		last = existing.ID
	}
}
