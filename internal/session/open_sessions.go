package session

import (
	"context"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// OpenSessions tracks the ephemeral sessions that are open. Terraform does not close an ephemeral resource when something that uses it
// fails, so Close deletes the rest when the process ends. The zero value is ready to use and is safe for concurrent use.
type OpenSessions struct{ sessions sync.Map } // sessionRef → *hub.Client

// NewEphemeral returns the ephemeral resource aichatbothub_session, whose sessions o tracks.
func (o *OpenSessions) NewEphemeral() ephemeral.EphemeralResource { return &Ephemeral{open: o} }

// Close deletes the sessions that are still open, with their messages. It ignores errors: when the process ends, Terraform no longer reads
// diagnostics.
func (o *OpenSessions) Close(ctx context.Context) {
	var deletes sync.WaitGroup
	o.sessions.Range(func(key, value any) bool {
		deletes.Go(func() {
			ref, c := key.(sessionRef), value.(*hub.Client) //nolint:forcetypeassert // Open stores nothing else
			_ = c.DeleteSession(ctx, ref.Chatbot, ref.ID)
		})
		return true
	})
	deletes.Wait()
}
