package answertest_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestTable: 40 cases of a chatbot that is right with the probability p. The share that passes was computed by hand: a case passes the first
// time with p, or after a miss if more than half of all tries pass. With q = 1-p that is
//
//	confirm 0: p
//	confirm 2: p + q·p²                 (both of two more)
//	confirm 4: p + q·(p⁴ + 4·p³·q)      (at least three of four more)
//
// The seed is fixed; the numbers must be within three standard deviations and a half case. The number of questions is between 1 and 1 + confirm for each case. There is a session for each miss, and no other.
func TestTable(t *testing.T) {
	t.Parallel()
	const n = 40
	for _, row := range []struct {
		p       float64
		confirm int
		share   float64
	}{
		{0.5, 0, 0.5}, {0.5, 2, 0.625}, {0.5, 4, 0.65625},
		{0.8, 0, 0.8}, {0.8, 2, 0.928}, {0.8, 4, 0.96384},
		{0.95, 0, 0.95}, {0.95, 2, 0.995125}, {0.95, 4, 0.9992990625},
	} {
		t.Run(fmt.Sprintf("p=%g confirm=%d", row.p, row.confirm), func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.AnswersWrong, q.AnswerSeed = 1-row.p, 4 })
			var cases []string
			for i := range n {
				cases = append(cases, fmt.Sprintf("c%d = { ask = [%q], contains = [\"nine\"] }", i, fmt.Sprint("When do you open? ", i)))
			}
			passed := 0
			e.Test(t, resource.TestStep{Config: e.config(strings.Join(cases, "\n"), fmt.Sprintf("confirm = %d", row.confirm), `on_miss = "warning"`), ExpectNonEmptyPlan: row.p < 1, Check: func(s *terraform.State) error {
				missed := 0
				for key := range s.RootModule().Resources[address].Primary.Attributes {
					if strings.HasPrefix(key, "missed.c") {
						missed++
					}
				}
				passed = n - missed
				if asked := e.Count(send); asked < n || asked > n*(1+row.confirm) || asked != e.Count(open) || e.Count(remove) != asked-missed {
					return fmt.Errorf("%d questions, %d sessions opened, %d deleted, %d misses", asked, e.Count(open), e.Count(remove), missed)
				}
				return e.left(missed)
			}})
			if most := 0.5 + 3*math.Sqrt(n*row.share*(1-row.share)); math.Abs(float64(passed)-n*row.share) > most {
				t.Errorf("%d of %d pass, want %.1f ± %.1f", passed, n, n*row.share, most)
			}
			t.Logf("%d of %d pass, computed %.2f; %d questions", passed, n, n*row.share, e.Answers())
		})
	}
}

// TestPauses: there are 5 seconds before the first repetition and 15 before each other one, whatever the number of cases. It runs on the clock of
// a synctest bubble, with the pauses that the provider has by default.
func TestPauses(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.SetQuirks(func(q *mockhub.Quirks) { q.AnswersWrong = 1 })
	for confirm, want := range map[int]time.Duration{0: 0, 1: 0, 2: 5 * time.Second, 4: 20 * time.Second, 5: 20 * time.Second} {
		e.Forget()
		synctest.Test(t, func(t *testing.T) {
			s := e.Server(t, func(cfg *hub.Config) { cfg.RepeatFirst, cfg.RepeatNext = 0, 0 }, e.WithoutNetwork)
			begin := time.Now()
			diags := s.Create("aichatbothub_answer_test", e.values(s.Schema.ResourceSchemas["aichatbothub_answer_test"].ValueType(), map[string]string{"a": "When do you open?", "b": "Where?"}, confirm), func() {})
			if took := time.Since(begin); took < want || took > want+4*time.Second || len(diags) != 2 {
				t.Errorf("confirm = %d: it took %s, want %s; %d diagnostics", confirm, took, want, len(diags))
			}
		})
		if asked := e.Count(send); asked != 2*(1+confirm/2) {
			t.Errorf("confirm = %d: %d questions", confirm, asked)
		}
	}
}

// values is a configuration with a question for each case, whose answer has to contain "nine".
func (e *env) values(ty tftypes.Type, questions map[string]string, confirm int) map[string]tftypes.Value {
	object, _ := ty.(tftypes.Object)
	cases, _ := object.AttributeTypes["cases"].(tftypes.Map)
	one, _ := cases.ElementType.(tftypes.Object)
	all := map[string]tftypes.Value{}
	for name, question := range questions {
		members := map[string]tftypes.Value{}
		for member, of := range one.AttributeTypes {
			members[member] = tftypes.NewValue(of, nil)
		}
		text := func(s string) tftypes.Value {
			return tftypes.NewValue(one.AttributeTypes["ask"], []tftypes.Value{tftypes.NewValue(tftypes.String, s)})
		}
		members["ask"], members["contains"] = text(question), text("nine")
		all[name] = tftypes.NewValue(one, members)
	}
	return map[string]tftypes.Value{"chatbot_id": tftypes.NewValue(tftypes.String, e.chatbot), "cases": tftypes.NewValue(cases, all), "confirm": tftypes.NewValue(tftypes.Number, confirm)}
}
