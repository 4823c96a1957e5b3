package snapshot_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const typeName = "aichatbothub_chatbot_snapshot"

// The routes of the requests for a snapshot.
const (
	getChatbot   = "GET /chatbot/{uuid}"
	listAgents   = "GET /chatbot/{uuid}/agents"
	listSources  = "GET /chatbot/{uuid}/data-sources"
	listTags     = "GET /chatbot/{uuid}/source-tags"
	noSuchObject = "00000000000000000000000000000000"
)

// secret is a text that nothing may show.
const secret = "canary-51f0c8d2e7"

// addShop adds a chatbot with objects of all kinds. The content of all is the same, and ids and times are not.
func addShop(e *acctest.Env, name string) string {
	bot := e.AddChatbot(mockhub.Chatbot{Name: name, Visibility: "public"})
	e.Clock().Advance(time.Minute)
	file := e.AddSource(bot, mockhub.Source{Type: "upload", FileName: "returns.md", FileSize: 120, Status: "success", Title: "About " + name})
	e.AddSource(bot, mockhub.Source{Type: "qa", Question: "Open?", Answer: "Yes.", Status: "success"})
	sales := e.AddAgent(bot, mockhub.Agent{Name: "Sales", Prompt: "Sell.\n", DataSourceUUIDs: []string{file}, Temperature: 0.7})
	e.AddFunction(sales, mockhub.Function{Name: "find", ExternalURL: "https://example.com/find", Headers: map[string]string{"Authorization": secret, "X-Shop": "1"}})
	e.AddTag(bot, mockhub.SourceTag{Name: "Policies", Color: "#0071F9", DataSourceUUIDs: []string{file}})
	return bot
}

// snapshots is a configuration with the snapshots of chatbots, whose names are a, b and so on.
func snapshots(bots ...string) string {
	var b strings.Builder
	for i, bot := range bots {
		fmt.Fprintf(&b, "data %q %q {\n  chatbot_id = %q\n}\n", typeName, string(rune('a'+i)), bot)
	}
	return b.String()
}

// equal is a configuration whose apply shows whether two snapshots are equal.
const equal = "output \"equal\" {\n  value = data.aichatbothub_chatbot_snapshot.a.sha256 == data.aichatbothub_chatbot_snapshot.b.sha256\n}\n"

func value(name string, v knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data."+typeName+".a", tfjsonpath.New(name), v)
}

// TestDataSource: the snapshots of two chatbots with the same content are equal, and not after one of them was edited.
func TestDataSource(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, func(q *mockhub.Quirks) { q.AgentOrderRandom, q.SourceOrderRandom = true, true })
	e.ThroughCLI()
	staging, production := addShop(e, "Shop (staging)"), addShop(e, "Shop")
	e.Keep(staging, production)
	for _, bot := range []string{staging, production} {
		for _, a := range e.Agents(bot) {
			e.Keep(a.UUID)
		}
	}
	config := e.Config(snapshots(staging, production) + equal)
	outcome := func(want bool) statecheck.StateCheck {
		return statecheck.ExpectKnownOutputValue("equal", knownvalue.Bool(want))
	}
	e.Test(t,
		resource.TestStep{Config: config, ConfigStateChecks: []statecheck.StateCheck{
			outcome(true), value("id", knownvalue.StringExact(staging)), value("chatbot_id", knownvalue.StringExact(staging)),
			value("json", knownvalue.StringRegexp(regexp.MustCompile(`"name":"Sales","prompt":"Sell.","sources":\["file: returns.md"\].*"secret_headers":\["authorization"\]`))),
			value("json", withoutText(staging, "Shop (staging)", secret)),
			value("sha256", knownvalue.StringRegexp(regexp.MustCompile(`^[0-9a-f]{64}$`))),
		}},
		resource.TestStep{PreConfig: func() {
			for _, a := range e.Agents(production) {
				e.EditAgent(a.UUID, func(a *mockhub.Agent) { a.Prompt += " Be polite." })
			}
		}, Config: config, ConfigStateChecks: []statecheck.StateCheck{outcome(false)}},
	)
}

// withoutText is a check that a text has none of others.
func withoutText(texts ...string) knownvalue.Check {
	return knownvalue.StringFunc(func(v string) error {
		for _, text := range texts {
			if strings.Contains(v, text) {
				return fmt.Errorf("it contains %q", text)
			}
		}
		return nil
	})
}

// TestSuccessor: a knowledge base that replaced a file in place has the snapshot of one that was created with the new file.
func TestSuccessor(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	staging, production := e.AddChatbot(mockhub.Chatbot{Name: "Shop (staging)"}), e.AddChatbot(mockhub.Chatbot{Name: "Shop"})
	e.Keep(staging, production)
	dir := t.TempDir()
	write := func(text string) func() {
		return func() {
			if err := os.WriteFile(filepath.Join(dir, "returns.md"), []byte(text), 0o600); err != nil {
				t.Error(err)
			}
		}
	}
	write("Send it back within 30 days.")()
	base := func(name, bot string) string {
		return fmt.Sprintf("resource \"aichatbothub_knowledge_base\" %q {\n  chatbot_id = %q\n  folder = { path = %q }\n}\n", name, bot, dir)
	}
	both := e.Config(base("staging", staging) + base("production", production) + strings.ReplaceAll(snapshots(staging, production), "\n}\n",
		"\n  depends_on = [aichatbothub_knowledge_base.staging, aichatbothub_knowledge_base.production]\n}\n") + equal)
	e.Test(t,
		resource.TestStep{Config: e.Config(base("staging", staging))},
		resource.TestStep{PreConfig: write("Send it back within 14 days."), Config: e.Config(base("staging", staging))},
		resource.TestStep{Config: both, ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("equal", knownvalue.Bool(true))},
			Check: func(*terraform.State) error {
				if a, b := e.Sources(staging)[0].FileName, e.Sources(production)[0].FileName; a == b || b != "returns.md" {
					return fmt.Errorf("staging has %s and production %s, so this test shows nothing", a, b)
				}
				return nil
			}},
	)
}

// TestErrors of ids, lists and chatbots that are gone.
func TestErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		bot, want string
		fault     mockhub.Fault
	}{
		"bad id":         {"shop", `(?s)"shop"\s+must\s+be\s+an\s+id`, mockhub.Fault{}},
		"no chatbot":     {noSuchObject, `(?s)Chatbot not found.*0{32}`, mockhub.Fault{}},
		"agents refused": {"", `(?s)Unable to read chatbot.*suspended`, mockhub.Fault{Route: listAgents, Status: 403, Body: `{"error": "suspended"}`, Times: -1}},
		"no whole list":  {"", `(?s)Unable to read chatbot.*no uuid`, mockhub.Fault{Route: listSources, Body: `[{"file_name": "x"}]`, Times: -1}},
		"tags are HTML":  {"", `(?s)Unable to read chatbot.*base_url`, mockhub.Fault{Route: listTags, HTML: true, Times: -1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			bot := e.SeedChatbot()
			if c.bot != "" {
				bot = c.bot
			}
			if c.fault.Route != "" {
				e.Inject(c.fault)
			}
			e.Test(t, resource.TestStep{Config: e.Config(snapshots(bot)), PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
		})
	}
	t.Run("vanishes", func(t *testing.T) {
		t.Parallel()
		e := acctest.Start(t)
		bot := addShop(e, "Shop")
		e.Inject(mockhub.Fault{Route: listAgents, Mutate: func(answer []byte) []byte { e.RemoveChatbot(bot); return answer }})
		e.Test(t, resource.TestStep{Config: e.Config(snapshots(bot)), PlanOnly: true, ExpectError: regexp.MustCompile("Chatbot not found")})
	})
}

// TestIncomplete: fields in an unknown form are a warning, and the snapshots of two chatbots that both have one are not equal. The other objects
// are there.
func TestIncomplete(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	bots := []string{addShop(e, "Shop (staging)"), addShop(e, "Shop")}
	odd := map[string]map[string]string{}
	for _, bot := range bots {
		odd[e.Agents(bot)[1].UUID] = map[string]string{"meta.temperature": `{"` + secret + `": 1}`, "created_at": "7"}
	}
	e.SetQuirks(func(q *mockhub.Quirks) { q.AnswerFields = odd })
	s := e.Server(t)
	var hashes []string
	for _, bot := range bots {
		values, diags := read(t, s, bot)
		if len(diags) != 1 || diags[0].Severity != tfprotov6.DiagnosticSeverityWarning || diags[0].Summary != "Incomplete snapshot" ||
			!strings.Contains(diags[0].Detail, `agent "Sales" (`+e.Agents(bot)[1].UUID+"): meta.temperature\n") || strings.Contains(diags[0].Detail, secret) {
			t.Fatalf("%v", diags)
		}
		if text := values["json"]; !strings.Contains(text, `"prompt":"Sell."`) || !strings.Contains(text, `"unreadable":[{"fields":["meta.temperature"],"object":"agent`) || strings.Contains(text, secret) {
			t.Errorf("%s", text)
		}
		hashes = append(hashes, values["sha256"])
	}
	if again, _ := read(t, s, bots[0]); hashes[0] == hashes[1] || again["sha256"] != hashes[0] {
		t.Errorf("%v and %v", hashes, again["sha256"])
	}
}

// read reads the data source at the level of the protocol.
func read(t *testing.T, s *acctest.Server, bot string) (map[string]string, []*tfprotov6.Diagnostic) {
	t.Helper()
	object := s.Schema.DataSourceSchemas[typeName].ValueType().(tftypes.Object)
	values := map[string]tftypes.Value{}
	for name, ty := range object.AttributeTypes {
		values[name] = tftypes.NewValue(ty, nil)
	}
	values["chatbot_id"] = tftypes.NewValue(tftypes.String, bot)
	config, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, values))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := s.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: &config})
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	if resp.State == nil {
		return texts, resp.Diagnostics
	}
	state, err := resp.State.Unmarshal(object)
	if err != nil || state.As(&values) != nil {
		t.Fatal(err)
	}
	for name, v := range values {
		var text *string
		if err := v.As(&text); err != nil || text == nil {
			t.Fatalf("%s is %v (%v)", name, v, err)
		}
		texts[name] = *text
	}
	return texts, resp.Diagnostics
}

// TestRequests: a snapshot costs the chatbot and one request for each list, and none for a list that something else reads in the same run.
func TestRequests(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	bot := addShop(e, "Shop")
	s := e.Server(t)
	for range 2 { // the second one is another data source of the same run
		if _, diags := read(t, s, bot); len(diags) > 0 {
			t.Fatalf("%v", diags)
		}
	}
	for route, want := range map[string]int{getChatbot: 1, listAgents: 1, listSources: 1, listTags: 1, "": 4} {
		if n := e.Count(route); n != want {
			t.Errorf("%d × %q, want %d", n, route, want)
		}
	}
	if err := s.NewRun(e); err != nil {
		t.Fatal(err)
	}
	e.Forget()
	agent := e.Agents(bot)[1].UUID
	_, _, diags := s.Import("aichatbothub_agent", map[string]string{"chatbot_id": bot, "id": agent})
	s.Clean(diags)
	before := e.Count(listAgents)
	if _, diags := read(t, s, bot); len(diags) > 0 || before != 1 || e.Count(listAgents) != 1 {
		t.Errorf("%d lists of agents before and %d after the snapshot (%v)", before, e.Count(listAgents), diags)
	}
}
