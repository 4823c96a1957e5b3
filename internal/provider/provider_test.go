package provider_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const aBot = "resource \"aichatbothub_chatbot\" \"t\" { name = \"Support\" }\n"

func block(arguments ...string) string {
	return "provider \"aichatbothub\" {\n" + strings.Join(arguments, "\n") + "\n}\n" + aBot
}

// TestBadProviderBlock: each problem is an error at its attribute before a request is sent, and all are reported together.
func TestBadProviderBlock(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	key := fmt.Sprintf("api_key = %q", e.Key())
	for name, c := range map[string]struct{ config, want string }{
		"no key":              {block(`base_url = "` + e.URL + `"`), `(?s)Missing API key.*AICHATBOTHUB_API_KEY`},
		"no scheme":           {block(key, `base_url = "app.gpt-trainer.com"`), `(?s)base_url += "app.*no\s+https://`},
		"user info":           {block(key, `base_url = "https://me:pw@app.gpt-trainer.com"`), `(?s)user\s+name\s+or\s+a\s+password`},
		"plain http":          {block(key, `base_url = "http://app.gpt-trainer.com"`), `(?s)plain\s+http`},
		"query":               {block(key, `base_url = "https://app.gpt-trainer.com/?a=b"`), `(?s)query`},
		"retries":             {block(key, `max_retries = 11`), `(?s)max_retries = 11.*from\s+0\s+to\s+10`},
		"timeout":             {block(key, `request_timeout = "soon"`), `(?s)request_timeout = "soon".*must\s+be\s+a\s+positive\s+duration`},
		"requests per minute": {block(key, `requests_per_minute = 0`), `(?s)must\s+be\s+1\s+or\s+more`},
		"unlisted models":     {block(key, `unlisted_models = "Error"`), `(?s)Invalid\s+setting\s+for\s+unlisted\s+models.*unlisted_models += "Error".*warn,\s+error,\s+ignore`},
		"bearer":              {block(`api_key = "Bearer x"`), `(?s)starts\s+with\s+"Bearer"`},
		"all at once":         {block(`base_url = "ftp://x"`, `max_retries = -1`), `(?s)Missing API key.*no\s+https://.*from\s+0\s+to\s+10`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e.Test(t, resource.TestStep{Config: c.config, PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
		})
	}
}

// TestWrongKey: a wrong key causes one error and one request. The request is not repeated.
func TestWrongKey(t *testing.T) {
	t.Parallel()
	for _, status := range []int{401, 422} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, func(q *mockhub.Quirks) { q.RefusedStatus = status })
			config := strings.Replace(e.Config(aBot), e.Key(), "another-key", 1)
			e.Test(t, resource.TestStep{Config: config, ExpectError: regexp.MustCompile(`(?s)Unable to create chatbot.*API\s+key\s+was\s+refused.*AICHATBOTHUB_API_KEY`)})
			if n := e.Count(""); n != 1 {
				t.Errorf("%d requests were sent with a wrong key, want 1", n)
			}
		})
	}
}

// TestUnknownProviderConfiguration: with a key that is created in the same run, the plan warns and sends no request, and the apply works. A
// later plan in which the key is unknown again keeps the state.
func TestUnknownProviderConfiguration(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	config := func(v int) string {
		return fmt.Sprintf(`
resource "terraform_data" "key" {
  input            = %q
  triggers_replace = %d
}
provider "aichatbothub" {
  api_key  = terraform_data.key.output
  base_url = %q
}
`, e.Key(), v, e.URL) + aBot
	}
	noop := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction("aichatbothub_chatbot.t", plancheck.ResourceActionNoop)}}
	e.Test(t,
		resource.TestStep{Config: config(1), Check: e.ExpectCount("POST /chatbot/create", 1)},
		resource.TestStep{Config: config(2), ConfigPlanChecks: noop, Check: e.ExpectCount("POST /chatbot/create", 1)},
	)
}

func TestUserAgentAndRateLimit(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	e.Test(t, resource.TestStep{Config: e.Config(aBot, "requests_per_minute = 6000", "max_retries = 0", `request_timeout = "10s"`)})
	agent := regexp.MustCompile(`^terraform-provider-aichatbothub/test terraform/\d+\.\d+`)
	for _, r := range e.Requests() {
		if !agent.MatchString(r.UserAgent) {
			t.Errorf("User-Agent %q", r.UserAgent)
		}
	}
}
