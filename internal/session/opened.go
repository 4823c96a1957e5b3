package session

import (
	"context"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Opened remembers the ephemeral sessions that are open, because Terraform does not close one when something that uses it fails: it skips
// what depends on a failure, and the close does. The zero value is ready to use, by several goroutines at once.
type Opened struct{ sessions sync.Map } // the lease of each → the client that opened it

// NewResource makes the ephemeral resource aichatbothub_session, whose sessions o remembers.
func (o *Opened) NewResource() ephemeral.EphemeralResource { return &Ephemeral{opened: o} }

// Close deletes the sessions that are still open, with their messages. It is for the end of the process: nobody is there any more to be
// told of one that cannot be deleted.
func (o *Opened) Close(ctx context.Context) {
	var deletes sync.WaitGroup
	o.sessions.Range(func(key, value any) bool {
		deletes.Go(func() {
			l, c := key.(lease), value.(*hub.Client) //nolint:forcetypeassert // Open stores nothing else
			_ = c.DeleteSession(ctx, l.Chatbot, l.ID)
		})
		return true
	})
	deletes.Wait()
}
