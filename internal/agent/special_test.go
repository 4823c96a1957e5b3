package agent_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestReadings makes, imports and updates agents of two types under every reading of the contract.
func TestReadings(t *testing.T) {
	t.Parallel()
	for name, quirk := range map[string]func(*mockhub.Quirks){
		"create full":    func(q *mockhub.Quirks) { q.AgentCreateFull = true },
		"update short":   func(q *mockhub.Quirks) { q.AgentUpdateShort = true },
		"meta full":      func(q *mockhub.Quirks) { q.AgentMetaFull = true },
		"random order":   func(q *mockhub.Quirks) { q.AgentOrderRandom = true },
		"replaces":       func(q *mockhub.Quirks) { q.EscalationReplaces = true },
		"trims":          func(q *mockhub.Quirks) { q.TrimsText = true },
		"extra fields":   func(q *mockhub.Quirks) { q.ExtraFields = true },
		"floats":         func(q *mockhub.Quirks) { q.NumbersAsFloats = true },
		"0 and 1":        func(q *mockhub.Quirks) { q.BooleansAsNumbers = true },
		"true and false": func(q *mockhub.Quirks) { q.BooleansAsTrueFalse = true },
		"no models":      func(q *mockhub.Quirks) { q.ModelsMissing = "page" },
		"strings":        func(q *mockhub.Quirks) { q.NumbersAsStrings = true },
		"fractions":      func(q *mockhub.Quirks) { q.TimeEnd = ".123456Z" },
		"an offset":      func(q *mockhub.Quirks) { q.TimeEnd = "+00:00" },
		"no date":        func(q *mockhub.Quirks) { q.DateMissing = true },
	} {
		for _, of := range []string{"user-facing", "human-escalation"} {
			t.Run(name+" "+of, func(t *testing.T) {
				t.Parallel()
				e := acctest.Start(t, anySource, quirk)
				chatbot := e.SeedChatbot()
				full := kinds()[of].full
				e.Test(t, resource.TestStep{Config: e.Config(agent(chatbot, full...))}, importOK,
					resource.TestStep{Config: e.Config(agent(chatbot, with(full, "name", `name = "Other"`)...)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate)},
					resource.TestStep{Config: e.Config(agent(chatbot, full[:2]...)), ExpectNonEmptyPlan: false},
				)
			})
		}
	}
}

// TestEscalationMembers: members that are left out keep what the service has, whether it merges or replaces, and do not turn unknown.
func TestEscalationMembers(t *testing.T) {
	t.Parallel()
	for _, replaces := range []bool{false, true} {
		t.Run(fmt.Sprint("replaces ", replaces), func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, func(q *mockhub.Quirks) { q.EscalationReplaces = replaces })
			chatbot := e.SeedChatbot()
			settings := func(s string) string {
				return e.Config(agent(chatbot, `type = "human-escalation"`, `name = "H"`, `human_escalation_settings = { `+s+` }`))
			}
			member := func(name string) tfjsonpath.Path { return tfjsonpath.New("human_escalation_settings").AtMapKey(name) }
			e.Test(t, resource.TestStep{Config: settings(`sound_enabled = false`), ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(address, member("sound_enabled"), knownvalue.Bool(false)),
				statecheck.ExpectKnownValue(address, member("notifications_enabled"), knownvalue.Bool(true)),
			}}, resource.TestStep{
				PreConfig: func() {
					e.EditAgent(sole(t, e, chatbot).UUID, func(a *mockhub.Agent) { a.HumanEscalationSettings.LiveChatEndAnnouncement = "Theirs" })
				},
				Config: settings(`sound_enabled = true`),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
					plancheck.ExpectKnownValue(address, member("live_chat_end_announcement"), knownvalue.StringExact("Theirs")),
				}},
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(address, member("live_chat_end_announcement"), knownvalue.StringExact("Theirs"))},
			})
		})
	}
}

// TestSources: a written list switches all sources off in the same request; switching them on again makes the list the service's.
func TestSources(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, anySource)
	chatbot := e.SeedChatbot()
	id := strings.Repeat("b", 32)
	base := []string{`type = "user-facing"`, `name = "A"`}
	e.Test(t,
		resource.TestStep{Config: e.Config(agent(chatbot, append(base, `use_all_sources = true`)...)), ConfigStateChecks: []statecheck.StateCheck{has("use_all_sources", knownvalue.Bool(true))}},
		resource.TestStep{PreConfig: e.Forget, Config: e.Config(agent(chatbot, append(base, `source_ids = ["`+id+`"]`)...)),
			ConfigStateChecks: []statecheck.StateCheck{has("use_all_sources", knownvalue.Bool(false)), has("source_ids", knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact(id)}))},
			Check: func(*terraform.State) error {
				if b := e.Bodies(update); len(b) != 1 || b[0] != `{"use_all_sources":false,"data_source_uuids":["`+id+`"]}` {
					return fmt.Errorf("sent %v", b)
				}
				return nil
			}},
		resource.TestStep{Config: e.Config(agent(chatbot, append(base, `use_all_sources = true`)...))},
		resource.TestStep{Config: e.Config(agent(chatbot, base...)), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)},
	)
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	id := strings.Repeat("c", 32)
	for name, c := range map[string]struct{ config, want string }{
		"type":          {agent(id, `type = "robot"`, `name = "A"`), `(?s)type value must be one of.*"spam-defense"`},
		"unknown":       {agent(id, `type = "background"`, `name = "A"`, `timeouts_do_not_exist_here = null`), `Unsupported argument`},
		"chatbot":       {agent("bot", `type = "background"`, `name = "A"`), `(?s)"bot"\s+must\s+be\s+an\s+id`},
		"model":         {agent(id, `type = "pre-canned"`, `name = "A"`, `model = "gpt-4o-8k"`), `(?s)model += .*model\s+is\s+for\s+agents\s+of\s+the\s+type\s+user-facing,\s+background\s+only`},
		"temperature":   {agent(id, `type = "background"`, `name = "A"`, `temperature = 0.5`), `(?s)temperature\s+is\s+for\s+agents`},
		"hot":           {agent(id, `type = "user-facing"`, `name = "A"`, `temperature = 1.1`), `(?s)temperature value must be between`},
		"bias":          {agent(id, `type = "background"`, `name = "A"`, `bias = 0.5`), `(?s)bias\s+is\s+for\s+agents`},
		"tags":          {agent(id, `type = "user-facing"`, `name = "A"`, `tags = []`), `(?s)tags\s+is\s+for\s+agents`},
		"variables":     {agent(id, `type = "background"`, `name = "A"`, `variables = []`), `(?s)variables\s+is\s+for\s+agents`},
		"settings":      {agent(id, `type = "user-facing"`, `name = "A"`, `human_escalation_settings = {}`), `(?s)human_escalation_settings\s+is\s+for`},
		"message":       {agent(id, `type = "user-facing"`, `name = "A"`, `default_message = "x"`), `(?s)default_message\s+is\s+for`},
		"prompt":        {agent(id, `type = "human-escalation"`, `name = "A"`, `prompt = "x"`), `(?s)has\s+no\s+prompt`},
		"both sources":  {agent(id, `type = "user-facing"`, `name = "A"`, `use_all_sources = true`, `source_ids = ["62076e7a79fd4d549112d915a4158638"]`), `(?s)Conflicting\s+source\s+arguments`},
		"source id":     {agent(id, `type = "user-facing"`, `name = "A"`, `source_ids = ["x"]`), `(?s)"x"\s+must\s+be\s+an\s+id`},
		"null source":   {agent(id, `type = "user-facing"`, `name = "A"`, `source_ids = [null]`), `(?s)Null element.*An\s+element\s+of\s+source_ids\s+is\s+null`},
		"variable type": {agent(id, `type = "user-facing"`, `name = "A"`, `variables = [{ name = "a", description = "", type = "date" }]`), `(?s)type\s+value\s+must\s+be\s+one\s+of`},
		"tag color":     {agent(id, `type = "background"`, `name = "A"`, `tags = [{ name = "a", criteria = "", color = "red" }]`), `(?s)must\s+be\s+a\s+color`},
		"eleven":        {agent(id, `type = "human-escalation"`, `name = "A"`, `human_escalation_settings = { monitored_messages = ["1","2","3","4","5","6","7","8","9","10","11"] }`), `(?s)at\s+most\s+10`},
		"default":       {"resource \"aichatbothub_default_agent\" \"t\" {\n chatbot_id = \"" + id + "\"\n use_all_sources = true\n source_ids = [\"62076e7a79fd4d549112d915a4158638\"]\n}", `(?s)Conflicting\s+source\s+arguments`},
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

// TestUnknownAtPlan: nothing is decided before it is known.
func TestUnknownAtPlan(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, anySource)
	chatbot := e.SeedChatbot()
	in := fmt.Sprintf("resource \"terraform_data\" \"in\" { input = { type = \"user-facing\", name = \"A\", prompt = \"P\", on = false, t = 0.5, ids = [%q], model = \"gpt-4o-8k\" } }\n", strings.Repeat("d", 32))
	e.Test(t, resource.TestStep{Config: e.Config(in + agent(chatbot, `type = terraform_data.in.output.type`, `name = terraform_data.in.output.name`, `prompt = terraform_data.in.output.prompt`,
		`enabled = terraform_data.in.output.on`, `temperature = terraform_data.in.output.t`, `source_ids = terraform_data.in.output.ids`, `model = terraform_data.in.output.model`,
		`variables = [{ name = terraform_data.in.output.name, description = "", type = "string" }]`)),
		ConfigStateChecks: []statecheck.StateCheck{has("use_all_sources", knownvalue.Bool(false)), has("prompt", knownvalue.StringExact("P")), has("enabled", knownvalue.Bool(false))}})
}

// TestNullAtApply: an element of a list that is unknown at plan and turns out to be null is an error at the attribute.
func TestNullAtApply(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	config := e.Config("resource \"terraform_data\" \"in\" { input = { nothing = tostring(null) } }\n" +
		agent(chatbot, `type = "human-escalation"`, `name = "A"`, `human_escalation_settings = { monitored_messages = ["help", terraform_data.in.output.nothing] }`))
	e.Test(t, resource.TestStep{Config: config, ExpectError: regexp.MustCompile(`(?s)Null element.*human_escalation_settings = \{.*monitored_messages\[1\]\s+is\s+null`)})
	if n := len(e.Bodies(create)); n != 0 {
		t.Errorf("%d agents were created", n)
	}
}

// TestSingletons: a second one is refused with the import block for the first, and the block works.
func TestSingletons(t *testing.T) {
	t.Parallel()
	for _, of := range []string{"human-escalation", "spam-defense"} {
		for _, status := range []int{422, 400, 409, 403} {
			t.Run(fmt.Sprint(of, status), func(t *testing.T) {
				t.Parallel()
				e := acctest.Start(t, func(q *mockhub.Quirks) { q.SingletonStatus = status })
				chatbot := e.SeedChatbot()
				id := e.AddAgent(chatbot, mockhub.Agent{Name: "First", Type: of, Enabled: true})
				config := e.Config(agent(chatbot, `type = "`+of+`"`, `name = "First"`))
				e.Test(t, resource.TestStep{Config: config, ExpectError: regexp.MustCompile(`(?s)already\s+has\s+"First".*import \{\s+to = aichatbothub_agent.NAME\s+id = "` + chatbot + "/" + id + `"\s+\}`)},
					resource.TestStep{Config: config + fmt.Sprintf("import {\n to = aichatbothub_agent.t\n id = \"%s/%s\"\n}\n", chatbot, id), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)})
			})
		}
	}
}

// TestSingletonAndWebPage: a web page is no answer of the service, so the agent that exists is not named as its reason.
func TestSingletonAndWebPage(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	e.AddAgent(chatbot, mockhub.Agent{Name: "First", Type: "spam-defense"})
	e.Inject(mockhub.Fault{Route: create, Status: 403, HTML: true})
	diags := e.Server(t).Create("aichatbothub_agent", acctest.Strings(map[string]string{"chatbot_id": chatbot, "type": "spam-defense", "name": "Second"}), func() {})
	if len(diags) != 1 || !strings.Contains(diags[0].Detail, "bot protection or a proxy") || strings.Contains(diags[0].Detail, "already has") {
		t.Errorf("%v", diags)
	}
}

// TestHalfMade: the update behind the create fails. The agent is in the state, tainted, and nothing is orphaned.
func TestHalfMade(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	config := e.Config(agent(chatbot, `type = "pre-canned"`, `name = "A"`))
	e.Inject(mockhub.Fault{Route: update, Status: 400, Body: `{"error": "not today"}`})
	e.Test(t,
		resource.TestStep{Config: config, ExpectError: regexp.MustCompile(`(?s)Unable to create agent.*not\s+today.*tainted.*untaint`)},
		resource.TestStep{Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate), Check: func(*terraform.State) error { sole(t, e, chatbot); return nil }})
}

// TestIgnoredFields: the service takes a field and forgets it. That is a warning and a diff, not an inconsistent result.
func TestIgnoredFields(t *testing.T) {
	t.Parallel()
	for field, argument := range map[string]string{"bias": "bias = 0.7", "stickness": "stickiness = 0.7", "default_message": `default_message = "Other"`} {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, func(q *mockhub.Quirks) { q.IgnoresOnUpdate = []string{field} })
			chatbot := e.SeedChatbot()
			full := kinds()["pre-canned"].full
			changed := with(full, strings.Fields(argument)[0], argument)
			e.Test(t, resource.TestStep{Config: e.Config(agent(chatbot, full...))}, resource.TestStep{Config: e.Config(agent(chatbot, changed...)), ExpectNonEmptyPlan: true})

			r := acctest.Start(t, func(q *mockhub.Quirks) { q.RefusesOnUpdate = []string{field} })
			chatbot = r.SeedChatbot()
			r.Test(t, resource.TestStep{Config: r.Config(agent(chatbot, full...))},
				resource.TestStep{Config: r.Config(agent(chatbot, changed...)), ExpectError: regexp.MustCompile(`(?s)Unable to update agent.*` + strings.Fields(argument)[0] + ` += .*the\s+service\s+refused`)})
		})
	}
}

// TestFaults: what a create and an update survive, and what they say.
func TestFaults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault mockhub.Fault
		want  string
		posts int
	}{
		"429":       {mockhub.Fault{Route: create, Status: 429}, "", 2},
		"500 twice": {mockhub.Fault{Route: create, Status: 500, Times: 2}, `(?s)Unable to create agent.*sent\s+twice`, 2},
		"reset":     {mockhub.Fault{Route: create, Drop: true}, "", 2},
		"lost":      {mockhub.Fault{Route: create, Process: true, Drop: true}, "", 1},
		"a field":   {mockhub.Fault{Route: create, Status: 422, Body: `[{"loc":["stickness"],"msg":"too sticky","type":"value_error"}]`}, `(?s)stickiness += .*too\s+sticky`, 1},
		"lost 503":  {mockhub.Fault{Route: update, Process: true, Status: 503}, "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			e.Inject(c.fault)
			step := resource.TestStep{Config: e.Config(agent(e.SeedChatbot(), with(kinds()["pre-canned"].full, "enabled", "enabled = true")...))}
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

// TestModels: an unknown model is a warning with the nearest names, asked once, and only when it is new or changed.
func TestModels(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		quirk func(*mockhub.Quirks)
		asks  bool
	}{"listed": {func(*mockhub.Quirks) {}, true}, "no list": {func(q *mockhub.Quirks) { q.ModelsMissing = "404" }, true}, "a page": {func(q *mockhub.Quirks) { q.ModelsMissing = "page" }, true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, func(q *mockhub.Quirks) { q.AcceptsAnyModel = true }, c.quirk)
			config := e.Config(agent(e.SeedChatbot(), `type = "user-facing"`, `name = "A"`, `model = "gpt-9-8k"`))
			e.Test(t, resource.TestStep{Config: config}, resource.TestStep{PreConfig: e.Forget, Config: config, Check: e.ExpectCount(models, 0)})
		})
	}
}

// TestOneListPerPlan: twenty agents of a chatbot cost one list and nothing else.
func TestOneListPerPlan(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	config := e.Config(strings.Replace(agent(chatbot, `type = "user-facing"`, `name = "A${count.index}"`, `prompt = "P"`), "{", "{\n  count = 20", 1))
	e.Test(t, resource.TestStep{Config: config}, resource.TestStep{PreConfig: e.Forget, RefreshState: true, Check: nil}, resource.TestStep{
		PreConfig: func() {
			n := e.Count(list)
			e.Forget()
			if n > 2 { // a refresh and a plan, each in a separate process
				t.Errorf("%d lists for a refresh of twenty agents", n)
			}
		}, Config: config, PlanOnly: true,
	})
	if others := e.Count("") - e.Count(list) - e.Count(remove); others != 0 {
		t.Errorf("%d other requests for plans of twenty agents", others)
	}
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	for typeName, id := range map[string]string{"aichatbothub_agent": e.AddAgent(chatbot, mockhub.Agent{Name: "A", Type: "background"}), "aichatbothub_default_agent": e.DefaultAgent(chatbot)} {
		s := e.Server(t)
		state, identity, diags := s.Import(typeName, map[string]string{"chatbot_id": chatbot, "id": id})
		s.Clean(diags)
		want := acctest.Strings(map[string]string{"id": id, "chatbot_id": chatbot})
		for name, v := range want {
			if !state[name].Equal(v) || !identity[name].Equal(v) {
				t.Errorf("%s: %s is %s in the state and %s in the identity, want %s", typeName, name, state[name], identity[name], v)
			}
		}
	}
}

// TestIdentityThroughCLI needs a Terraform that supports identity.
func TestIdentityThroughCLI(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: e.Config(agent(chatbot, kinds()["background"].full...)), ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentityValueMatchesState(address, tfjsonpath.New("id"))}},
			{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
		},
	})
}

// TestSingletonMoved: the name of a resource changes, so the old agent is deleted while the new one is created, and a chatbot can have only
// one of the type.
func TestSingletonMoved(t *testing.T) {
	t.Parallel()
	for _, of := range []string{"human-escalation", "spam-defense"} {
		t.Run(of, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			chatbot := e.SeedChatbot()
			s := e.Server(t, func(cfg *hub.Config) { cfg.DeleteWait = time.Minute })
			o := s.Object("aichatbothub_agent")
			gone := o.State
			config := o.Configuration(acctest.Strings(map[string]string{"chatbot_id": chatbot, "type": of, "name": "A"}))
			create := func(o *acctest.Object) error {
				p, err := o.Plan(config)
				if err == nil {
					_, err = o.Apply(config, p)
				}
				return err
			}
			if err := create(o); err != nil {
				t.Fatal(err)
			}
			if err := s.NewRun(e); err != nil {
				t.Fatal(err)
			}
			// The delete begins when the create was refused, and ends when that has read which agent is in its way.
			refused, read := make(chan struct{}, 1), make(chan struct{}, 1)
			e.Inject(mockhub.Fault{Route: "POST /chatbot/{uuid}/agent/create", Process: true, Reached: refused, Mutate: func(b []byte) []byte { return b }})
			e.Inject(mockhub.Fault{Route: "GET /chatbot/{uuid}/agents", Process: true, Reached: read, Mutate: func(b []byte) []byte { return b }})
			done := make(chan error, 1)
			go func() { done <- create(s.Object("aichatbothub_agent")) }()
			<-refused
			<-read
			if _, err := o.Apply(gone, acctest.Planned{Value: gone}); err != nil {
				t.Error(err)
			}
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
}
