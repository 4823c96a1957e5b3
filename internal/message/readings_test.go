package message_test

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestReadings asks, imports, asks anew and loses a message under every reading of the contract.
func TestReadings(t *testing.T) {
	t.Parallel()
	for name, quirk := range map[string]func(*mockhub.Quirks){
		"unknown 400, deleted again":      func(q *mockhub.Quirks) { q.UnknownStatus, q.SecondDeleteSucceeds = 400, true },
		"deleted 410, errors as msg":      func(q *mockhub.Quirks) { q.DeletedStatus, q.ErrorForm = 410, "msg" },
		"text, and 403":                   func(q *mockhub.Quirks) { q.ErrorForm, q.UnknownStatus = "text", 403 },
		"newest first, extra fields":      func(q *mockhub.Quirks) { q.ListNewestFirst, q.ExtraFields, q.SessionEcho = true, true, true },
		"trims, null error, no citations": func(q *mockhub.Quirks) { q.TrimsText, q.MessageErrorNull, q.CiteDataEmpty = true, true, "null" },
		"short, citations empty":          func(q *mockhub.Quirks) { q.MessageShort, q.CiteDataEmpty = true, "empty" },
		"short, null error, none cited":   func(q *mockhub.Quirks) { q.MessageShort, q.MessageErrorNull, q.CiteDataEmpty = true, true, "absent" },
		"lagging lists":                   func(q *mockhub.Quirks) { q.ListLag = 30 * time.Millisecond },
		"stored first, lagging lists":     func(q *mockhub.Quirks) { q.MessageStoredFirst, q.ListLag = true, 30*time.Millisecond },
		"broken off":                      func(q *mockhub.Quirks) { q.AnswerFails = "broken_stored" },
		"broken off, stored first, lagged": func(q *mockhub.Quirks) {
			q.AnswerFails, q.MessageStoredFirst, q.ListLag = "broken_stored", true, 30*time.Millisecond
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, quirk)
			e.AddMessage(e.AddSession(e.chatbot, mockhub.Session{}), mockhub.Message{Query: "When do you open?"})
			settled := func() { // a list that lags shows what was there before
				lag := time.Duration(0)
				e.SetQuirks(func(q *mockhub.Quirks) { lag = q.ListLag })
				e.Clock().Advance(lag)
			}
			asks := func(query string, action plancheck.ResourceActionType, response string, spent int) resource.TestStep {
				step := resource.TestStep{PreConfig: settled, Config: e.config(query), ConfigPlanChecks: planned(action), ConfigStateChecks: answers(response), Check: e.spent(spent)}
				if response == mockhub.NoAnswer {
					step.ConfigStateChecks = append(step.ConfigStateChecks, has("citations", knownvalue.ListExact(nil)))
				} else {
					step.ConfigStateChecks = append(step.ConfigStateChecks, has("citations", knownvalue.ListSizeExact(1)))
				}
				return step
			}
			again := asks(who, plancheck.ResourceActionCreate, mockhub.NoAnswer, 3)
			again.PreConfig = func() { e.RemoveMessage(e.sole(t).UUID); settled() }
			e.run(t, asks(opening, plancheck.ResourceActionCreate, hours, 1), importOK,
				asks(opening, plancheck.ResourceActionNoop, hours, 1),
				asks(who, plancheck.ResourceActionDestroyBeforeCreate, mockhub.NoAnswer, 2),
				asks("query = \" Who are you?\\n\"", plancheck.ResourceActionNoop, mockhub.NoAnswer, 2), again, importOK)
		})
	}
}

// TestServiceWords: a failure in the text of an answer is an answer; a check block can detect it.
func TestServiceWords(t *testing.T) {
	t.Parallel()
	e := start(t, func(q *mockhub.Quirks) { q.AnswerFails = "text" })
	e.run(t, resource.TestStep{Config: e.config(opening), ConfigStateChecks: answers("Sorry, something went wrong while I was answering. Please try again later.")})
}
