package source_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const address = "aichatbothub_source.t"

// The routes of the noun.
const (
	list     = "GET /chatbot/{uuid}/data-sources"
	upload   = "POST /chatbot/{uuid}/data-source/upload"
	createQA = "POST /chatbot/{uuid}/data-source/qa"
	link     = "POST /chatbot/{uuid}/data-source/url"
	update   = "POST /data-source/{uuid}/update"
	restart  = "POST /api/data-sources/restart"
	rescrape = "POST /data-sources/url/re-scrape"
	remove   = "POST /data-source/{uuid}/delete"
	bulk     = "POST /data-sources/delete"
)

// source is a configuration of one source with these arguments.
func source(chatbot string, arguments ...string) string {
	return fmt.Sprintf("resource \"aichatbothub_source\" \"t\" {\n  chatbot_id = %q\n  %s\n}\n", chatbot, strings.Join(arguments, "\n  "))
}

const question = `qa = { question = "When are you open?", answer = "From 9 to 18." }`

func has(name string, v knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), v)
}

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

// write makes a file and gives its path as HCL.
func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%q", path)
}

// only is the chatbot's one source.
func only(t *testing.T, e *acctest.Env, chatbot string) mockhub.Source {
	t.Helper()
	sources := e.Sources(chatbot)
	if len(sources) != 1 {
		t.Fatalf("the chatbot has %d sources, want 1", len(sources))
	}
	return sources[0]
}

// none is a check at the end: nothing is left in the chatbot.
func none(t *testing.T, e *acctest.Env, chatbot string) {
	t.Helper()
	t.Cleanup(func() {
		if left := e.Sources(chatbot); len(left) > 0 {
			t.Errorf("%d sources are left", len(left))
		}
	})
}

// TestKinds makes a source of each kind: it is trained when the apply ends, and the second plan is empty.
func TestKinds(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := "Opening hours: 9 to 18.\n"
	sum := knownvalue.StringExact(fmt.Sprintf("%x", sha256.Sum256([]byte(text))))
	path := write(t, dir, "hours.txt", text)
	for name, c := range map[string]struct {
		argument, kind, file string
		sum                  knownvalue.Check
	}{
		"path":    {`file = { path = ` + path + ` }`, "upload", "hours.txt", sum},
		"renamed": {`file = { path = ` + path + `, name = "other.md" }`, "upload", "other.md", sum},
		"content": {fmt.Sprintf(`file = { content = %q, name = "hours.txt" }`, text), "upload", "hours.txt", sum},
		"base64":  {`file = { content_base64 = base64encode("` + strings.TrimSpace(text) + `\n"), name = "hours.txt" }`, "upload", "hours.txt", sum},
		"qa":      {question, "qa", "", knownvalue.Null()},
		"url":     {`url = "https://example.com/hours"`, "link", "https://example.com/hours", knownvalue.Null()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			chatbot := e.SeedChatbot()
			none(t, e, chatbot)
			file := knownvalue.StringExact(c.file)
			checks := []statecheck.StateCheck{has("type", knownvalue.StringExact(c.kind)), has("trained", knownvalue.Bool(true)), has("status", knownvalue.StringExact("success")), has("content_sha256", c.sum)}
			if c.file != "" {
				checks = append(checks, has("file_name", file))
			}
			e.Test(t, resource.TestStep{Config: e.Config(source(chatbot, c.argument, `reference_source_link = "https://example.com/"`)), ConfigStateChecks: checks})
		})
	}
}

// TestReadings makes, imports and retrains sources of each kind under every reading of the contract.
func TestReadings(t *testing.T) {
	t.Parallel()
	for name, quirk := range map[string]func(*mockhub.Quirks){
		"default": func(*mockhub.Quirks) {}, "numbers as strings": func(q *mockhub.Quirks) { q.SourceNumbersAsStrings = true }, "null numbers": func(q *mockhub.Quirks) { q.SourceNumbersNull = true },
		"meta without link": func(q *mockhub.Quirks) { q.MetaJSON = "without" }, "no meta": func(q *mockhub.Quirks) { q.MetaJSON = "absent" }, "file": func(q *mockhub.Quirks) { q.UploadTypeFile = true },
		"full create": func(q *mockhub.Quirks) { q.SourceCreateFull = true }, "short update": func(q *mockhub.Quirks) { q.SourceUpdateShort = true }, "random order": func(q *mockhub.Quirks) { q.SourceOrderRandom = true },
		"late title": func(q *mockhub.Quirks) { q.TitleChangesLate = true }, "touches": func(q *mockhub.Quirks) { q.TrainingTouches = true }, "extra": func(q *mockhub.Quirks) { q.ExtraFields = true },
		"strings":   func(q *mockhub.Quirks) { q.NumbersAsStrings = true },
		"fractions": func(q *mockhub.Quirks) { q.TimeEnd = ".123456Z" }, "an offset": func(q *mockhub.Quirks) { q.TimeEnd = "+00:00" }, "no date": func(q *mockhub.Quirks) { q.DateMissing = true },
	} {
		for kind, argument := range map[string]string{"file": `file = { content = "Hello", name = "a.txt" }`, "qa": question, "url": `url = "https://example.com/a"`} {
			t.Run(name+" "+kind, func(t *testing.T) {
				t.Parallel()
				e := acctest.Start(t, quirk)
				chatbot := e.SeedChatbot()
				none(t, e, chatbot)
				first := []string{argument, `reference_source_link = "https://example.com/"`, `retrain_triggers = { v = "1" }`}
				config := e.Config(source(chatbot, first...))
				e.Test(t, resource.TestStep{Config: config}, resource.TestStep{
					PreConfig: e.Forget, Config: e.Config(source(chatbot, argument, first[1], `retrain_triggers = { v = "2" }`, `title = "Mine"`)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
					Check: func(*terraform.State) error {
						if n := e.Count(restart) + e.Count(rescrape); n != 1 || e.Count(upload)+e.Count(createQA)+e.Count(link) != 0 {
							return fmt.Errorf("%d retrainings", n)
						}
						return nil
					},
				})
			})
		}
	}
}

// TestImport imports each kind under the readings of meta_json. What the service shows plans empty; what it does not is taken on in place,
// without a request.
func TestImport(t *testing.T) {
	t.Parallel()
	hello := "Hello"
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(hello)))
	for _, meta := range []string{"with", "without", "absent"} {
		for kind, c := range map[string]struct {
			seed     mockhub.Source
			argument string
		}{
			"file": {mockhub.Source{Type: "upload", FileName: "a.txt", FileSize: len(hello), Hash: sum}, `file = { content = "Hello", name = "a.txt" }`},
			"qa":   {mockhub.Source{Type: "qa", Question: "When are you open?", Answer: "From 9 to 18."}, question},
			"url":  {mockhub.Source{Type: "link", FileName: "https://example.com/a"}, `url = "https://example.com/a"`},
		} {
			t.Run(meta+" "+kind, func(t *testing.T) {
				t.Parallel()
				e := acctest.Start(t, func(q *mockhub.Quirks) { q.MetaJSON = meta })
				chatbot := e.SeedChatbot()
				c.seed.ReferenceSourceLink, c.seed.Status = "https://example.com/", "success"
				id := e.AddSource(chatbot, c.seed)
				action := plancheck.ResourceActionUpdate
				if meta == "with" && kind != "file" {
					action = plancheck.ResourceActionNoop
				}
				quiet := func(*terraform.State) error {
					for _, r := range e.Requests() {
						if r.Method != "GET" {
							return fmt.Errorf("%s was sent", r.Route)
						}
					}
					return nil
				}
				e.Test(t, resource.TestStep{
					Config: e.Config(source(chatbot, c.argument, `reference_source_link = "https://example.com/"`) +
						fmt.Sprintf("import {\n to = %s\n id = \"%s/%s\"\n}\n", address, chatbot, id)),
					ConfigPlanChecks: planned(action), Check: quiet,
				})
			})
		}
	}
}

// TestImportFromWebApp imports what the web app makes: it is a file whose content is not managed here.
func TestImportFromWebApp(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"google-drive", "table", "image", "video", "something-new"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			chatbot := e.SeedChatbot()
			id := e.AddSource(chatbot, mockhub.Source{Type: kind, FileName: "Plan", FileSize: 10, Status: "success"})
			e.Test(t, resource.TestStep{
				Config:           e.Config(source(chatbot, `file = { name = "Plan" }`) + fmt.Sprintf("import {\n to = %s\n id = \"%s/%s\"\n}\n", address, chatbot, id)),
				ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
			})
		})
	}
}

// TestImportUntrained: after the import of an untrained source, a configuration that does not wait plans nothing, and one that waits plans
// an update.
func TestImportUntrained(t *testing.T) {
	t.Parallel()
	for _, status := range []string{"queued", "error:token"} {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			chatbot := e.SeedChatbot()
			id := e.AddSource(chatbot, mockhub.Source{Type: "qa", Question: "When are you open?", Answer: "From 9 to 18.", Status: status})
			imported := fmt.Sprintf("import {\n to = %s\n id = \"%s/%s\"\n}\n", address, chatbot, id)
			e.Test(t,
				resource.TestStep{Config: e.Config(source(chatbot, question, `wait_for_training = false`) + imported), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)},
				resource.TestStep{PreConfig: func() { e.SetSourceStatus(id, "success") }, Config: e.Config(source(chatbot, question, `wait_for_training = false`)), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)},
				resource.TestStep{Config: e.Config(source(chatbot, question)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate)})
		})
	}
}

// TestFileChanges: the content and the name replace the source, another path changes nothing, and a new size is no adoption.
func TestFileChanges(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	e.ThroughCLI()
	chatbot, dir := e.SeedChatbot(), t.TempDir()
	none(t, e, chatbot)
	a := write(t, dir, "a.txt", "one")
	if err := os.Mkdir(filepath.Join(dir, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	b := write(t, filepath.Join(dir, "sub"), "a.txt", "one")
	file := func(path string) string { return e.Config(source(chatbot, "file = { path = "+path+" }")) }
	e.Test(t,
		resource.TestStep{Config: file(a)},
		resource.TestStep{PreConfig: e.Forget, Config: file(b), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: e.ExpectCount(upload, 0)},
		resource.TestStep{PreConfig: func() { write(t, filepath.Join(dir, "sub"), "a.txt", "two!"); e.Forget() }, Config: file(b),
			ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate), Check: e.ExpectCount(upload, 1)},
		resource.TestStep{PreConfig: e.Forget, Config: e.Config(source(chatbot, `file = { content = "two!", name = "a.txt" }`)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.ExpectCount(upload, 0)},
		resource.TestStep{Config: e.Config(source(chatbot, `file = { content = "two!", name = "b.txt" }`)), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)},
		resource.TestStep{Config: e.Config(source(chatbot, question)), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)},
		resource.TestStep{Config: e.Config(source(chatbot, `qa = { question = "When are you open?", answer = "Never." }`)), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)},
		resource.TestStep{Config: e.Config(source(chatbot, `url = "https://example.com/a"`)), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)},
		resource.TestStep{Config: e.Config(source(chatbot, `url = "https://example.com/b"`)), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)},
		resource.TestStep{Config: e.Config(source(chatbot, `url = "https://example.com/b"`, `reference_source_link = "https://example.com/"`)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate)},
		resource.TestStep{Config: e.Config(source(chatbot, `url = "https://example.com/b"`, `reference_source_link = "https://example.com/x"`)), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)},
	)
}

// TestTitle: left out it follows the service without a diff; written it is asserted, also against a service that overwrites it.
func TestTitle(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, func(q *mockhub.Quirks) { q.TitleChangesLate, q.TitleOverwritten = true, true })
	e.ThroughCLI()
	chatbot := e.SeedChatbot()
	written := e.Config(source(chatbot, question, `title = "Mine"`))
	e.Test(t,
		resource.TestStep{Config: e.Config(source(chatbot, question))},
		resource.TestStep{PreConfig: func() { e.EditSource(only(t, e, chatbot).UUID, func(s *mockhub.Source) { s.Title = "AI" }) }, Config: e.Config(source(chatbot, question)), ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
			ConfigStateChecks: []statecheck.StateCheck{has("title", knownvalue.StringExact("AI"))}},
		resource.TestStep{PreConfig: e.Forget, Config: written, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.ExpectCount(update, 1)},
		resource.TestStep{PreConfig: func() { e.EditSource(only(t, e, chatbot).UUID, func(s *mockhub.Source) { s.Title = "Theirs" }) }, Config: written, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate)},
		resource.TestStep{Config: e.Config(source(chatbot, `qa = { question = "New?", answer = "Yes." }`, `title = "Mine"`)), ConfigStateChecks: []statecheck.StateCheck{has("title", knownvalue.StringExact("Mine"))}},
	)
}

func TestGone(t *testing.T) {
	t.Parallel()
	for _, status := range []int{404, 400, 403, 422} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, func(q *mockhub.Quirks) { q.UnknownStatus = status })
			config := e.Config("resource \"aichatbothub_chatbot\" \"b\" { name = \"B\" }\n" + strings.Replace(source("", question), `""`, "aichatbothub_chatbot.b.id", 1))
			e.Test(t, resource.TestStep{Config: config},
				resource.TestStep{PreConfig: func() { e.RemoveSource(only(t, e, e.Chatbots()[0].UUID).UUID) }, Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionCreate)},
				resource.TestStep{PreConfig: func() { e.RemoveChatbot(e.Chatbots()[0].UUID) }, Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionCreate)},
				resource.TestStep{PreConfig: func() { e.Inject(mockhub.Fault{Route: remove, Process: true, Status: 502}) }, Config: config, Destroy: true})
		})
	}
}

// TestConflicts: a file, a page or a question that is there already is never taken over; the error has the block that imports it, and it works.
func TestConflicts(t *testing.T) {
	t.Parallel()
	for kind, c := range map[string]struct {
		seed     mockhub.Source
		argument string
	}{
		"file": {mockhub.Source{Type: "upload", FileName: "a.txt", FileSize: 5, Status: "success"}, `file = { content = "Hello", name = "a.txt" }`},
		"url":  {mockhub.Source{Type: "link", FileName: "https://example.com/a", Status: "success"}, `url = "https://example.com/a"`},
		"qa":   {mockhub.Source{Type: "qa", Question: "Open?", Answer: "Yes.", Status: "success"}, `qa = { question = "Open?", answer = "Yes." }`},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, func(q *mockhub.Quirks) { q.DuplicateQuestions, q.DuplicateFiles = true, "either" })
			chatbot := e.SeedChatbot()
			id := e.AddSource(chatbot, c.seed)
			config := e.Config(source(chatbot, c.argument))
			e.Test(t, resource.TestStep{Config: config, ExpectError: regexp.MustCompile(`(?s)Unable to create source.*` + id + `.*not\s+added\s+to\s+the\s+state\s+automatically.*import \{\s+to = aichatbothub_source.NAME\s+id = "` + chatbot + "/" + id)},
				resource.TestStep{Config: config + fmt.Sprintf("import {\n to = aichatbothub_source.t\n id = \"%s/%s\"\n}\n", chatbot, id)})
		})
	}
	t.Run("create_before_destroy", func(t *testing.T) {
		t.Parallel()
		e := acctest.Start(t)
		chatbot := e.SeedChatbot()
		config := func(text string) string {
			return e.Config(source(chatbot, fmt.Sprintf(`file = { content = %q, name = "a.txt" }`, text), "lifecycle { create_before_destroy = true }"))
		}
		e.Test(t, resource.TestStep{Config: config("one")}, resource.TestStep{Config: config("two"), ExpectError: regexp.MustCompile(`(?s)has\s+create_before_destroy,\s+remove\s+that`)})
	})
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	dir, id := t.TempDir(), strings.Repeat("c", 32)
	empty := write(t, dir, "empty.txt", "")
	for name, c := range map[string]struct{ argument, want string }{
		"no such file": {`file = { path = "nowhere.txt" }`, `(?s)Invalid file.*there\s+is\s+no\s+file\s+"nowhere.txt"`},
		"a folder":     {fmt.Sprintf(`file = { path = %q }`, dir), `(?s)is\s+a\s+folder.*fileset`},
		"empty":        {`file = { path = ` + empty + ` }`, `(?s)the\s+content\s+is\s+empty`},
		"no content":   {`file = { name = "a.txt" }`, `(?s)Missing file content`},
		"two kinds":    {question + "\n" + `url = "https://example.com"`, `Exactly one of these attributes`},
		"none":         {``, `Exactly one of these attributes`},
		"two contents": {`file = { path = ` + empty + `, content = "x" }`, `(?s)cannot\s+be\s+specified\s+when`},
		"no name":      {`file = { content = "x" }`, `(?s)Invalid file.*name\s+is\s+required`},
		"base64":       {`file = { content_base64 = "%", name = "a.txt" }`, `(?s)not\s+valid\s+base64`},
		"folder name":  {`file = { content = "x", name = "a/b.txt" }`, `(?s)file\s+name\s+without\s+folders`},
		"no http":      {`url = "ftp://example.com"`, `(?s)http://\s+or\s+https://`},
		"half a qa":    {`qa = { question = "a" }`, `(?s)"answer"\s+is\s+required`},
		"empty answer": {`qa = { question = "a", answer = "" }`, `(?s)at\s+least\s+1`},
		"timeout":      {question + "\n" + `timeouts = { create = "soon" }`, `(?s)soon`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			e.Test(t, resource.TestStep{Config: e.Config(source(id, c.argument)), PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
			if n := e.Count(""); n != 0 {
				t.Errorf("%d requests were sent", n)
			}
		})
	}
}

// TestUnknownAtPlan: content, name and page are not known before another resource is made.
func TestUnknownAtPlan(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	in := `resource "terraform_data" "in" { input = { text = "Hello", name = "a.txt" } }` + "\n"
	e.Test(t, resource.TestStep{Config: e.Config(in + source(chatbot, `file = { content = terraform_data.in.output.text, name = terraform_data.in.output.name }`)),
		ConfigStateChecks: []statecheck.StateCheck{has("file_name", knownvalue.StringExact("a.txt")), has("content_sha256", knownvalue.StringExact(fmt.Sprintf("%x", sha256.Sum256([]byte("Hello")))))}})
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault mockhub.Fault
		want  string
		posts int
	}{
		"429":       {mockhub.Fault{Route: upload, Status: 429}, "", 2},
		"500 twice": {mockhub.Fault{Route: upload, Status: 500, Times: 2}, `(?s)Unable to create source.*sent\s+twice`, 2},
		"lost":      {mockhub.Fault{Route: upload, Process: true, Status: 500}, "", 1},
		"reset":     {mockhub.Fault{Route: upload, Drop: true}, "", 2},
		"not taken": {mockhub.Fault{Route: upload, Status: 400, Body: `{"error": "file type not allowed"}`}, `(?s)file\s+type\s+not\s+allowed`, 1},
		"a field":   {mockhub.Fault{Route: upload, Status: 422, Body: `[{"loc":["reference_source_link"],"msg":"no link","type":"value_error"}]`}, `(?s)reference_source_link += .*no\s+link`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			e.Inject(c.fault)
			step := resource.TestStep{Config: e.Config(source(e.SeedChatbot(), `file = { content = "Hello", name = "a.txt" }`, `reference_source_link = "https://example.com/"`))}
			if c.want != "" {
				step.ExpectError = regexp.MustCompile(c.want)
			}
			e.Test(t, step)
			if got := e.Count(upload); got != c.posts {
				t.Errorf("%d uploads were sent, want %d", got, c.posts)
			}
		})
	}
}
