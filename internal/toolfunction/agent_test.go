package toolfunction_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestOtherChatbot: the agent is in another chatbot. The error names it, and nothing is made.
func TestOtherChatbot(t *testing.T) {
	t.Parallel()
	e := start(t)
	other := e.AddChatbot(mockhub.Chatbot{Name: "Sales"})
	e.Keep(other)
	e.Test(t, resource.TestStep{Config: e.at(other, e.agent, with(required)...),
		ExpectError: regexp.MustCompile(`(?s)agent_id += .*Chatbot\s+` + other + `\s+has\s+no\s+agent.*belongs\s+to\s+chatbot\s+"Support":\s+set\s+chatbot_id\s+=\s+"` + e.chatbot)})
	for range 51 { // more than maxSearch
		e.Keep(e.AddChatbot(mockhub.Chatbot{Name: "Many"}))
	}
	e.Forget()
	e.Test(t, resource.TestStep{Config: e.at(other, strings.Repeat("0", 32), with(required)...), ExpectError: regexp.MustCompile(`(?s)no\s+tool\s+function\s+was\s+created.*Check\s+both\s+ids`)})
	if n := e.Count(agents); n > 52 {
		t.Errorf("%d lists were fetched for the wording of an error", n)
	}
	if n := e.Count(create); n != 0 {
		t.Errorf("%d creates were sent", n)
	}
}

// TestOneList: the agent of several tool functions is listed once, and not at all if it was created in the same run.
func TestOneList(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		agent func(*env) string
		id    string
		lists int
	}{
		"of another run": {func(e *env) string { return fmt.Sprintf("locals {\n  agent = %q\n}\n", e.agent) }, "local.agent", 1},
		"of this run": {func(e *env) string {
			return fmt.Sprintf("resource \"aichatbothub_agent\" \"a\" {\n  chatbot_id = %q\n  type = \"user-facing\"\n  name = \"New\"\n  use_all_sources = true\n}\n", e.chatbot)
		}, "aichatbothub_agent.a.id", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			lists := 0
			e.Test(t, resource.TestStep{
				Config: e.Config(c.agent(e) + fmt.Sprintf("resource \"aichatbothub_tool_function\" \"t\" {\n  count = 3\n  chatbot_id = %q\n  agent_id = %s\n  %s\n}\n",
					e.chatbot, c.id, strings.Join(with(required), "\n  "))),
				Check: func(*terraform.State) error {
					for _, r := range e.Requests() { // up to the last create
						if r.Route == agents {
							lists++
						} else if r.Route == create && lists > c.lists {
							return fmt.Errorf("%d lists before a create, want %d", lists, c.lists)
						}
					}
					return nil
				},
			})
		})
	}
}

// TestDeleteRefused: a refusal to delete what is there is an error, and the tool function stays in the state.
func TestDeleteRefused(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.ThroughCLI()
	e.Test(t, resource.TestStep{Config: e.config(with(required)...)}, resource.TestStep{
		PreConfig: func() { e.Inject(mockhub.Fault{Route: remove, Status: 403, Body: `{"error": "read only"}`}) },
		Config:    e.config(with(required)...), Destroy: true, ExpectError: regexp.MustCompile(`(?s)Unable to delete tool function.*read\s+only`),
	})
}

// TestAgentsNotListed: without the list the chatbot of the agent is not known, and nothing is created.
func TestAgentsNotListed(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Inject(mockhub.Fault{Route: agents, Status: 500})
	e.Test(t, resource.TestStep{Config: e.config(with(required)...), ExpectError: regexp.MustCompile(`(?s)Unable to create tool function.*500.*no\s+tool\s+function\s+was\s+created`)})
	if n := e.Count(create); n != 0 {
		t.Errorf("%d creates were sent", n)
	}
}
