package message_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// words makes a pattern out of a text that Terraform may wrap anywhere.
func words(texts ...string) *regexp.Regexp {
	for i, text := range texts {
		texts[i] = strings.Join(strings.Fields(regexp.QuoteMeta(text)), `[\s│]+`)
	}
	return regexp.MustCompile(`(?s)Error: ` + strings.Join(texts, ".*"))
}

const (
	notAgain = "The question was not sent again, because each answer costs credits"
	tainted  = "and the resource is tainted: the next apply deletes that message and asks again"
	nothing  = "Nothing of the answer was received."
)

// TestAnswersThatFail: an answer that is none is an error with what was received; what the service keeps of it is tainted, and the next
// apply deletes it and asks again.
func TestAnswersThatFail(t *testing.T) {
	t.Parallel()
	for kind, c := range map[string]struct {
		want *regexp.Regexp
		kept int
	}{
		"error_message": {words("No complete answer", `query = "When do you open?"`, "Message to session", "the service failed while it answered: the model stopped answering.", "This part of the answer was received", "At nine", notAgain, tainted), 1},
		"empty":         {words("No complete answer", "the answer is empty.", nothing, notAgain, tainted), 1},
		"empty_error":   {words("No complete answer", "the model stopped answering.", nothing, notAgain, tainted), 1},
		"broken":        {words("No complete answer", "the model stopped answering.", "At nine", notAgain, tainted), 1},
		"broken_lost":   {words("No complete answer", "the answer broke off; the session has no message with the question.", "At nine", notAgain, "The next apply asks again.", "import {"), 0},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.AnswerFails = kind })
			next := plancheck.ResourceActionCreate
			if c.kept > 0 {
				next = plancheck.ResourceActionDestroyBeforeCreate
			}
			e.run(t, resource.TestStep{Config: e.config(opening), ExpectError: c.want}, resource.TestStep{
				PreConfig: func() {
					if n := len(e.Messages(e.session)); n != c.kept || e.Answers() != 1 || e.Count(send) != 1 {
						t.Errorf("%d messages, %d answers to %d questions", n, e.Answers(), e.Count(send))
					}
					e.SetQuirks(func(q *mockhub.Quirks) { q.AnswerFails = "" })
				},
				Config: e.config(opening), ConfigPlanChecks: planned(next), ConfigStateChecks: answers(hours), Check: resource.ComposeTestCheckFunc(e.spent(2), func(*terraform.State) error {
					e.sole(t)
					return nil
				}),
			})
		})
	}
}

// TestLostAnswers: a stored answer is found in the list, and the question is sent once.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]mockhub.Fault{
		"cut in a character": {Truncate: 10}, "not a byte": {Truncate: -1}, "reset": {Process: true, Drop: true}, "502": {Process: true, Status: 502}, "429 before": {RetryAfter: "0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			fault.Route = send
			e.Inject(fault)
			e.run(t, resource.TestStep{Config: e.config(opening), ConfigStateChecks: answers(hours)},
				resource.TestStep{PreConfig: func() { e.sole(t) }, Config: e.config(opening), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)})
			if e.Answers() != 1 || e.FaultsLeft() != 0 {
				t.Errorf("%d answers, %d faults left", e.Answers(), e.FaultsLeft())
			}
		})
	}
}

// TestNotAnswered: what a question that was not answered says, and how often it was sent.
func TestNotAnswered(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault mockhub.Fault
		want  *regexp.Regexp
	}{
		"500":         {mockhub.Fault{Status: 500}, words("No complete answer", "the service answered 500", "; the session has no message with the question.", nothing, notAgain, "The next apply asks again.", "import {")},
		"reset":       {mockhub.Fault{Drop: true}, words("No complete answer", "no answer:", nothing)},
		"HTML":        {mockhub.Fault{HTML: true}, words("No complete answer", "it is a web page and not an answer of the API", nothing)},
		"409":         {mockhub.Fault{Status: 409, Body: `{"error": "session is closed"}`}, words("Session has ended", "session_id =", "session is closed", "The question was not asked.", "terraform apply -replace=aichatbothub_session.NAME", "This asks the questions of all messages of the session again, which costs credits.")},
		"403":         {mockhub.Fault{Status: 403, Body: `{"error": "no credits left"}`}, words("Unable to send message", "Message to session", "no credits left.", "The account may have no message credits left")},
		"400":         {mockhub.Fault{Status: 400, Body: `{"error": "odd"}`}, words("Unable to send message", "odd.", "or the session may have ended")},
		"403 page":    {mockhub.Fault{Status: 403, HTML: true}, words("Unable to send message", "Message to session", "bot protection or a proxy in front of the service answered 403 Forbidden: a web page", "The service itself did not answer. Check base_url in the provider block or AICHATBOTHUB_BASE_URL.", "HTTPS_PROXY")},
		"404 page":    {mockhub.Fault{Status: 404, HTML: true}, words("Unable to send message", "Message to session", "a web page", "If every request fails like this, check base_url")},
		"503 page":    {mockhub.Fault{Status: 503, HTML: true}, words("No complete answer", "bot protection or a proxy in front of the service answered 503 Service Unavailable: a web page", nothing, notAgain, "HTTPS_PROXY")},
		"429":         {mockhub.Fault{Status: 429, Times: -1}, words("Unable to send message", "The service limits the number of requests")},
		"422":         {mockhub.Fault{Status: 422, Body: `[{"loc":["query"],"msg":"too long","type":"value_error"}]`}, words("Unable to send message", `query = "When do you open?"`, "the service refused query (422): too long")},
		"an error":    {mockhub.Fault{Body: `{"error": "busy"}`}, words("Unable to send message", "200 OK: busy")},
		"list before": {mockhub.Fault{Route: list, Status: 500}, words("Unable to send message", "GET /session/{uuid}/messages: the service answered 500", "Run Terraform again later.")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			if c.fault.Route == "" {
				c.fault.Route = send
			}
			e.Inject(c.fault)
			e.run(t, resource.TestStep{Config: e.config(opening), ExpectError: c.want},
				resource.TestStep{PreConfig: e.ClearFaults, Config: e.config(opening), ConfigPlanChecks: planned(plancheck.ResourceActionCreate), ConfigStateChecks: answers(hours)})
			if e.Answers() != 1 || name != "429" && name != "list before" && e.Count(send) != 2 {
				t.Errorf("%d answers to %d questions", e.Answers(), e.Count(send))
			}
		})
	}
}

// TestEndedSession: a session that refuses questions is replaced with -replace, and its messages with it.
func TestEndedSession(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]*regexp.Regexp{
		409: words("Session has ended", "session has ended"), 404: words("Session has ended", "session has ended"),
		403: words("Unable to send message", "session has ended", "-replace=aichatbothub_session.NAME"), 400: words("Unable to send message", "session has ended", "-replace=aichatbothub_session.NAME"),
	} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.EndedStatus = status })
			more := strings.Replace(message("aichatbothub_session.t.id", who), `"t"`, `"more"`, 1)
			// Terraform plans a replacement of replace_triggered_by as it does one of -replace.
			config := func(input int) string {
				return fmt.Sprintf("resource \"terraform_data\" \"t\" {\n  input = %d\n}\n", input) +
					strings.Replace(e.managed(opening), `"t" {`, "\"t\" {\n  lifecycle {\n    replace_triggered_by = [terraform_data.t]\n  }", 1)
			}
			e.run(t, resource.TestStep{Config: config(1)}, resource.TestStep{
				PreConfig: func() {
					for _, s := range e.Sessions(e.chatbot) {
						e.EndSession(s.UUID)
					}
				},
				Config: config(1) + more, ExpectError: want,
			}, resource.TestStep{
				PreConfig: e.Forget, Config: config(2) + more, ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate), Check: e.spent(3),
			})
		})
	}
}

// TestNoSession: at the attribute that names it, under every status.
func TestNoSession(t *testing.T) {
	t.Parallel()
	for _, status := range []int{404, 400, 403, 422} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.UnknownStatus = status })
			e.run(t, resource.TestStep{Config: e.Config(message(`"`+unknownID+`"`, opening)), ExpectError: words("Session not found", "session_id =", unknownID, "If this configuration manages it, the next apply creates the session and its messages again.")})
		})
	}
}

// TestForeignMessage: another client asks the same question at the same time and gets the same answer, so the error contains both ids.
func TestForeignMessage(t *testing.T) {
	t.Parallel()
	e := start(t)
	hold, reached := make(chan struct{}), make(chan struct{}, 1)
	e.Inject(mockhub.Fault{Route: send, Process: true, Hold: hold, Reached: reached})
	foreign := strings.Repeat("f", 32)
	go func() {
		<-reached
		e.AddMessage(e.session, mockhub.Message{UUID: foreign, Query: "When do you open?", Response: hours})
		close(hold)
	}()
	e.Test(t, resource.TestStep{Config: e.config(opening), ExpectError: words("No complete answer", "the session has 2 new messages with this question.", "At nine", notAgain,
		"Any of these messages could be the one of", "this resource, so none was taken into the state", "  "+foreign, "aichatbothub_messages", "import {")})
	if n := len(e.Messages(e.session)); n != 2 || e.Answers() != 1 {
		t.Errorf("%d messages, %d answers", n, e.Answers())
	}
}

// TestLongTexts: an error contains nothing of a question, which can contain a secret, and the beginning of an answer.
func TestLongTexts(t *testing.T) {
	t.Parallel()
	e := start(t)
	query := "fail-broken_lost:" + strings.Repeat("Wört ", 30) + "\nand a second line"
	e.AddSource(e.chatbot, mockhub.Source{Type: "qa", Question: strings.TrimPrefix(query, "fail-broken_lost:"), Answer: strings.Repeat("Ääää ", 1000)})
	diags := e.Server(t).Create("aichatbothub_message", acctest.Strings(map[string]string{"session_id": e.session, "query": query}), func() {})
	if len(diags) != 1 {
		t.Fatalf("%d diagnostics", len(diags))
	}
	d := diags[0].Detail
	if strings.Contains(d, "second line") || strings.Contains(d, "Wört") || !strings.Contains(d, "Message to session "+e.session) || strings.Contains(d, "\uFFFD") {
		t.Errorf("the question is quoted: %s", d)
	}
	if more := regexp.MustCompile(`\((\d+) more bytes\)`).FindStringSubmatch(d); more == nil || len(d) > 3500 {
		t.Errorf("the answer is not cut: %d bytes", len(d))
	}
}

// TestAnswerCutShort: an answer that the service truncates is stored with a warning.
func TestAnswerCutShort(t *testing.T) {
	t.Parallel()
	e := start(t, func(q *mockhub.Quirks) { q.FinishLength = true })
	diags := e.Server(t).Create("aichatbothub_message", acctest.Strings(map[string]string{"session_id": e.session, "query": "Who are you?"}), func() {})
	if len(diags) != 1 || diags[0].Severity != tfprotov6.DiagnosticSeverityWarning || diags[0].Summary != "Answer truncated" || !strings.Contains(diags[0].Detail, e.sole(t).UUID) {
		t.Errorf("%v, want one warning", diags)
	}
}

// TestDeleteFaults: a refusal that does not mean "gone" is an error, and the message stays in the state.
func TestDeleteFaults(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.ThroughCLI()
	e.run(t, resource.TestStep{Config: e.config(opening)}, resource.TestStep{
		PreConfig: func() { e.Inject(mockhub.Fault{Route: remove, Status: 403, Body: `{"error": "in use"}`}) },
		Config:    e.config(opening), Destroy: true, ExpectError: words("Unable to delete message", "of session", "in use"),
	}, resource.TestStep{ // gone already
		PreConfig: func() { e.RemoveSession(e.session) }, Config: e.config(opening), Destroy: true,
	})
}
