package message_test

import (
	"fmt"
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

const address = "aichatbothub_message.t"

// The routes of the noun.
const (
	send   = "POST /session/{uuid}/message/stream"
	list   = "GET /session/{uuid}/messages"
	text   = "GET /session/{uuid}/messages/plain-text"
	bulk   = "POST /messages/delete"
	remove = "POST /message/{uuid}/delete"
)

// The question that the chatbot can answer, and what it answers.
const (
	opening = `query = "When do you open?"`
	hours   = "At nine 🕘\nand on Sundays at ten."
)

// who is a question that it cannot answer.
const who = `query = "Who are you?"`

// unknownID is the id of no object.
var unknownID = strings.Repeat("0", 32)

// env is a service with a session and a chatbot that has one answer.
type env struct {
	*acctest.Env
	chatbot, source, session string
}

func start(t *testing.T, quirks ...func(*mockhub.Quirks)) *env {
	t.Helper()
	e := &env{Env: acctest.Start(t, quirks...)}
	e.chatbot = e.SeedChatbot()
	e.source = e.AddSource(e.chatbot, mockhub.Source{Type: "qa", Question: "When do you open?", Answer: hours})
	e.session = e.AddSession(e.chatbot, mockhub.Session{})
	return e
}

// run runs the steps; the destroy behind them must leave no message in the session.
func (e *env) run(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	e.Test(t, steps...)
	if left := e.Messages(e.session); len(left) > 0 {
		t.Errorf("the destroy left %v", left)
	}
}

// message is a configuration of one message with these arguments; session is an expression.
func message(session string, arguments ...string) string {
	return "resource \"aichatbothub_message\" \"t\" {\n  session_id = " + session + "\n  " + strings.Join(arguments, "\n  ") + "\n}\n"
}

// config is a whole configuration of one message of the session.
func (e *env) config(arguments ...string) string {
	return e.Config(message(fmt.Sprintf("%q", e.session), arguments...))
}

// managed is a whole configuration of a session and one message of it.
func (e *env) managed(arguments ...string) string {
	return e.Config(fmt.Sprintf("resource \"aichatbothub_session\" \"t\" {\n  chatbot_id = %q\n}\n", e.chatbot) + message("aichatbothub_session.t.id", arguments...))
}

func has(name string, v knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), v)
}

// answers is the state of an answer.
func answers(response string) []statecheck.StateCheck {
	return []statecheck.StateCheck{has("response", knownvalue.StringExact(response)), has("finish_reason", knownvalue.StringExact("stop")), has("error_message", knownvalue.Null())}
}

func planned(action plancheck.ResourceActionType, more ...plancheck.PlanCheck) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: append(more, plancheck.ExpectResourceAction(address, action))}
}

// importID reads "<session_id>/<id>" out of the state.
func importID(s *terraform.State) (string, error) {
	a := s.RootModule().Resources[address].Primary.Attributes
	return a["session_id"] + "/" + a["id"], nil
}

var importOK = resource.TestStep{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateIdFunc: importID}

// spent is a check of how many answers were made since the beginning: each costs credits.
func (e *env) spent(want int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if got, sent := e.Answers(), e.Count(send); got != want || sent > want {
			return fmt.Errorf("%d answers to %d questions, want %d", got, sent, want)
		}
		return nil
	}
}

// sole is the session's one message.
func (e *env) sole(t *testing.T) mockhub.Message {
	t.Helper()
	messages := e.Messages(e.session)
	if len(messages) != 1 {
		t.Fatalf("the session has %d messages, want 1", len(messages))
	}
	return messages[0]
}
