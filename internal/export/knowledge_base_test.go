package export_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"
	tfjson "github.com/hashicorp/terraform-json"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

const knowledgeBase = "-knowledge-base"

// takeOver applies an export with knowledge bases, and plans again. The first plan must contain only imports, the create of the knowledge bases, and
// references to their sources, which are not known yet. The apply sends no write, and the second plan is empty.
func takeOver(t *testing.T, cli *acctest.CLI, e *acctest.Env, dir string, imports, bases int) *tfexec.Terraform {
	t.Helper()
	tf := cli.Terraform(t, dir, e, nil)
	if err := tf.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	if formatted, files, err := tf.FormatCheck(t.Context()); err != nil || !formatted {
		t.Errorf("terraform fmt would change %v (%v)", files, err)
	}
	e.Forget()
	plan := filepath.Join(t.TempDir(), "plan")
	if _, err := tf.Plan(t.Context(), tfexec.Out(plan)); err != nil {
		t.Fatal(err)
	}
	shown, err := tf.ShowPlanFile(t.Context(), plan)
	if err != nil {
		t.Fatal(err)
	}
	imported, created := 0, 0
	for _, change := range shown.ResourceChanges {
		switch {
		case change.Type == "aichatbothub_knowledge_base" && change.Change.Actions.Create():
			created++
		case change.Change.Importing != nil && (change.Change.Actions.NoOp() || change.Change.Actions.Update() && onlyReferences(change.Change)):
			imported++
		default:
			t.Errorf("%s: %v from %v to %v, unknown %v", change.Address, change.Change.Actions, change.Change.Before, change.Change.After, change.Change.AfterUnknown)
		}
	}
	if imported != imports || created != bases {
		t.Errorf("%d imports and %d knowledge bases, want %d and %d", imported, created, imports, bases)
	}
	if t.Failed() {
		t.FailNow() // the apply of another plan could wait forever
	}
	if err := tf.Apply(t.Context(), tfexec.DirOrPlan(plan)); err != nil {
		t.Fatal(err)
	}
	if changes, err := tf.Plan(t.Context()); err != nil || changes {
		t.Errorf("the plan after the apply is not empty (%v)", err)
	}
	for _, r := range e.Requests() {
		if r.Method != "GET" {
			t.Errorf("%s was sent", r.Route)
		}
	}
	return tf
}

// onlyReferences reports whether a change consists of source_ids that are not known yet, and of what may change with them.
func onlyReferences(c *tfjson.Change) bool {
	before, _ := c.Before.(map[string]any)
	after, _ := c.After.(map[string]any)
	unknown, _ := c.AfterUnknown.(map[string]any)
	for name, value := range before {
		if unknown[name] == true && (name == "source_ids" || name == "modified_at") {
			continue
		}
		if fmt.Sprint(after[name]) != fmt.Sprint(value) && name != "source_ids" {
			return false
		}
	}
	return unknown["source_ids"] != nil
}

// TestKnowledgeBase: the apply of an account that was exported with knowledge bases takes over their sources and sends no write. What refers to
// their sources keeps them.
func TestKnowledgeBase(t *testing.T) {
	t.Parallel()
	cli := acctest.NewCLI(t)
	e := acctest.Start(t, func(q *mockhub.Quirks) { q.LinkType, q.AddressForm, q.SourceOrderRandom = "video", "no_slash", true })
	bigAccount(e, 8, accountSize{chatbots: 2, agents: 10, sources: 60, tags: 6})
	dir, again := newDir(t), newDir(t)
	if r := run(t, e, "-dir", dir, knowledgeBase); r.code != 0 {
		t.Fatalf("exit code %d\n%s", r.code, r.stderr)
	}
	run(t, e, "-dir", again, knowledgeBase)
	if !maps.Equal(tree(t, dir), tree(t, again)) {
		t.Error("the second export differs")
	}
	text := all(t, dir)
	if n, in := strings.Count(text, ".source_ids[\""), strings.Count(text, "\n    \""); in < 10 || n < 10 { // each document has its line
		t.Fatalf("%d documents and %d references: the account is too small\n%s", in, n, text)
	}
	takeOver(t, cli, e, dir, strings.Count(text, "\nimport {"), 2)
}

// document is a source of a chatbot for TestSingleSources, with what has to be in the files and in the output.
type document struct {
	source mockhub.Source
	in     string // the line of the knowledge base; "" if the source stays a single source
	reason string // why it does
}

// TestSingleSources: a source that a knowledge base cannot have, or that it would change, stays a single source, and the export says why.
func TestSingleSources(t *testing.T) {
	t.Parallel()
	qa := func(question, answer string) mockhub.Source {
		return mockhub.Source{Type: "qa", Question: question, Answer: answer}
	}
	page := func(kind, address string) mockhub.Source { return mockhub.Source{Type: kind, FileName: address} }
	with := func(s mockhub.Source, change func(*mockhub.Source)) mockhub.Source { change(&s); return s }
	for name, all := range map[string][]document{
		"question":           {{qa("When?", "At 9."), `"When?" = "At 9."`, ""}},
		"page":               {{page("link", "https://a.example/"), `pages = ["https://a.example/"]`, ""}},
		"without scheme":     {{page("link", "a.example/b"), `pages = ["https://a.example/b"]`, ""}},
		"video of the API":   {{page("video", "https://a.example/b"), `pages = ["https://a.example/b"]`, ""}},
		"own link":           {{with(page("link", "https://a.example/b"), func(s *mockhub.Source) { s.ReferenceSourceLink = "https://A.example/b/" }), `pages = ["https://a.example/b"]`, ""}},
		"keyword":            {{qa("for", "x"), `"for" = "x"`, ""}},
		"template":           {{qa("${a} \"b\"\nc\\ %{d}", "e ${f}"), `"$${a} \"b\"\nc\\ %%{d}" = "e $${f}"`, ""}},
		"white space":        {{qa(" When?\r\n", "\r\n At 9.\n"), `"When?" = "At 9."`, ""}},
		"direction":          {{qa("a\u202eb é", "x"), `"a\u202eb é" = "x"`, ""}},
		"lines":              {{qa("When?", "At 9.\nNot at 8."), "\"When?\" = <<-EOT\n      At 9.\n      Not at 8.\n    EOT", ""}},
		"file":               {{mockhub.Source{Type: "upload", FileName: "a.md"}, "", ""}},
		"table":              {{mockhub.Source{Type: "table", FileName: "a.csv"}, "", ""}},
		"drive":              {{page("google-drive", "https://drive.example/x"), "", "only the web app can make a source of the type google-drive"}},
		"drive without name": {{page("google-drive", "Prices"), "", ""}},
		"empty answer":       {{qa("When?", " \n"), "", "is empty or has only white space"}},
		"other scheme":       {{page("link", "ftp://a.example/"), "", "must be an http"}},
		"failed":             {{with(qa("When?", "At 9."), func(s *mockhub.Source) { s.Status = "error:no text" }), "", "it is not trained"}},
		"in training":        {{with(page("link", "https://a.example/"), func(s *mockhub.Source) { s.Status = "queued" }), "", "it is not trained"}},
		"link":               {{with(qa("When?", "At 9."), func(s *mockhub.Source) { s.ReferenceSourceLink = "https://a.example/" }), "", "it has a reference_source_link"}},
		"same question":      {{qa("When?", "At 9."), `"When?" = "At 9."`, ""}, {qa(" When?\r\n", "At 10."), "", "an older source has the same question"}},
		"same page":          {{page("link", "https://a.example/"), `pages = ["https://a.example/"]`, ""}, {page("link", "https://A.example"), "", "an older source has the same question or address"}},
		"same as another that stays": {{with(qa("When?", "At 9."), func(s *mockhub.Source) { s.Status = "error:token" }), "", "it is not trained"},
			{qa("When?", "At 9."), "", "an older source has the same question"}},
		"question like a page": {{page("link", "https://a.example/"), `pages = ["https://a.example/"]`, ""}, {qa("https://a.example", "x"), "", "an older source has the same question or address"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, func(q *mockhub.Quirks) { q.DuplicateURLs = "never" })
			bot := e.AddChatbot(mockhub.Chatbot{Name: "Shop"})
			for _, d := range all {
				e.Clock().Advance(2e9)
				e.AddSource(bot, d.source)
			}
			dir := newDir(t)
			r := run(t, e, "-dir", dir, knowledgeBase)
			text := unaligned.ReplaceAllString(tree(t, dir)["shop.tf"], " =")
			singles, reasons := 0, 0
			for _, d := range all {
				if d.in == "" {
					singles++
				}
				if d.reason != "" {
					reasons++
				}
				if !strings.Contains(text, d.in) || !strings.Contains(r.stderr, d.reason) {
					t.Errorf("want %q, and %q", d.in, d.reason)
				}
			}
			if r.code != 0 || strings.Count(text, "resource \"aichatbothub_source\"") != singles || strings.Count(r.stderr, "Warning:") != reasons {
				t.Errorf("exit code %d\n%s", r.code, r.stderr)
			}
			if bases := strings.Count(text, "resource \"aichatbothub_knowledge_base\" \"shop\" {"); bases != min(1, len(all)-singles) {
				t.Errorf("%d knowledge bases", bases)
			}
			if t.Failed() {
				t.Log(text)
			}
		})
	}
}

// TestManyDocuments: a chatbot with more documents than a knowledge base can have gets several, whose names differ from those of all chatbots.
func TestManyDocuments(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	bot := e.AddChatbot(mockhub.Chatbot{Name: "Shop"})
	for i := range 10_001 {
		e.AddSource(bot, mockhub.Source{Type: "qa", Question: fmt.Sprint(i), Answer: "x"})
	}
	other := e.AddChatbot(mockhub.Chatbot{Name: "Shop 2"})
	last := e.AddSource(other, mockhub.Source{Type: "qa", Question: "When?", Answer: "x"})
	e.AddTag(other, mockhub.SourceTag{Name: "All", Color: "#0071F9", DataSourceUUIDs: []string{last}})
	dir := newDir(t)
	r := runAs(t, e, func(c *subcommand.Command) { c.Terminal = true }, "-dir", dir, knowledgeBase)
	if want := ": 2 chatbots, 2 default agents, 3 knowledge bases of 10002 sources, 1 source tag.\n"; r.code != 0 || !strings.Contains(r.stderr, want) {
		t.Errorf("exit code %d, %q lacks %q", r.code, r.stderr, want)
	}
	files := tree(t, dir)
	first, second, _ := strings.Cut(files["shop.tf"], "resource \"aichatbothub_knowledge_base\" \"shop_3\" {")
	if n, m := strings.Count(first, `= "x"`), strings.Count(second, `= "x"`); n != 10_000 || m != 1 {
		t.Errorf("the knowledge bases have %d and %d documents", n, m)
	}
	if want := "[aichatbothub_knowledge_base.shop_2.source_ids[\"When?\"]]"; !strings.Contains(files["shop_2.tf"], want) {
		t.Errorf("%s lacks %s", files["shop_2.tf"], want)
	}
}

// TestOtherForm: an export that writes the sources of an earlier one in the other form removes the earlier resources from the state. The apply
// sends nothing, so that no source is deleted.
func TestOtherForm(t *testing.T) {
	t.Parallel()
	cli := acctest.NewCLI(t)
	e := acctest.Start(t)
	bot := e.AddChatbot(mockhub.Chatbot{Name: "Shop"})
	hours := e.AddSource(bot, mockhub.Source{Type: "qa", Question: "When?", Answer: "At 9."})
	e.AddSource(bot, mockhub.Source{Type: "upload", FileName: "a.md"})
	e.AddSource(bot, mockhub.Source{Type: "link", FileName: "https://shop.example.com/"})
	e.AddAgent(bot, mockhub.Agent{Name: "Sales", DataSourceUUIDs: []string{hours}})
	dir := newDir(t)
	run(t, e, "-dir", dir).good(t)
	tf := cli.Terraform(t, dir, e, nil)
	if err := tf.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	e.Forget()
	if err := tf.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Error(err)
		}
		return string(content)
	}
	single := read("shop.tf")
	for _, step := range []struct {
		args []string
		want string
	}{
		{[]string{knowledgeBase}, "from = aichatbothub_source.shop_shop_example_com\n"}, {nil, "from = aichatbothub_knowledge_base.shop\n"},
	} {
		args := append([]string{"-dir", dir, "-force"}, step.args...)
		for range 2 { // the second export writes the same files, because the first one may not be applied yet
			if r := run(t, e, args...); r.code != 0 || !strings.Contains(r.stderr, "removed.tf removes these from the state") {
				t.Fatalf("exit code %d\n%s", r.code, r.stderr)
			}
			if text := read("removed.tf"); !strings.Contains(text, step.want) || strings.Contains(text, "a_md") {
				t.Errorf("removed.tf is\n%s", text)
			}
		}
		if err := tf.Apply(t.Context()); err != nil {
			t.Fatal(err)
		}
		if changes, err := tf.Plan(t.Context()); err != nil || changes {
			t.Errorf("the plan after the apply is not empty (%v)", err)
		}
	}
	for _, r := range e.Requests() {
		if r.Method != "GET" {
			t.Errorf("%s was sent", r.Route)
		}
	}
	if now := read("shop.tf"); now != single {
		t.Errorf("%s\nwas\n%s", now, single)
	}
}
