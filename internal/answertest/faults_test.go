package answertest_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestNotMeasured: without a complete answer a case has neither passed nor missed. It is an error of its own, the state keeps what was answered,
// nothing is asked twice in one run, and the next apply asks the case again. No session is left.
func TestNotMeasured(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault mockhub.Fault
		fails string // AnswerFails of the mock
		want  *regexp.Regexp
		asked int
	}{
		"429":           {fault: mockhub.Fault{Route: send, Status: 429, Times: -1}, want: words("Error: Answer test not measured", `"returns": POST`, "429", "The service limits the number of requests"), asked: -1},
		"500":           {fault: mockhub.Fault{Route: send, Status: 500}, want: words("Error: Answer test not measured", "the service answered 500", "the session has no message with the question", "The questions of these cases were not sent again"), asked: 1},
		"no credits":    {fault: mockhub.Fault{Route: send, Status: 403, Body: `{"error": "no credits left"}`}, want: words("Error: Answer test not measured", "no credits left", "The account may have no message credits left"), asked: 1},
		"no session":    {fault: mockhub.Fault{Route: open, Status: 500, Times: -1}, want: words("Error: Answer test not measured", "no session could be opened", "500"), asked: 0},
		"error_message": {fails: "error_message", want: words("Error: Answer test not measured", "the service failed while it answered: the model stopped answering"), asked: 1},
		"empty":         {fails: "empty", want: words("Error: Answer test not measured", "the answer is empty"), asked: 1},
		"broken_lost":   {fails: "broken_lost", want: words("Error: Answer test not measured", "the answer broke off"), asked: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.fix()
			e.Test(t,
				resource.TestStep{Config: e.config(opening, "confirm = 2"), ConfigStateChecks: allPass},
				resource.TestStep{PreConfig: func() {
					e.Forget()
					e.SetQuirks(func(q *mockhub.Quirks) { q.AnswerFails = c.fails })
					if c.fault.Route != "" {
						e.Inject(c.fault)
					}
				}, Config: e.config(both, "confirm = 2"), ExpectError: c.want},
				resource.TestStep{PreConfig: func() {
					if n := e.Count(send); c.asked >= 0 && n != c.asked {
						t.Errorf("%d questions", n)
					}
					if err := e.left(0); err != nil {
						t.Error(err)
					}
					e.Forget()
					e.ClearFaults()
					e.SetQuirks(func(q *mockhub.Quirks) { q.AnswerFails = "" })
				}, Config: e.config(both, "confirm = 2"), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: append(allPass, keys("answers", "hours", "returns")), Check: e.spent(1, 0)},
			)
		})
	}
}

// TestNothingMeasured: a create that could ask nothing leaves nothing that could be tainted, also when the chatbot does not exist. Cases after a
// refusal are not asked.
func TestNothingMeasured(t *testing.T) {
	t.Parallel()
	most := map[string]int{"refused": 2, "key": 2, "page": 2, "closed": 4} // a create that can be lost is sent once more
	for name, c := range map[string]struct {
		fault mockhub.Fault
		want  *regexp.Regexp
	}{
		"refused": {mockhub.Fault{Route: send, Status: 403, Times: -1}, words("Error: Answer test not measured", "POST", "403", `"c", "d": not asked after the error of another case`)},
		"key":     {mockhub.Fault{Route: open, Status: 401, Times: -1}, words("Error: Answer test not measured", "401", "The API key was refused")},
		"page":    {mockhub.Fault{Route: send, HTML: true, Times: -1}, words("Error: Answer test not measured", "web page", "not asked after the error of another case")},
		"closed":  {mockhub.Fault{Route: open, Status: 500, Times: -1}, words("Error: Answer test not measured", "no session could be opened", `"c", "d": not asked after the error of another case`)},
		"gone":    {mockhub.Fault{Route: open, Status: 404, Times: -1}, words("Error: Answer test not measured")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			cases := ""
			for _, name := range []string{"a", "b", "c", "d"} {
				cases += name + " = { ask = [\"When do you open?\"], contains = [\"nine\"] }\n"
			}
			e.Inject(c.fault)
			e.Test(t,
				resource.TestStep{Config: e.config(cases), ExpectError: c.want},
				resource.TestStep{PreConfig: func() {
					if n := e.Count(c.fault.Route); name != "gone" && n > most[name] {
						t.Errorf("%d requests after a refusal", n)
					}
					e.ClearFaults()
					e.Forget()
				}, Config: e.config(cases), ConfigPlanChecks: planned(plancheck.ResourceActionCreate), ConfigStateChecks: allPass, Check: e.spent(4, 0)},
			)
		})
	}
	e := start(t)
	e.chatbot = strings.Repeat("0", 32)
	e.Test(t, resource.TestStep{Config: e.config(opening), ExpectError: words("Error: Chatbot not found", "chatbot_id =")}, resource.TestStep{Config: e.Config("")})
}

// TestLostAnswers: an answer that is lost on its way is found in the session, and judged. The question is sent once.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]mockhub.Fault{"cut": {Truncate: 5}, "reset": {Process: true, Drop: true}, "502": {Process: true, Status: 502}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			fault.Route = send
			e.Inject(fault)
			e.Test(t, resource.TestStep{Config: e.config(opening), ConfigStateChecks: allPass, Check: e.spent(1, 0)})
		})
	}
}

// TestSessionNotDeleted: a session that cannot be deleted is a warning that names it. It is in the state, and the next apply that has something
// to do deletes it, or the destroy, which keeps the resource until that succeeds.
func TestSessionNotDeleted(t *testing.T) {
	t.Parallel()
	e := start(t)
	fails := func() { e.Inject(mockhub.Fault{Route: remove, Status: 500, Times: -1}) }
	e.Test(t,
		resource.TestStep{PreConfig: fails, Config: e.config(opening), ConfigStateChecks: []statecheck.StateCheck{passed, keys("sessions", "hours"), state("missed", noMiss)}, Check: e.spent(1, 1)},
		resource.TestStep{PreConfig: e.ClearFaults, Config: e.config(strings.Replace(opening, "NINE", "nine", 1)), ConfigStateChecks: allPass, Check: e.spent(1, 0)},
		resource.TestStep{PreConfig: fails, Config: e.config(strings.Replace(opening, "NINE", "Nine", 1)), ConfigStateChecks: []statecheck.StateCheck{passed, keys("sessions", "hours")}, Check: e.spent(1, 1)},
		resource.TestStep{Config: e.Config(""), ExpectError: words("Error: Unable to delete sessions of the answer test", "500")},
		resource.TestStep{PreConfig: e.ClearFaults, Config: e.Config("")},
	)
	if err := e.left(0); err != nil {
		t.Error(err)
	}
}

// TestInterrupted sends Ctrl-C to a real Terraform while it asks: what was opened is deleted, and nothing is asked twice.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	c, e := acctest.NewCLI(t), start(t)
	dir := t.TempDir()
	config := "terraform {\n required_providers {\n  aichatbothub = { source = \"aichatbothub/aichatbothub\" }\n }\n}\n" + e.block(both+"\nwho = { ask = [\"Who are you?\"], max_chars = 999 }")
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	tf := c.Terraform(t, dir, e.Env, nil)
	if err := tf.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	reached, hold := make(chan struct{}, 2), make(chan struct{})
	e.Inject(mockhub.Fault{Route: send, Times: 2, Reached: reached, Hold: hold})
	var out bytes.Buffer
	cmd := exec.CommandContext(t.Context(), c.Path, "apply", "-auto-approve", "-no-color")
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &out
	for name, value := range c.Installation.Env(map[string]string{"AICHATBOTHUB_BASE_URL": e.URL, "AICHATBOTHUB_API_KEY": e.Key()}) {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-reached
	<-reached // two sessions are open
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // Terraform says by its status that it was interrupted
	close(hold)
	if n := e.Count(send); n != 2 || !strings.Contains(out.String(), "Answer test not measured") {
		t.Errorf("%d questions\n%s", n, out.String())
	}
	for _, s := range e.Sessions(e.chatbot) {
		if !strings.Contains(out.String(), s.UUID) {
			t.Errorf("the session %s is left and not named\n%s", s.UUID, out.String())
		}
	}
	t.Log(out.String())
}

// block returns the resource block of a configuration.
func (e *env) block(cases string, arguments ...string) string {
	return fmt.Sprintf("resource \"aichatbothub_answer_test\" \"golden\" {\n  chatbot_id = %q\n  cases = {\n%s\n  }\n  %s\n}\n", e.chatbot, cases, strings.Join(arguments, "\n  "))
}
