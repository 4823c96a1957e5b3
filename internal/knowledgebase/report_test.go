package knowledgebase

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// TestReport: the log has one line each five seconds, at INFO, with the number of documents that are trained, of all, and of failures. It has
// none for a document.
func TestReport(t *testing.T) {
	t.Parallel()
	for doing, wait := range map[string]bool{"trained": true, "sent": false} {
		synctest.Test(t, func(t *testing.T) {
			var out strings.Builder
			ctx := tflogtest.RootLogger(t.Context(), &out)
			w := &work{wait: wait, total: 1000, failed: map[string]string{}, listed: map[hub.ID]hub.Source{}, training: map[hub.ID]*training{}}
			end := w.report(ctx)
			time.Sleep(logInterval + time.Second)
			for i := range 415 {
				d := document{key: fmt.Sprint("secret ", i)}
				w.oneDocument(ctx, d, func(context.Context, document) error {
					if i < 3 {
						return errors.New("secret reason")
					}
					return nil
				})
				if i >= 3 && wait {
					id := hub.ID(d.key)
					w.training[id] = newTraining(d)
					w.ended(ctx, id, hub.TrainingEnd{Status: hub.ParseTrainingStatus("success")})
				}
			}
			time.Sleep(logInterval)
			end()
			time.Sleep(time.Minute)
			lines, err := tflogtest.MultilineJSONDecode(strings.NewReader(out.String()))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, line := range lines {
				if line["@level"] == "info" {
					got = append(got, fmt.Sprint(line["@message"]))
				}
			}
			if want := []string{doing + " 0 of 1,000, 0 failed", doing + " 412 of 1,000, 3 failed"}; !slices.Equal(got, want) {
				t.Errorf("%q, want %q", got, want)
			}
			if strings.Contains(out.String(), "secret") {
				t.Errorf("the log has contents: %s", out.String())
			}
		})
	}
}
