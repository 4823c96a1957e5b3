package message_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestNoListAfterTheQuestion: the key is withdrawn between the question and the list that would show its message. The resource stays in the
// state without an id, and the next run finds the message: to replace it as every one without a proper answer, or to destroy it.
func TestNoListAfterTheQuestion(t *testing.T) {
	t.Parallel()
	for name, next := range map[string]func(e *env) resource.TestStep{
		"replaced": func(e *env) resource.TestStep {
			return resource.TestStep{Config: e.managed(opening), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate), ConfigStateChecks: answers(hours)}
		},
		"destroyed": func(e *env) resource.TestStep { return resource.TestStep{Config: e.managed(opening), Destroy: true} },
		"deleted meanwhile": func(e *env) resource.TestStep {
			return resource.TestStep{PreConfig: func() {
				e.ClearFaults()
				for _, s := range e.Sessions(e.chatbot) {
					for _, m := range e.Messages(s.UUID) {
						e.RemoveMessage(m.UUID)
					}
				}
			}, Config: e.managed(opening), ConfigPlanChecks: planned(plancheck.ResourceActionCreate), ConfigStateChecks: answers(hours)}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.Inject(mockhub.Fault{Route: list, Status: 401, Times: -1})
			step := next(e)
			if step.PreConfig == nil {
				step.PreConfig = e.ClearFaults
			}
			e.run(t, resource.TestStep{Config: e.managed(opening), ExpectError: words("No complete answer", "could not be listed", notAgain, "in the state without an id")}, step)
		})
	}
}

// TestUnresolvedIsDestroyed: a destroy that does not refresh looks for the message, too.
func TestUnresolvedIsDestroyed(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Inject(mockhub.Fault{Route: list, Status: 401, Times: -1, Skip: 1})
	e.run(t, resource.TestStep{Config: e.config(opening), ExpectError: words("No complete answer", "in the state without an id")},
		resource.TestStep{PreConfig: e.ClearFaults, Config: e.Config("")})
	if e.Answers() != 1 || len(e.Messages(e.session)) > 0 {
		t.Errorf("%d answers, and %v are left", e.Answers(), e.Messages(e.session))
	}
}
