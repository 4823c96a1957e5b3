package agent_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestModelWarnings: a name without a context size is told apart from a name that is unknown.
func TestModelWarnings(t *testing.T) {
	t.Parallel()
	const summary = "Unlisted model: "
	e := acctest.Start(t)
	e.SetModels(map[string]float64{"gpt-4o-mini-4k": 1, "gpt-4o-mini-16k": 4, "gpt-4o-8k": 10, "gpt-5-8k": 0.5})
	chatbot := e.SeedChatbot()
	for model, want := range map[string][]string{
		"gpt-4o-mini":    {summary + `The model "gpt-4o-mini" has no context size`, "expected to fail", "such as gpt-4o-mini-16k (4 credits), gpt-4o-mini-4k (1 credit). The"},
		"gpt-5":          {summary, "no context size", "such as gpt-5-8k (0.5 credits). The"},
		"gpt-6":          {summary, "no context size", "gpt-5-8k"},
		"gpt-6-8k":       {summary + `The service does not list the model "gpt-6-8k"`, "gpt-5-8k (0.5 credits), ", "the list can be out of date"},
		"gpt-4o-mini-4k": nil,
	} {
		config := acctest.Strings(map[string]string{"chatbot_id": chatbot, "type": "user-facing", "name": "A", "model": model})
		_, diags := e.Server(t).Plan("aichatbothub_agent", config)
		if len(diags) != min(1, len(want)) {
			t.Errorf("%s: %v", model, diags)
			continue
		}
		for _, part := range want {
			if got := diags[0].Summary + ": " + diags[0].Detail; !strings.Contains(got, part) {
				t.Errorf("%s: %q lacks %q", model, got, part)
			}
		}
	}
}

// TestDefaultAgentOfNoChatbot: a chatbot that does not exist is an error at chatbot_id.
func TestDefaultAgentOfNoChatbot(t *testing.T) {
	t.Parallel()
	for _, status := range []int{404, 400, 403, 422} {
		e := acctest.Start(t, func(q *mockhub.Quirks) { q.UnknownStatus = status })
		e.Test(t, resource.TestStep{Config: e.Config(fmt.Sprintf("resource \"aichatbothub_default_agent\" \"t\" {\n  chatbot_id = %q\n}\n", strings.Repeat("0", 32))),
			ExpectError: regexp.MustCompile(`(?s)Chatbot not found.*chatbot_id += .*no\s+chatbot\s+with\s+the\s+id\s+0{32}`)})
	}
}

// TestHalfMadeAtAnAttribute: an error at an attribute says, too, that the agent exists and is tainted.
func TestHalfMadeAtAnAttribute(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ config, want string }{
		"agent": {`resource "aichatbothub_agent" "t" {` + "\n  chatbot_id = %q\n  type = \"pre-canned\"\n  name = \"A\"\n}\n", `enabled.*The\s+agent\s+exists.*tainted.*untaint`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			e.Inject(mockhub.Fault{Route: update, Status: 422, Body: `[{"loc":["enabled"],"msg":"not today","type":"value_error"}]`})
			e.Test(t, resource.TestStep{Config: e.Config(fmt.Sprintf(c.config, e.SeedChatbot())), ExpectError: regexp.MustCompile(`(?s)Unable to (create|update) agent.*` + c.want)})
		})
	}
}
