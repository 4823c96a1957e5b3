package hub

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// TestRedirectedCreates: a create that is answered with a redirect is sent once, whatever max_retries is. If the service has done the work all the
// same, its object is found (goals.md S2).
func TestRedirectedCreates(t *testing.T) {
	t.Parallel()
	for name, n := range nouns {
		for _, status := range []int{301, 302, 303, 307, 308} {
			for _, done := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s/%d/done %t", name, status, done), func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) {
						s := olderServiceInProcess(t, mockhub.Quirks{})
						next, sent := networkOf(s.Client).next, 0
						networkOf(s.Client).next = tripFunc(func(r *http.Request) (*http.Response, error) {
							if r.Method != http.MethodPost {
								return next.RoundTrip(r)
							}
							sent++
							connected(r)
							if done {
								if _, err := next.RoundTrip(r); err != nil {
									return nil, err
								}
							}
							to := "/api/v1/chatbots"
							if status >= 307 { // within the origin it repeats the create
								to = "https://elsewhere.test" + r.URL.Path
							}
							return resttest.Reply(status, "", "Location", to), nil
						})
						id, err := n.create(t.Context(), s, 1)
						stored := n.stored(s)
						switch lost, _ := errors.AsType[*LostError](err); {
						case sent != 1:
							t.Errorf("%d requests, want 1", sent)
						case done && (err != nil || len(stored) != 1 || stored[0] != string(id)):
							t.Errorf("%s, %v; the service has %s", id, err, stored)
						case !done && (lost == nil || !strings.Contains(err.Error(), "redirect") || !strings.HasSuffix(err.Error(), "lists no object that the create created") || len(stored) > 0):
							t.Errorf("%v; the service has %s", err, stored)
						}
					})
				})
			}
		}
	}
}
