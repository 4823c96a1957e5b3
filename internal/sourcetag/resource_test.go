package sourcetag_test

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestMinimal(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.ThroughCLI()
	stamp := knownvalue.StringRegexp(regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`))
	e.run(t, resource.TestStep{
		Config: e.config(named, blue),
		ConfigStateChecks: []statecheck.StateCheck{
			has("id", knownvalue.StringRegexp(regexp.MustCompile(`^[0-9a-f]{32}$`))), has("chatbot_id", knownvalue.StringExact(e.chatbot)),
			has("name", knownvalue.StringExact("Policies")), has("color", knownvalue.StringExact("#0071F9")), sources(),
			has("created_at", stamp), has("modified_at", stamp),
		},
		Check: e.ExpectBodies(create, `{"name":"Policies","color":"#0071F9"}`),
	}, importOK)
}

// TestFull makes a source tag with everything, in one request.
func TestFull(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.ThroughCLI()
	e.run(t, resource.TestStep{
		Config: e.config(named, blue, on(e.two, e.one)), ConfigStateChecks: []statecheck.StateCheck{sources(e.one, e.two)},
		Check: resource.ComposeTestCheckFunc(e.ExpectBodies(create, `{"name":"Policies","color":"#0071F9","data_source_uuids":`+uuids(e.one, e.two)+`}`), e.ExpectBodies(update)),
	}, resource.TestStep{ // the order in which the sources are written is none
		Config: e.config(named, blue, on(e.one, e.two)), ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
	}, importOK)
}

// TestUpdates changes each attribute alone and looks at what was sent: just that.
func TestUpdates(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		arguments func(*env) []string
		sent      func(*env) string
	}{
		"name":          {func(e *env) []string { return []string{`name = "Rules"`, blue, on(e.one)} }, func(*env) string { return `{"name":"Rules"}` }},
		"color":         {func(e *env) []string { return []string{named, `color = "#0071FA"`, on(e.one)} }, func(*env) string { return `{"color":"#0071FA"}` }},
		"one more":      {func(e *env) []string { return []string{named, blue, on(e.one, e.two)} }, func(e *env) string { return `{"data_source_uuids":` + uuids(e.one, e.two) + `}` }},
		"another one":   {func(e *env) []string { return []string{named, blue, on(e.two)} }, func(e *env) string { return `{"data_source_uuids":` + uuids(e.two) + `}` }},
		"cleared":       {func(*env) []string { return []string{named, blue, onNone} }, func(*env) string { return `{"data_source_uuids":[]}` }},
		"all":           {func(*env) []string { return []string{`name = "R"`, `color = "#000000"`, onNone} }, func(*env) string { return `{"name":"R","color":"#000000","data_source_uuids":[]}` }},
		"name, left":    {func(*env) []string { return []string{`name = "Rules"`, blue} }, func(*env) string { return `{"name":"Rules"}` }},
		"only its case": {func(e *env) []string { return []string{`name = "policies"`, blue, on(e.one)} }, func(*env) string { return `{"name":"policies"}` }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.run(t, resource.TestStep{Config: e.config(named, blue, on(e.one))}, resource.TestStep{
				PreConfig: e.Forget, Config: e.config(c.arguments(e)...), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
				Check: resource.ComposeTestCheckFunc(e.ExpectBodies(update, c.sent(e)), e.ExpectBodies(create)),
			}, importOK)
		})
	}
}

// TestReplaced: the chatbot is fixed at creation.
func TestReplaced(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.ThroughCLI()
	other := e.SeedChatbot()
	e.run(t, resource.TestStep{Config: e.config(named, blue, on(e.one))}, resource.TestStep{
		Config: e.Config(tag(`"`+other+`"`, named, blue)), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate),
		ConfigStateChecks: []statecheck.StateCheck{sources()},
	})
	if left := e.Tags(other); len(left) > 0 {
		t.Errorf("the destroy left %v", left)
	}
}

// TestDrift changes each attribute outside Terraform: the plan shows the change, and the apply reverts it.
func TestDrift(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		edit func(*env) func(*mockhub.SourceTag)
		sent func(*env) string
	}{
		"name":       {func(*env) func(*mockhub.SourceTag) { return func(s *mockhub.SourceTag) { s.Name = "Renamed" } }, func(*env) string { return `{"name":"Policies"}` }},
		"no name":    {func(*env) func(*mockhub.SourceTag) { return func(s *mockhub.SourceTag) { s.Name = "" } }, func(*env) string { return `{"name":"Policies"}` }},
		"color":      {func(*env) func(*mockhub.SourceTag) { return func(s *mockhub.SourceTag) { s.Color = "#123456" } }, func(*env) string { return `{"color":"#0071F9"}` }},
		"no sources": {func(*env) func(*mockhub.SourceTag) { return func(s *mockhub.SourceTag) { s.DataSourceUUIDs = nil } }, func(e *env) string { return `{"data_source_uuids":` + uuids(e.one) + `}` }},
		"more sources": {func(e *env) func(*mockhub.SourceTag) {
			return func(s *mockhub.SourceTag) { s.DataSourceUUIDs = []string{e.one, e.two} }
		}, func(e *env) string { return `{"data_source_uuids":` + uuids(e.one) + `}` }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			config := e.config(named, blue, on(e.one))
			e.run(t, resource.TestStep{Config: config}, resource.TestStep{
				PreConfig: func() { e.edit(t, c.edit(e))(); e.Forget() },
				Config:    config, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.ExpectBodies(update, c.sent(e)),
				ConfigStateChecks: []statecheck.StateCheck{has("name", knownvalue.StringExact("Policies")), has("color", knownvalue.StringExact("#0071F9")), sources(e.one)},
			})
		})
	}
}

// TestGone deletes the source tag, then its chatbot, out of band, under every status an unknown uuid may get.
func TestGone(t *testing.T) {
	t.Parallel()
	for _, status := range []int{404, 400, 403, 422} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.UnknownStatus = status })
			config := e.Config("resource \"aichatbothub_chatbot\" \"b\" { name = \"B\" }\n" + tag("aichatbothub_chatbot.b.id", named, blue))
			home := func() string {
				for _, bot := range e.Chatbots() {
					if bot.Name == "B" {
						return bot.UUID
					}
				}
				t.Fatal("the chatbot is not there")
				return ""
			}
			e.run(t, resource.TestStep{Config: config}, resource.TestStep{
				PreConfig: func() { e.RemoveTag(e.Tags(home())[0].UUID) },
				Config:    config, ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
			}, resource.TestStep{
				PreConfig: func() { e.RemoveChatbot(home()) },
				Config:    config, ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
			}, resource.TestStep{ // the delete is processed, its answer is lost, and the next try meets an unknown uuid
				PreConfig: func() { e.Inject(mockhub.Fault{Route: remove, Process: true, Status: http.StatusBadGateway}) },
				Config:    config, Destroy: true,
			})
			if left := e.FaultsLeft(); left != 0 {
				t.Errorf("%d faults were not met", left)
			}
		})
	}
}

// TestIncompleteLists: an incomplete list does not remove a tag from the state.
func TestIncompleteLists(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]mockhub.Fault{
		"404": {Status: 404}, "403": {Status: 403}, "401": {Status: 401, Body: `{"msg":"no"}`}, "500": {Status: 500}, "HTML": {HTML: true}, "null": {Body: `null`},
		"no uuid": {Body: `[{"name": "x"}]`}, "truncated": {Truncate: 40, Times: 5}, "shrunk": {Body: `[]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			config := e.config(named, blue)
			lie := resource.TestStep{PreConfig: func() { fault.Route = list; e.Inject(fault) }, Config: config}
			if name == "shrunk" {
				lie.ConfigPlanChecks = planned(plancheck.ResourceActionNoop)
			} else {
				lie.ExpectError = regexp.MustCompile("Unable to read source tag")
			}
			e.run(t, resource.TestStep{Config: config}, lie, resource.TestStep{Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionNoop)})
		})
	}
}
