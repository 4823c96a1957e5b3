package probe

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// TestInterrupts: after an interrupt at any request, before the service processes it or after, nothing is left behind. TestNotDeleted is about
// a service that refuses the delete.
func TestInterrupts(t *testing.T) {
	t.Parallel()
	const seed, moments, requests = 15, 30, 69
	random := rand.New(rand.NewPCG(seed, seed))
	at := append([]int{1, 2, 3}, random.Perm(requests)[:moments-3]...)
	for _, moment := range at {
		for _, processed := range []bool{false, true} {
			t.Run(fmt.Sprintf("request %d, processed %v", moment, processed), func(t *testing.T) {
				t.Parallel()
				h := mockhub.New(mockhub.Options{})
				other := h.AddChatbot(mockhub.Chatbot{Name: "Support"})
				ctx, interrupt := context.WithCancel(t.Context())
				var n atomic.Int64
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					last := n.Add(1) == int64(moment)
					if last && !processed {
						interrupt()
					}
					h.ServeHTTP(w, r)
					if last {
						interrupt()
					}
				}))
				t.Cleanup(func() { h.Close(); server.Close() })
				out := probeFrom(ctx, t, map[string]string{keyVariable: h.Key(), urlVariable: server.URL}, "-json", "-ask")
				if out.code != subcommand.Failed || strings.Contains(out.stdout, `"nothing: context canceled"`) {
					t.Errorf("exit code %d\n%s%s", out.code, out.stdout, out.stderr)
				}
				if left := h.Chatbots(); len(left) != 1 || left[0].UUID != other {
					t.Errorf("%d chatbots are left\n%s", len(left), out.stderr)
				}
			})
		}
	}
}
