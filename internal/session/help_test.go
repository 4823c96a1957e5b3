package session_test

import (
	"fmt"
	"slices"
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

const address = "aichatbothub_session.t"

// The routes of the noun.
const (
	list   = "GET /chatbot/{uuid}/sessions"
	fetch  = "GET /session/{uuid}"
	create = "POST /chatbot/{uuid}/session/create"
	remove = "POST /session/{uuid}/delete"
)

// gold is what most configurations with variables have.
const gold = `initial_variables = { tier = "gold", orders = "12" }`

// stampForm is the form of times in answers.
const stampForm = "2006-01-02T15:04:05Z"

// unknownID is the id of no object.
var unknownID = strings.Repeat("0", 32)

// env is a service with a chatbot.
type env struct {
	*acctest.Env
	chatbot string
}

func start(t *testing.T, quirks ...func(*mockhub.Quirks)) *env {
	t.Helper()
	e := &env{Env: acctest.Start(t, quirks...)}
	e.chatbot = e.SeedChatbot()
	return e
}

// echo makes the service show a session's variables.
func echo(q *mockhub.Quirks) { q.SessionEcho = true }

// run runs the steps; the destroy behind them must leave no session.
func (e *env) run(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	e.Test(t, steps...)
	if left := e.Sessions(e.chatbot); len(left) > 0 {
		t.Errorf("the destroy left %v", left)
	}
}

// session is a configuration of one session with these arguments; chatbot is an expression.
func session(chatbot string, arguments ...string) string {
	return "resource \"aichatbothub_session\" \"t\" {\n  chatbot_id = " + chatbot + "\n  " + strings.Join(arguments, "\n  ") + "\n}\n"
}

// config is a whole configuration of one session of the chatbot.
func (e *env) config(arguments ...string) string {
	return e.Config(session(fmt.Sprintf("%q", e.chatbot), arguments...))
}

func has(name string, v knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), v)
}

// texts is a map of exactly these names and values, in turn.
func texts(pairs ...string) knownvalue.Check {
	checks := map[string]knownvalue.Check{}
	for pair := range slices.Chunk(pairs, 2) {
		checks[pair[0]] = knownvalue.StringExact(pair[1])
	}
	return knownvalue.MapExact(checks)
}

// variables are the state's initial_variables.
func variables(pairs ...string) statecheck.StateCheck {
	return has("initial_variables", texts(pairs...))
}

func planned(action plancheck.ResourceActionType, more ...plancheck.PlanCheck) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: append(more, plancheck.ExpectResourceAction(address, action))}
}

var importOK = resource.TestStep{
	ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"initial_variables"},
	ImportStateIdFunc: func(s *terraform.State) (string, error) {
		a := s.RootModule().Resources[address].Primary.Attributes
		return a["chatbot_id"] + "/" + a["id"], nil
	},
}

// sole is the chatbot's one session.
func (e *env) sole(t *testing.T) mockhub.Session {
	t.Helper()
	sessions := e.Sessions(e.chatbot)
	if len(sessions) != 1 {
		t.Fatalf("the chatbot has %d sessions, want 1", len(sessions))
	}
	return sessions[0]
}

// edit changes the variables of the session, which the API does not offer.
func (e *env) edit(t *testing.T, f func(variables map[string]any)) func() {
	t.Helper()
	return func() { e.EditSession(e.sole(t).UUID, func(s *mockhub.Session) { f(s.InitialVariables) }) }
}

// sent is a check of the bodies of the creates since the last Forget.
func (e *env) sent(want ...string) resource.TestCheckFunc { return e.ExpectBodies(create, want...) }

// only: since the last Forget the service got these requests and no other.
func (e *env) only(want ...string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		var got []string
		for _, r := range e.Requests() {
			got = append(got, r.Route)
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			return fmt.Errorf("the service got %v, want %v", got, want)
		}
		return nil
	}
}
