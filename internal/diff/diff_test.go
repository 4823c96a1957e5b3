package diff_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/diff"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// The routes that a comparison reads.
const (
	listChatbots = "GET /chatbots"
	listAgents   = "GET /chatbot/{uuid}/agents"
	listSources  = "GET /chatbot/{uuid}/data-sources"
	listTags     = "GET /chatbot/{uuid}/source-tags"
)

// secret is a text that no output may have.
const secret = "canary-51f0c8d2e7"

// result is the output and the exit code of a run.
type result struct {
	code           int
	stdout, stderr string
}

func run(t *testing.T, e *acctest.Env, args ...string) result {
	t.Helper()
	return runAs(t, e, func(context.Context, *subcommand.Command) {}, args...)
}

// runAs is run with a changed command.
func runAs(t *testing.T, e *acctest.Env, change func(context.Context, *subcommand.Command), args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	env := map[string]string{"AICHATBOTHUB_API_KEY": e.Key(), "AICHATBOTHUB_BASE_URL": e.URL}
	c := subcommand.Command{Args: args, Version: "0.1.0", Getenv: func(name string) string { return env[name] }, Stdout: &stdout, Stderr: &stderr, Options: []provider.Option{acctest.ShortWaits}}
	change(t.Context(), &c)
	r := result{diff.Subcommand.Run(t.Context(), c), stdout.String(), stderr.String()}
	if strings.Contains(r.stdout+r.stderr, secret) || strings.Contains(r.stdout+r.stderr, e.Key()) || strings.ContainsAny(r.stdout+r.stderr, "\x1b\u009b\u202e") {
		t.Errorf("a secret or a control character is printed:\n%s%s", r.stdout, r.stderr)
	}
	return r
}

// addShop adds a chatbot with objects of all kinds, with equal content and other ids and times.
func addShop(e *acctest.Env, name string) (bot, sales, file string) {
	bot = e.AddChatbot(mockhub.Chatbot{Name: name})
	e.Clock().Advance(time.Minute)
	file = e.AddSource(bot, mockhub.Source{Type: "upload", FileName: "returns.md", FileSize: 120, Status: "success", Title: "About " + name})
	e.AddSource(bot, mockhub.Source{Type: "qa", Question: "Open?", Answer: "Yes.", Status: "success"})
	sales = e.AddAgent(bot, mockhub.Agent{Name: "Sales", Prompt: "You sell books.\n\nBe brief.\nBe polite.\n", DataSourceUUIDs: []string{file}, Temperature: 0.2,
		Variables: []mockhub.Variable{{Name: "email", Description: "Address", Type: "string"}}})
	e.AddFunction(sales, mockhub.Function{Name: "find", ExternalURL: "https://example.com/find?shop=1&api_key=" + secret, Headers: map[string]string{"Authorization": secret, "X-Shop": "1"}})
	e.AddTag(bot, mockhub.SourceTag{Name: "Policies", Color: "#0071F9", DataSourceUUIDs: []string{file}})
	return bot, sales, file
}

// TestEqual: chatbots that do not differ are exit code 0 and one sentence. One request is sent for the list of chatbots and one for each list.
func TestEqual(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, func(q *mockhub.Quirks) { q.AgentOrderRandom, q.SourceOrderRandom = true, true })
	staging, _, _ := addShop(e, "Shop (staging)")
	production, _, _ := addShop(e, "Shop")
	for _, args := range [][]string{{"Shop (staging)", "Shop"}, {staging, "https://app.example.com/widget/" + production}} {
		e.Forget()
		r := run(t, e, args...)
		if want := `The chatbots "Shop (staging)" (` + staging + `) and "Shop" (` + production + ") do not differ.\n"; r.code != 0 || r.stdout != want || r.stderr != "" {
			t.Errorf("%v: exit code %d\n%s%s", args, r.code, r.stdout, r.stderr)
		}
		for route, want := range map[string]int{listChatbots: 1, listAgents: 2, listSources: 2, listTags: 2, "": 7} {
			if n := e.Count(route); n != want {
				t.Errorf("%v: %d × %q, want %d", args, n, route, want)
			}
		}
	}
	r := run(t, e, "-json", staging, production)
	want := `{"staging":{"id":"` + staging + `","name":"Shop (staging)"},"production":{"id":"` + production + `","name":"Shop"},"equal":true,"differences":[],"not_compared":[],"contents_not_compared":[]}`
	if got := compact(t, r.stdout); r.code != 0 || got != want {
		t.Errorf("exit code %d\n%s", r.code, r.stdout)
	}
	if r := run(t, e, "-all", staging, production); r.code != 2 || !strings.Contains(r.stdout, "\n  chatbot differs:\n    name: \"Shop (staging)\" → \"Shop\"\n") {
		t.Errorf("-all: exit code %d\n%s", r.code, r.stdout)
	}
}

func compact(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(text)); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return b.String()
}

// TestSame: a chatbot does not differ from itself, whatever names it, and whatever cannot be read.
func TestSame(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	bot, sales, _ := addShop(e, "Shop")
	e.SetQuirks(func(q *mockhub.Quirks) {
		q.AnswerFields = map[string]map[string]string{sales: {"meta.temperature": "{}"}}
	})
	if r := run(t, e, "Shop", bot, "-all"); r.code != 0 || r.stdout != "Both are the chatbot \"Shop\" ("+bot+").\n" || r.stderr != "" || e.Count("") != 1 {
		t.Errorf("exit code %d, %d requests\n%s%s", r.code, e.Count(""), r.stdout, r.stderr)
	}
	if r := run(t, e, "-json", "Shop", "Shop"); r.code != 0 || !strings.Contains(r.stdout, `"equal": true`) {
		t.Errorf("exit code %d\n%s%s", r.code, r.stdout, r.stderr)
	}
}

// changed are two chatbots that differ in all that can differ.
func changed(t *testing.T) (e *acctest.Env, staging, production string) {
	t.Helper()
	e = acctest.Start(t)
	staging, _, _ = addShop(e, "Shop \x1b[31m(staging)")
	production, sales, file := addShop(e, "Shop")
	e.EditChatbot(production, func(b *mockhub.Chatbot) { b.ShowCitations, b.RateLimitSeconds = true, 60 })
	e.EditAgent(sales, func(a *mockhub.Agent) {
		a.Prompt = "You sell books.\n\nBe brief.\nBe \x1b[31mrude\u202e.\nNever\tstop.\n"
		a.Temperature, a.DataSourceUUIDs, a.Model = 0.7, nil, "gpt-5-8k"
		a.Variables = append(a.Variables, mockhub.Variable{Name: "order", Description: "Number\nof the order", Type: "number"})
	})
	for _, f := range mustAgent(t, e, sales).Functions {
		e.EditFunction(f.UUID, func(f *mockhub.Function) {
			f.ExternalURL = "https://user:" + secret + "@example.com/find?shop=1&api_key=other-" + secret
			f.Headers = map[string]string{"X-Login": "Bearer " + secret, "X-Shop": "2"}
			f.Parameters = `{"type":"object","properties":{"id":{"type":"string"}}}`
		})
	}
	e.AddFunction(sales, mockhub.Function{Name: "cancel", ExternalURL: "https://example.com/cancel"})
	e.AddAgent(production, mockhub.Agent{Name: "Night shift", Type: "pre-canned"})
	e.EditSource(file, func(s *mockhub.Source) { s.FileSize, s.Status = 134, "error: no text" })
	e.AddSource(staging, mockhub.Source{Type: "link", FileName: "https://example.com/about", Status: "success"})
	return e, staging, production
}

func mustAgent(t *testing.T, e *acctest.Env, id string) mockhub.Agent {
	t.Helper()
	a, found := e.Agent(id)
	if !found {
		t.Fatal("there is no agent " + id)
	}
	return a
}

// TestText is the whole report for people.
func TestText(t *testing.T) {
	t.Parallel()
	e, staging, production := changed(t)
	want := `- Staging:    "Shop \u001b[31m(staging)" (` + staging + `)
+ Production: "Shop" (` + production + `)

  chatbot differs:
    show_citations: false → true

+ agent "Night shift" is only in production

  agent "Sales" differs:
    model: "gpt-4o-mini-4k" → "gpt-5-8k"
    prompt:
      @@ line 1, line 1 @@
       You sell books.
       
       Be brief.
      -Be polite.
      +Be \u001b[31mrude\u202e.
      +Never	stop.
    sources:
      @@ line 1, line 1 @@
      -file: returns.md
    temperature: 0.2 → 0.7
    variables:
      @@ line 2, line 2 @@
         name: email
         static: false
         type: string
      +- description:
      +    Number
      +    of the order
      +  name: order
      +  static: false
      +  type: number

+ tool function "cancel" of agent "Sales" is only in production

  tool function "find" of agent "Sales" differs:
    headers.x-shop: "1" → "2"
    parameters:
      @@ line 1, line 1 @@
      +properties:
      +  id:
      +    type: string
      +type: object
    secret_headers:
      @@ line 1, line 1 @@
      -authorization
      +x-login
    url: "https://example.com/find?shop=1&api_key=(hidden)" → "https://(hidden)@example.com/find?shop=1&api_key=(hidden)"

  file "returns.md" differs:
    size: 120 → 134
    trained: (none) → false

- page "https://example.com/about" is only in staging
`
	if r := run(t, e, staging, production); r.code != 2 || r.stdout != want || r.stderr != "" {
		t.Errorf("exit code %d\n%s%s\nwant\n%s", r.code, r.stdout, r.stderr, want)
	}
}

// TestJSON: the differences for programs, with the values as they are, and escapes for what is not visible.
func TestJSON(t *testing.T) {
	t.Parallel()
	e, staging, production := changed(t)
	r := run(t, e, staging, production, "-json", "-all")
	var report struct {
		Staging, Production struct{ ID, Name string }
		Equal               bool
		Differences         []struct {
			Kind, Name, Agent, Difference, Attribute string
			Staging, Production                      any
		}
		NotCompared []any `json:"not_compared"`
	}
	if err := json.Unmarshal([]byte(r.stdout), &report); err != nil || r.code != 2 || r.stderr != "" {
		t.Fatalf("exit code %d, %v\n%s%s", r.code, err, r.stdout, r.stderr)
	}
	if report.Staging.Name != "Shop \x1b[31m(staging)" || report.Production.ID != production || report.Equal || report.NotCompared == nil {
		t.Errorf("%+v", report)
	}
	found := map[string][2]any{}
	for _, d := range report.Differences {
		found[strings.Join([]string{d.Kind, d.Agent, d.Name, d.Difference, d.Attribute}, "|")] = [2]any{d.Staging, d.Production}
	}
	for key, want := range map[string][2]any{
		"chatbot|||differs|name":                                   {"Shop \x1b[31m(staging)", "Shop"},
		"chatbot|||differs|rate_limit.seconds":                     {240.0, 60.0},
		"agent||Night shift|only_in_production|":                   {},
		"agent||Sales|differs|temperature":                         {0.2, 0.7},
		"agent||Sales|differs|prompt":                              {"You sell books.\n\nBe brief.\nBe polite.", "You sell books.\n\nBe brief.\nBe \x1b[31mrude\u202e.\nNever\tstop."},
		"tool_function|Sales|cancel|only_in_production|":           {},
		"source||page: https://example.com/about|only_in_staging|": {},
		"source||file: returns.md|differs|trained":                 {nil, false},
	} {
		if got, is := found[key]; !is || got != want {
			t.Errorf("%s: %v (%t), want %v", key, got, is, want)
		}
	}
	if len(found) != 17 {
		t.Errorf("%d differences: %v", len(found), found)
	}
}

// TestHashes: two files of one name and size, whose knowledge bases have put different hashes into their names.
func TestHashes(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	_, _, a := addShop(e, "A")
	_, _, b := addShop(e, "B")
	for id, name := range map[string]string{a: "returns.01234567.md", b: "returns.89abcdef.md"} {
		e.EditSource(id, func(s *mockhub.Source) { s.FileName, s.Title = name, "returns.md" })
	}
	if r := run(t, e, "A", "B"); r.code != 2 || !strings.HasSuffix(r.stdout, "\n  file \"returns.md\" differs:\n    content: \"01234567\" → \"89abcdef\"\n") {
		t.Errorf("exit code %d\n%s%s", r.code, r.stdout, r.stderr)
	}
	e.EditSource(b, func(s *mockhub.Source) { s.FileName = "returns.md" })
	want := "The content of 1 file is not compared, because only one of the chatbots has its hash: \"returns.md\".\n"
	if r := run(t, e, "A", "B"); r.code != 0 || r.stderr != want || !strings.HasSuffix(r.stdout, " do not differ.\n") {
		t.Errorf("a first upload and a successor: exit code %d\n%s%s", r.code, r.stdout, r.stderr)
	}
	if r := run(t, e, "-json", "A", "B"); r.code != 0 || r.stderr != want || !strings.Contains(compact(t, r.stdout), `"equal":true,"differences":[],"not_compared":[],"contents_not_compared":["returns.md"]`) {
		t.Errorf("a first upload and a successor: exit code %d\n%s%s", r.code, r.stdout, r.stderr)
	}
	e.EditSource(b, func(s *mockhub.Source) { s.FileSize++ })
	if r := run(t, e, "A", "B"); r.code != 2 || r.stderr != "" {
		t.Errorf("another size: exit code %d\n%s%s", r.code, r.stdout, r.stderr)
	}
}

// TestTwins: objects of one name are compared with those that are equal first.
func TestTwins(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	for _, name := range []string{"A", "B"} {
		bot, _, _ := addShop(e, name)
		for _, prompt := range []string{"x", "y", "z " + name} {
			e.AddAgent(bot, mockhub.Agent{Name: "Twin", Type: "background", Prompt: prompt})
		}
		if name == "B" {
			e.AddAgent(bot, mockhub.Agent{Name: "Twin", Type: "background", Prompt: "x"})
		}
	}
	r := run(t, e, "A", "B")
	if r.code != 2 || strings.Count(r.stdout, "Twin") != 2 || !strings.Contains(r.stdout, `+ agent "Twin" is only in production`) || strings.Contains(r.stdout, `"y"`) {
		t.Errorf("exit code %d\n%s%s", r.code, r.stdout, r.stderr)
	}
}

// TestNotCompared: what cannot be read is neither a difference nor equal. The rest is compared.
func TestNotCompared(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	botA, salesA, _ := addShop(e, "A")
	botB, salesB, _ := addShop(e, "B")
	e.SetQuirks(func(q *mockhub.Quirks) {
		q.AnswerFields = map[string]map[string]string{salesA: {"meta.temperature": `{"x":"` + secret + `"}`}, salesB: {"tool_functions": "7"}}
	})
	r := run(t, e, "A", "B")
	if r.code != 1 || !strings.HasPrefix(r.stdout, "No differences were found between") || !strings.Contains(r.stderr, "staging, agent \"Sales\" ("+salesA+"): meta.temperature.\n") ||
		!strings.Contains(r.stderr, "production, agent \"Sales\" ("+salesB+"): tool_functions.\n") {
		t.Errorf("exit code %d\n%s%s", r.code, r.stdout, r.stderr)
	}
	if r := run(t, e, "-json", "A", "B"); r.code != 1 || !strings.Contains(compact(t, r.stdout), `"equal":false,"differences":[],"not_compared":[{"chatbot":"staging","fields":["meta.temperature"],"object":"agent`) {
		t.Errorf("exit code %d\n%s%s", r.code, r.stdout, r.stderr)
	}
	e.SetQuirks(func(q *mockhub.Quirks) {
		q.AnswerFields[salesA], q.AnswerFields[botA] = map[string]string{"meta.use_all_sources": `[]`, "enabled": "[]"}, map[string]string{"meta.show_citations": "[]"}
	})
	e.EditAgent(salesB, func(a *mockhub.Agent) { a.UseAllSources, a.UseAllSourcesUnset, a.Enabled = true, false, true })
	e.EditChatbot(botB, func(b *mockhub.Chatbot) { b.ShowCitations = true })
	if r := run(t, e, "A", "B"); r.code != 1 || !strings.Contains(r.stderr, "meta.show_citations") || !strings.Contains(r.stderr, "enabled, meta.use_all_sources") {
		t.Errorf("exit code %d\n%s%s", r.code, r.stdout, r.stderr)
	}
	e.EditAgent(salesB, func(a *mockhub.Agent) { a.Prompt = "Sell." })
	if r := run(t, e, "A", "B"); r.code != 2 || !strings.Contains(r.stdout, "prompt:") || strings.Contains(r.stdout, "temperature") || strings.Contains(r.stdout, "find") || r.stderr == "" {
		t.Errorf("exit code %d\n%s%s", r.code, r.stdout, r.stderr)
	}
}

// TestFailures: a chatbot that does not exist, a list that fails, and a chatbot that vanishes are exit code 1 with nothing on stdout.
func TestFailures(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args  []string
		fault mockhub.Fault
		want  string
	}{
		"no such chatbot":  {[]string{"Shop", "Nobody"}, mockhub.Fault{}, "has no chatbot \"Nobody\". It has these chatbots:\n  "},
		"no such id":       {[]string{strings.Repeat("0", 32), "Shop"}, mockhub.Fault{}, "has no chatbot \"0000"},
		"two of that name": {[]string{"Shop", "Twin"}, mockhub.Fault{}, "2 chatbots have the name \"Twin\". Select one by its id:\n  "},
		"key":              {[]string{"Shop", "Other"}, mockhub.Fault{Route: listChatbots, Status: 401}, "The API key was refused. Check AICHATBOTHUB_API_KEY"},
		"agents":           {[]string{"Shop", "Other"}, mockhub.Fault{Route: listAgents, Status: 500, Times: -1, Body: `{"error": "the database is away"}`}, "the database is away"},
		"not whole":        {[]string{"Shop", "Other"}, mockhub.Fault{Route: listSources, Times: -1, Body: `[{"title": "x"}]`}, "uuid"},
		"web page":         {[]string{"Shop", "Other"}, mockhub.Fault{Route: listTags, HTML: true, Times: -1}, "Check AICHATBOTHUB_BASE_URL"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			addShop(e, "Shop")
			addShop(e, "Other")
			e.AddChatbot(mockhub.Chatbot{Name: "Twin"})
			e.AddChatbot(mockhub.Chatbot{Name: "Twin"})
			if c.fault.Route != "" {
				e.Inject(c.fault)
			}
			if r := run(t, e, c.args...); r.code != 1 || r.stdout != "" || !strings.Contains(r.stderr, c.want) {
				t.Errorf("exit code %d\n%s%s\nlacks %q", r.code, r.stdout, r.stderr, c.want)
			}
		})
	}
	t.Run("vanishes", func(t *testing.T) {
		t.Parallel()
		e := acctest.Start(t)
		addShop(e, "Shop")
		gone, _, _ := addShop(e, "Other")
		e.Inject(mockhub.Fault{Route: listChatbots, Mutate: func(answer []byte) []byte { e.RemoveChatbot(gone); return answer }})
		if r := run(t, e, "Shop", "Other"); r.code != 1 || r.stdout != "" || !strings.Contains(r.stderr, "was deleted meanwhile") {
			t.Errorf("exit code %d\n%s%s", r.code, r.stdout, r.stderr)
		}
	})
}

// closed is an output that nobody reads.
type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, errors.New("nobody reads it") }

// TestOutput: an output that cannot be written is an error, and the progress is shown on a terminal only.
func TestOutput(t *testing.T) {
	t.Parallel()
	e, staging, production := changed(t)
	if r := runAs(t, e, func(_ context.Context, c *subcommand.Command) { c.Stdout = closed{} }, staging, production); r.code != 1 || !strings.Contains(r.stderr, "the report cannot be written") {
		t.Errorf("exit code %d\n%s", r.code, r.stderr)
	}
	if r := runAs(t, e, func(_ context.Context, c *subcommand.Command) { c.Terminal = true }, staging, production); r.code != 2 || !strings.Contains(r.stderr, "\rReading the two chatbots …") {
		t.Errorf("exit code %d\n%q", r.code, r.stderr)
	}
}

// TestMisuse: nothing is sent for a wrong command line.
func TestMisuse(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	for args, want := range map[string]string{"": "STAGING is missing", "a": "PRODUCTION is missing", "a b c": `unexpected argument "c"`, "a b -fast": "unknown option -fast"} {
		if r := run(t, e, strings.Fields(args)...); r.code != 1 || r.stdout != "" || !strings.Contains(r.stderr, want) || e.Count("") > 0 {
			t.Errorf("%q: exit code %d\n%s", args, r.code, r.stderr)
		}
	}
}
