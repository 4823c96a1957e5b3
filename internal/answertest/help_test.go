package answertest_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const address = "aichatbothub_answer_test.golden"

// The routes of the noun.
const (
	open   = "POST /chatbot/{uuid}/session/create"
	send   = "POST /session/{uuid}/message/stream"
	list   = "GET /session/{uuid}/messages"
	remove = "POST /session/{uuid}/delete"
	costs  = "GET /agent/model-costs"
)

// What an error of a miss says about what happens, and about what to do.
const (
	held    = "Terraform creates and updates nothing that depends on the answer test."
	correct = "Correct the prompt, the documents or the case, and apply again."
)

// What the chatbot knows.
const (
	returns = "Books can be returned within 20 days.\nPlants cannot."
	hours   = "We open at nine 🕘."
)

// env is a service with a chatbot that answers from documents.
type env struct {
	*acctest.Env
	chatbot, source string
}

func start(t *testing.T, quirks ...func(*mockhub.Quirks)) *env {
	t.Helper()
	e := &env{Env: acctest.Start(t, append([]func(*mockhub.Quirks){func(q *mockhub.Quirks) { q.AnswersFrom = "documents" }}, quirks...)...)}
	e.chatbot = e.SeedChatbot()
	e.source = e.AddSource(e.chatbot, mockhub.Source{Type: "upload", FileName: "returns.md", Title: "How to return", Text: returns, Status: "success"})
	e.AddSource(e.chatbot, mockhub.Source{Type: "qa", Question: "When do you open?", Answer: hours, Status: "success"})
	return e
}

// config returns a configuration of an answer test with these cases, and other arguments.
func (e *env) config(cases string, arguments ...string) string {
	return e.Config(e.block(cases, arguments...))
}

// The cases of most tests: the second one fails until fix is called.
const (
	opening   = `hours = { ask = ["When do you open?"], contains = ["AT  NINE"] }`
	returning = `returns = { ask = ["Can books be returned?"], contains = ["30 days"] }`
	both      = opening + "\n" + returning
)

// fix makes the answer to returning right.
func (e *env) fix() {
	e.EditSource(e.source, func(s *mockhub.Source) { s.Text = strings.Replace(returns, "20", "30", 1) })
}

// spent checks the numbers of questions and of sessions that are there, and forgets the requests.
func (e *env) spent(questions, sessions int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		defer e.Forget()
		if n := e.Count(send); n != questions {
			return fmt.Errorf("%d questions were asked, want %d", n, questions)
		}
		return e.left(sessions)
	}
}

func (e *env) left(sessions int) error {
	if n := len(e.Sessions(e.chatbot)); n != sessions {
		return fmt.Errorf("%d sessions are there, want %d", n, sessions)
	}
	return nil
}

// words makes a pattern out of a text that Terraform may wrap anywhere.
func words(texts ...string) *regexp.Regexp {
	for i, text := range texts {
		texts[i] = strings.Join(strings.Fields(regexp.QuoteMeta(text)), `[\s│]+`)
	}
	return regexp.MustCompile(`(?s)` + strings.Join(texts, ".*"))
}

func planned(action plancheck.ResourceActionType, checks ...plancheck.PlanCheck) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: append([]plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}, checks...)}
}

func state(attribute string, check knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), check)
}

func unknown(attribute string) plancheck.PlanCheck {
	return plancheck.ExpectUnknownValue(address, tfjsonpath.New(attribute))
}

func known(attribute string, check knownvalue.Check) plancheck.PlanCheck {
	return plancheck.ExpectKnownValue(address, tfjsonpath.New(attribute), check)
}

// keys checks the keys of a map in the state.
func keys(attribute string, keys ...string) statecheck.StateCheck {
	want := map[string]knownvalue.Check{}
	for _, key := range keys {
		want[key] = knownvalue.NotNull()
	}
	return state(attribute, knownvalue.MapExact(want))
}

var (
	passed  = state("passed", knownvalue.Bool(true))
	noMiss  = knownvalue.MapSizeExact(0)
	isTrue  = knownvalue.Bool(true)
	allPass = []statecheck.StateCheck{passed, state("missed", noMiss), state("sessions", noMiss)}
)

// broken makes the answer to returning wrong.
func broken(s *mockhub.Source) { s.Text = returns }
