package agent_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// prompts are awkward texts as HCL expressions, with what they are.
func prompts(t *testing.T) map[string][2]string {
	t.Helper()
	long := strings.Repeat("Answer in German, \"politely\" 🤖.\n", 3000) // about 100 kB
	file := func(name, text string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("file(%q)", path)
	}
	return map[string][2]string{
		"100 kB":     {file("long", long), long},
		"CRLF":       {file("crlf", "one\r\ntwo\r\n"), "one\r\ntwo\r\n"},
		"white ends": {file("ends", "\n\n  \tone \n\n"), "\n\n  \tone \n\n"},
		"heredoc":    {"<<-EOT\n  Say \"hi\" to $${name} and %%{ if x } 🤖\n    indented \\n\n  EOT\n", "Say \"hi\" to ${name} and %{ if x } 🤖\n  indented \\n\n"},
		"template":   {`"a \"quoted\" $${x} \\ \t tab"`, "a \"quoted\" ${x} \\ \t tab"},
		"empty":      {`""`, ""},
		"only white": {`"  \n "`, "  \n "},
	}
}

// TestPrompts: awkward texts make no diff after an apply and none after an import, on a service that trims texts as well.
func TestPrompts(t *testing.T) {
	t.Parallel()
	for _, trims := range []bool{false, true} {
		for name, prompt := range prompts(t) {
			t.Run(fmt.Sprintf("%s, trims %t", name, trims), func(t *testing.T) {
				t.Parallel()
				e := acctest.Start(t, func(q *mockhub.Quirks) { q.TrimsText = trims })
				chatbot := e.SeedChatbot()
				config := e.Config(agent(chatbot, `type = "pre-canned"`, `name = "A"`, "prompt = "+prompt[0], "description = "+prompt[0]))
				normal := strings.TrimSpace(strings.ReplaceAll(prompt[1], "\r\n", "\n"))
				e.Test(t, resource.TestStep{Config: config, ConfigStateChecks: []statecheck.StateCheck{
					has("prompt", knownvalue.StringExact(prompt[1])),
					has("prompt_sha256", knownvalue.StringExact(fmt.Sprintf("%x", sha256.Sum256([]byte(normal))))),
				}, Check: sent(e, prompt[1])})
			})
		}
	}
}

// sent: the service got the prompt to the letter.
func sent(e *acctest.Env, prompt string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		var body struct{ Prompt string }
		if err := json.Unmarshal([]byte(e.Bodies(create)[0]), &body); err != nil {
			return err
		}
		if body.Prompt != prompt {
			return fmt.Errorf("sent %q, want %q", body.Prompt, prompt)
		}
		return nil
	}
}

// TestPromptsAfterImport imports agents whose texts differ from the configuration's only in what makes no difference.
func TestPromptsAfterImport(t *testing.T) {
	t.Parallel()
	for name, theirs := range map[string]string{"the same": "one\r\ntwo\r\n", "LF": "one\ntwo\n", "trimmed": "one\ntwo", "padded": "\n\n one\r\ntwo\t"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			chatbot := e.SeedChatbot()
			id := e.AddAgent(chatbot, mockhub.Agent{Name: "A", Type: "pre-canned", Prompt: theirs, Description: theirs, Enabled: true})
			config := e.Config(agent(chatbot, `type = "pre-canned"`, `name = "A"`, `prompt = "one\r\ntwo\r\n"`, `description = "one\r\ntwo\r\n"`))
			e.Test(t, resource.TestStep{
				Config:           config + fmt.Sprintf("import {\n to = %s\n id = \"%s/%s\"\n}\n", address, chatbot, id),
				ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: e.ExpectCount(update, 0),
			}, resource.TestStep{ // nothing but white space changes: still nothing
				Config:           e.Config(agent(chatbot, `type = "pre-canned"`, `name = "A"`, `prompt = "  one\ntwo"`, `description = "one\ntwo  "`)),
				ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: e.ExpectCount(update, 0),
			}, resource.TestStep{ // another attribute changes: the texts are not sent with it
				Config:           e.Config(agent(chatbot, `type = "pre-canned"`, `name = "B"`, `prompt = "  one\ntwo"`, `description = "one\ntwo  "`)),
				ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: sentOnly(e, "name"),
			}, resource.TestStep{
				Config:           e.Config(agent(chatbot, `type = "pre-canned"`, `name = "B"`, `prompt = "one\n\ntwo"`)),
				ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			})
		})
	}
}
