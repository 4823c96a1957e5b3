package chatbot_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const address = "aichatbothub_chatbot.t"

// The routes of the noun.
const (
	create = "POST /chatbot/create"
	fetch  = "GET /chatbot/{uuid}"
	update = "POST /chatbot/{uuid}/update"
	remove = "DELETE /chatbot/{uuid}/delete"
	list   = "GET /chatbots"
)

// bot is a configuration of one chatbot with these arguments.
func bot(arguments ...string) string {
	return "resource \"aichatbothub_chatbot\" \"t\" {\n  " + strings.Join(arguments, "\n  ") + "\n}\n"
}

const named = `name = "Support"`

var full = []string{named, `visibility = "public"`, `rate_limit = { messages = 7, seconds = 90 }`, `rate_limit_message = "Slow down"`, `show_citations = true`}

func has(name string, v knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), v)
}

func limit(messages, seconds int64) knownvalue.Check {
	return knownvalue.ObjectExact(map[string]knownvalue.Check{"messages": knownvalue.Int64Exact(messages), "seconds": knownvalue.Int64Exact(seconds)})
}

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

// only is the one chatbot that the service holds.
func only(t *testing.T, e *acctest.Env) mockhub.Chatbot {
	t.Helper()
	bots := e.Chatbots()
	if len(bots) != 1 {
		t.Fatalf("the service holds %d chatbots, want 1", len(bots))
	}
	return bots[0]
}

var importOK = resource.TestStep{ResourceName: address, ImportState: true, ImportStateVerify: true}

func TestMinimal(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	e.ThroughCLI()
	e.Test(t, resource.TestStep{
		Config: e.Config(bot(named)),
		ConfigStateChecks: []statecheck.StateCheck{
			has("id", knownvalue.StringRegexp(regexp.MustCompile(`^[0-9a-f]{32}$`))),
			has("name", knownvalue.StringExact("Support")),
			has("visibility", knownvalue.StringExact("private")),
			has("rate_limit", limit(20, 240)),
			has("rate_limit_message", knownvalue.StringExact("Too many messages")),
			has("show_citations", knownvalue.Bool(false)),
			has("deletion_protection", knownvalue.Bool(false)),
			has("widget_url", knownvalue.StringRegexp(regexp.MustCompile(`^`+regexp.QuoteMeta(e.URL)+`/widget/[0-9a-f]{32}$`))),
			has("embed_html", knownvalue.StringRegexp(regexp.MustCompile(`GPTTConfig = \{ uuid: "[0-9a-f]{32}", domain: "127\.0\.0\.1:\d+" \}.*src="http://127\.0\.0\.1:\d+/widget-asset\.min\.js" defer`))),
			has("iframe_html", knownvalue.StringRegexp(regexp.MustCompile(`^<iframe src="`+regexp.QuoteMeta(e.URL)+`/widget/[0-9a-f]{32}" .*allow="clipboard-read; clipboard-write"></iframe>$`))),
			has("created_at", knownvalue.StringRegexp(regexp.MustCompile(`Z$`))),
			has("modified_at", knownvalue.StringRegexp(regexp.MustCompile(`Z$`))),
		},
		Check: e.ExpectCount(create, 1),
	}, importOK)
}

// TestUpdates changes each field alone, then clears each, and looks at what the service got: always all five.
func TestUpdates(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	steps := []resource.TestStep{{Config: e.Config(bot(full...))}}
	for i, changed := range []string{`name = "Other"`, `visibility = "hybrid"`, `rate_limit = { messages = 8, seconds = 90 }`, `rate_limit_message = ""`, `show_citations = false`} {
		arguments := append([]string{}, full...)
		arguments[i] = changed
		steps = append(steps, resource.TestStep{
			PreConfig: e.Forget, Config: e.Config(bot(arguments...)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			Check: resource.ComposeTestCheckFunc(e.ExpectCount(update, 1), e.ExpectCount(create, 0), sentAllFive(e)),
		})
	}
	for i := 1; i < len(full); i++ {
		arguments := append(append([]string{}, full[:i]...), full[i+1:]...)
		steps = append(steps, resource.TestStep{PreConfig: e.Forget, Config: e.Config(bot(arguments...)),
			ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.ExpectCount(update, 1)})
	}
	steps = append(steps, resource.TestStep{Config: e.Config(bot(named)), ConfigStateChecks: []statecheck.StateCheck{
		has("visibility", knownvalue.StringExact("private")), has("rate_limit", limit(20, 240)),
		has("rate_limit_message", knownvalue.StringExact("Too many messages")), has("show_citations", knownvalue.Bool(false)),
	}}, importOK)
	e.Test(t, steps...)
}

func sentAllFive(e *acctest.Env) resource.TestCheckFunc {
	return func(*terraform.State) error {
		for _, body := range e.Bodies(update) {
			for _, field := range []string{"name", "visibility", "rate_limit", "rate_limit_message", "show_citations"} {
				if !strings.Contains(body, `"`+field+`":`) {
					return fmt.Errorf("the update lacks %s: %s", field, body)
				}
			}
		}
		return nil
	}
}

// TestDrift changes each field in the web app: the plan shows it and the apply mends it.
func TestDrift(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	e.ThroughCLI()
	config := e.Config(bot(full...))
	steps := []resource.TestStep{{Config: config}}
	for name, edit := range map[string]func(*mockhub.Chatbot){
		"name":               func(c *mockhub.Chatbot) { c.Name = "Renamed" },
		"visibility":         func(c *mockhub.Chatbot) { c.Visibility = "private" },
		"rate_limit":         func(c *mockhub.Chatbot) { c.RateLimitSeconds = 91 },
		"rate_limit_message": func(c *mockhub.Chatbot) { c.RateLimitMessage = "Stop" },
		"show_citations":     func(c *mockhub.Chatbot) { c.ShowCitations = false },
	} {
		steps = append(steps, resource.TestStep{
			PreConfig: func() { t.Log("drift of", name); e.EditChatbot(only(t, e).UUID, edit) },
			Config:    config, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{has("name", knownvalue.StringExact("Support")), has("visibility", knownvalue.StringExact("public")),
				has("rate_limit", limit(7, 90)), has("rate_limit_message", knownvalue.StringExact("Slow down")), has("show_citations", knownvalue.Bool(true))},
		})
	}
	e.Test(t, steps...)
}

// TestReadings runs create, import, update and out-of-band deletion under every reading of the contract.
func TestReadings(t *testing.T) {
	t.Parallel()
	for name, quirk := range map[string]func(*mockhub.Quirks){
		"unknown 400":     func(q *mockhub.Quirks) { q.UnknownStatus = 400 },
		"unknown 403":     func(q *mockhub.Quirks) { q.UnknownStatus = 403 },
		"unknown 422":     func(q *mockhub.Quirks) { q.UnknownStatus = 422 },
		"deleted 410":     func(q *mockhub.Quirks) { q.DeletedStatus = 410 },
		"deleted again":   func(q *mockhub.Quirks) { q.SecondDeleteSucceeds = true },
		"update resets":   func(q *mockhub.Quirks) { q.ChatbotUpdateResets = true },
		"show_citation":   func(q *mockhub.Quirks) { q.ShowCitationSingular = true },
		"short answers":   func(q *mockhub.Quirks) { q.ChatbotAnswerShort = true },
		"extra fields":    func(q *mockhub.Quirks) { q.ExtraFields = true },
		"floats":          func(q *mockhub.Quirks) { q.NumbersAsFloats = true },
		"strings":         func(q *mockhub.Quirks) { q.NumbersAsStrings = true },
		"fractions":       func(q *mockhub.Quirks) { q.TimeEnd = ".123456Z" },
		"an offset":       func(q *mockhub.Quirks) { q.TimeEnd = "+00:00" },
		"unknown 410":     func(q *mockhub.Quirks) { q.UnknownStatus = 410 },
		"0 and 1":         func(q *mockhub.Quirks) { q.BooleansAsNumbers = true },
		"newest first":    func(q *mockhub.Quirks) { q.ListNewestFirst = true },
		"errors as msg":   func(q *mockhub.Quirks) { q.ErrorForm = "msg" },
		"errors as text":  func(q *mockhub.Quirks) { q.ErrorForm = "text" },
		"text, and a 403": func(q *mockhub.Quirks) { q.ErrorForm, q.UnknownStatus = "text", 403 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, quirk)
			e.Test(t,
				resource.TestStep{Config: e.Config(bot(full...))}, importOK,
				resource.TestStep{Config: e.Config(bot(append([]string{`name = "Other"`}, full[1:]...)...)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate)},
				resource.TestStep{
					PreConfig: func() { e.RemoveChatbot(only(t, e).UUID) },
					Config:    e.Config(bot(full...)), ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
				},
			)
		})
	}
}

// TestDeletedBeforeDestroy deletes the chatbot between the refresh and the delete, under every status an unknown uuid may get.
func TestDeletedBeforeDestroy(t *testing.T) {
	t.Parallel()
	for _, status := range []int{404, 400, 403, 422} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, func(q *mockhub.Quirks) { q.UnknownStatus = status })
			e.Test(t, resource.TestStep{Config: e.Config(bot(named))}, resource.TestStep{
				// The delete is processed, its answer is lost, and the next try meets an unknown uuid.
				PreConfig: func() { e.Inject(mockhub.Fault{Route: remove, Process: true, Status: http.StatusBadGateway}) },
				Config:    e.Config(bot(named)), Destroy: true,
			})
			if left := e.FaultsLeft(); left != 0 {
				t.Errorf("%d faults were not met", left)
			}
		})
	}
}

// TestRefusalIsNoDeletion: a 403 for a chatbot that the list has must not remove it from the state.
func TestRefusalIsNoDeletion(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]mockhub.Fault{
		"403":          {Route: fetch, Status: 403},
		"400":          {Route: fetch, Status: 400},
		"404 as HTML":  {Route: fetch, Status: 404, HTML: true},
		"HTML":         {Route: fetch, HTML: true},
		"500":          {Route: fetch, Status: 500},
		"empty":        {Route: fetch, Body: " "},
		"truncated":    {Route: fetch, Truncate: 20, Times: 5},
		"wrong type":   {Route: fetch, Body: `[]`},
		"null":         {Route: fetch, Body: `null`},
		"401":          {Route: fetch, Status: 401, Body: `{"msg": "Token has been revoked"}`},
		"429 for long": {Route: fetch, Status: 429, Times: 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			e.Test(t, resource.TestStep{Config: e.Config(bot(named))}, resource.TestStep{
				PreConfig: func() { e.Inject(fault) }, Config: e.Config(bot(named)), ExpectError: regexp.MustCompile("Unable to read chatbot"),
			}, resource.TestStep{Config: e.Config(bot(named)), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)})
		})
	}
}

func TestCreateFaults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault mockhub.Fault
		want  string // of the error; "" = it succeeds in the end
		posts int
	}{
		"429 then 200":         {mockhub.Fault{Route: create, Status: 429}, "", 2},
		"429 with Retry-After": {mockhub.Fault{Route: create, RetryAfter: "0"}, "", 2},
		"500 twice":            {mockhub.Fault{Route: create, Status: 500, Times: 2}, `(?s)Unable to create chatbot.*500.*sent\s+twice`, 2},
		"502":                  {mockhub.Fault{Route: create, Status: 502}, "", 2},
		"lost":                 {mockhub.Fault{Route: create, Process: true, Status: 500}, "", 1},
		"no list":              {mockhub.Fault{Drop: true, Times: -1}, `(?s)Unable to create chatbot.*not\s+known\s+whether`, 1},
		"reset":                {mockhub.Fault{Route: create, Drop: true}, "", 2},
		"403":                  {mockhub.Fault{Route: create, Status: 403, Body: `{"error": "chatbot limit reached"}`}, `(?s)403.*chatbot limit reached.*A\s+limit\s+of\s+the\s+account's\s+plan`, 1},
		"422 at a field": {mockhub.Fault{Route: create, Status: 422, Body: `[{"loc":["body","rate_limit",1],"msg":"too long a window","type":"value_error"}]`},
			`(?s)rate_limit += +\{.*refused\s+rate_limit\.seconds.*too\s+long\s+a\s+window`, 1},
		"422 at an unknown field": {mockhub.Fault{Route: create, Status: 422, Body: `[{"loc":["color"],"msg":"field required","type":"value_error.missing"}]`}, `color: field\s+required`, 1},
		"the key is refused":      {mockhub.Fault{Route: create, Status: 401, Body: `{"msg": "Token has been revoked"}`}, `(?s)Token has been\s+revoked.*API\s+key\s+was\s+refused`, 1},
		"a web page":              {mockhub.Fault{Route: create, HTML: true, Times: 2}, `(?s)web\s+page.*base_url`, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			step := resource.TestStep{PreConfig: func() { e.Inject(c.fault) }, Config: e.Config(bot(full...))}
			if c.want != "" {
				step.ExpectError = regexp.MustCompile(c.want)
			}
			e.Test(t, step)
			if got := e.Count(create); got != c.posts {
				t.Errorf("%d creates were sent, want %d", got, c.posts)
			}
		})
	}
}

// TestUpdateAnswers: updates are sent again when an answer is lost, and refusals are reported.
func TestUpdateAnswers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault mockhub.Fault
		want  string
	}{
		"lost":    {mockhub.Fault{Route: update, Process: true, Drop: true}, ""},
		"503":     {mockhub.Fault{Route: update, Status: 503}, ""},
		"refused": {mockhub.Fault{Route: update, Status: 400, Body: `{"message": "no such plan"}`}, `(?s)Unable to update chatbot.*"Support"[^.]*no\s+such\s+plan`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			step := resource.TestStep{PreConfig: func() { e.Inject(c.fault) }, Config: e.Config(bot(full...))}
			if c.want != "" {
				step.ExpectError = regexp.MustCompile(c.want)
			}
			e.Test(t, resource.TestStep{Config: e.Config(bot(named))}, step)
		})
	}
}

// TestValueNotTakenOver: the service answers another value than was sent. That is no "inconsistent result", and shows in the next plan.
func TestValueNotTakenOver(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	private := func(answer []byte) []byte { return []byte(strings.ReplaceAll(string(answer), `"public"`, `"private"`)) }
	e.Inject(mockhub.Fault{Route: create, Mutate: private})
	e.Inject(mockhub.Fault{Route: fetch, Mutate: private})
	e.Test(t, resource.TestStep{Config: e.Config(bot(full...)), ExpectNonEmptyPlan: true,
		ConfigStateChecks: []statecheck.StateCheck{has("visibility", knownvalue.StringExact("public"))}})
}

func TestUnknownAtPlan(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	e.Test(t, resource.TestStep{Config: e.Config(`
resource "terraform_data" "in" { input = { name = "Later", visibility = "public", messages = 3, seconds = 30, text = "Slow", show = true, protect = false } }
` + bot(`name = terraform_data.in.output.name`, `visibility = terraform_data.in.output.visibility`,
		`rate_limit = { messages = terraform_data.in.output.messages, seconds = terraform_data.in.output.seconds }`,
		`rate_limit_message = terraform_data.in.output.text`, `show_citations = terraform_data.in.output.show`, `deletion_protection = terraform_data.in.output.protect`)),
		ConfigPlanChecks:  planned(plancheck.ResourceActionCreate),
		ConfigStateChecks: []statecheck.StateCheck{has("name", knownvalue.StringExact("Later")), has("rate_limit", limit(3, 30)), has("visibility", knownvalue.StringExact("public"))},
	})
}

func TestAwkwardText(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	name := "<<RAW\n  \"Quotes\", $${x} %%{y} 🤖 \\n \t tab\r\n  \n" + strings.Repeat("long ", 200) + "\nRAW\n"
	e.Test(t, resource.TestStep{Config: e.Config(bot("name = "+name, "rate_limit_message = "+name))}, importOK)
}

func TestDeletionProtection(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	trigger := func(v int, arguments ...string) string {
		return e.Config(fmt.Sprintf("resource \"terraform_data\" \"trigger\" { input = %d }\n", v) +
			bot(append(arguments, "lifecycle { replace_triggered_by = [terraform_data.trigger] }")...))
	}
	guard := `deletion_protection = true`
	refused := regexp.MustCompile(`(?s)protected against deletion.*"Support"\s+\([0-9a-f]{32}\).*agents,\s+sources,\s+tags\s+and\s+conversations`)
	noDelete := func() {
		if n := e.Count(remove); n != 0 {
			t.Errorf("%d deletions were sent for a protected chatbot", n)
		}
	}
	e.Test(t,
		resource.TestStep{Config: trigger(1, named)},
		resource.TestStep{ // nothing is sent for the protection, and nothing else changes
			PreConfig: e.Forget, Config: trigger(1, named, guard), Check: e.ExpectCount(update, 0),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
				plancheck.ExpectKnownValue(address, tfjsonpath.New("modified_at"), knownvalue.NotNull()),
			}},
		},
		resource.TestStep{Config: trigger(1, named, guard), Destroy: true, ExpectError: refused},
		resource.TestStep{PreConfig: noDelete, Config: e.Config(""), ExpectError: refused},
		resource.TestStep{PreConfig: noDelete, Config: trigger(2, named, guard), PlanOnly: true, ExpectError: refused}, // forced: refused in the plan
		resource.TestStep{PreConfig: noDelete, Config: trigger(2, named, guard), ExpectError: refused},
		resource.TestStep{PreConfig: noDelete, Config: e.Config(bot(named))},
	)
}

// TestProtectedReplacement: the plan of a forced replacement is refused while the state has the protection, and Delete refuses what a plan
// cannot, such as a tainted chatbot.
func TestProtectedReplacement(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	s := e.Server(t)
	o := s.Object("aichatbothub_chatbot")
	config := func(protected bool) tftypes.Value {
		return o.Configuration(map[string]tftypes.Value{"name": tftypes.NewValue(tftypes.String, "Support"), "deletion_protection": tftypes.NewValue(tftypes.Bool, protected)})
	}
	apply := func(protected bool) {
		t.Helper()
		planned, err := o.Plan(config(protected))
		if err == nil {
			_, err = o.Apply(config(protected), planned)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	refused := regexp.MustCompile(`(?s)protected against deletion.*"Support" \([0-9a-f]{32}\)`)
	for _, protected := range []bool{false, true, false} {
		apply(protected)
		for _, next := range []bool{protected, !protected} {
			if _, err := o.PlanReplacement(config(next)); (err != nil) != protected || err != nil && !refused.MatchString(err.Error()) {
				t.Errorf("protected: %t, then %t: a plan of the replacement has the error %v", protected, next, err)
			}
		}
	}
	apply(true)
	none := tftypes.NewValue(o.State.Type(), nil)
	if _, err := o.Apply(none, acctest.Planned{Value: none}); err == nil || !refused.MatchString(err.Error()) || e.Count(remove) > 0 {
		t.Errorf("a delete has the error %v, and %d were sent", err, e.Count(remove))
	}
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ config, want string }{
		"no name":       {bot(), `(?s)"name" is required`},
		"empty name":    {bot(`name = ""`), `(?s)Attribute name string length must be at least 1`},
		"visibility":    {bot(named, `visibility = "Public"`), `(?s)visibility value must be one of:.*"private"\s+"public"\s+"hybrid".*got: "Public"`},
		"no messages":   {bot(named, `rate_limit = { messages = 0, seconds = 60 }`), `(?s)rate_limit.messages value must be between 1\s+and 100, got: 0`},
		"many messages": {bot(named, `rate_limit = { messages = 101, seconds = 60 }`), `(?s)rate_limit.messages.*got: 101`},
		"long window":   {bot(named, `rate_limit = { messages = 1, seconds = 361 }`), `(?s)rate_limit.seconds.*got: 361`},
		"half a limit":  {bot(named, `rate_limit = { messages = 1 }`), `(?s)attribute "seconds" is\s+required`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			e.Test(t, resource.TestStep{Config: e.Config(c.config), PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
			if n := e.Count(""); n != 0 {
				t.Errorf("%d requests were sent", n)
			}
		})
	}
}
