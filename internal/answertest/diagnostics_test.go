package answertest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestDiagnosticsShown: Terraform shows only the first of several warnings with the same summary, so all cases and all sessions are in one. Errors
// are one for each case, at the line of the case.
func TestDiagnosticsShown(t *testing.T) {
	t.Parallel()
	const warning, failure = tfprotov6.DiagnosticSeverityWarning, tfprotov6.DiagnosticSeverityError
	for name, c := range map[string]struct {
		onMiss   string
		question string
		fault    mockhub.Fault
		want     map[string]int // number of diagnostics by severity, summary and path
	}{
		"misses": {"error", "Where?", mockhub.Fault{}, map[string]int{
			fmt.Sprint(failure, ` Answer test missed AttributeName("cases").ElementKeyString("a")`): 1,
			fmt.Sprint(failure, ` Answer test missed AttributeName("cases").ElementKeyString("b")`): 1,
		}},
		"misses that are warnings": {"warning", "Where?", mockhub.Fault{}, map[string]int{fmt.Sprint(warning, " Answer test missed "): 1}},
		"sessions":                 {"error", "When do you open?", mockhub.Fault{Route: remove, Status: 403, Times: -1}, map[string]int{fmt.Sprint(warning, " Session not deleted "): 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			if c.fault.Route != "" {
				e.Inject(c.fault)
			}
			s := e.Server(t)
			config := e.values(s.Schema.ResourceSchemas["aichatbothub_answer_test"].ValueType(), map[string]string{"a": c.question, "b": c.question}, 0)
			config["on_miss"] = tftypes.NewValue(tftypes.String, c.onMiss)
			got, text := map[string]int{}, ""
			for _, d := range s.Create("aichatbothub_answer_test", config, func() {}) {
				at := ""
				if d.Attribute != nil {
					at = d.Attribute.String()
				}
				got[fmt.Sprint(d.Severity, " ", d.Summary, " ", at)]++
				text += d.Detail + "\n"
			}
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
			left := e.Sessions(e.chatbot)
			if len(left) != 2 {
				t.Errorf("%d sessions", len(left))
			}
			for _, s := range left {
				if !strings.Contains(text, s.UUID) {
					t.Errorf("the session %s is not named\n%s", s.UUID, text)
				}
			}
		})
	}
}
