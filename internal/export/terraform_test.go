package export_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// bigSize is the size of a large account.
var bigSize = accountSize{chatbots: 12, agents: 60, functions: 40, sources: 400, tags: 50}

// TestBigAccount: the plan of an exported account contains only imports.
func TestBigAccount(t *testing.T) {
	t.Parallel()
	cli := acctest.NewCLI(t)
	e := acctest.Start(t)
	bigAccount(e, 1, bigSize)
	dir := newDir(t)
	run(t, e, "-dir", dir).good(t)
	applyImports(t, cli, e, dir, 2*bigSize.chatbots+bigSize.agents+bigSize.functions+bigSize.sources+bigSize.tags)
}

// TestSameAgain: a second export of an unchanged account writes the same files. They contain no secret.
func TestSameAgain(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	bigAccount(e, 1, bigSize)
	dir, again := newDir(t), newDir(t)
	run(t, e, "-dir", dir).good(t)
	if n := e.Count(""); n != 1+3*bigSize.chatbots {
		t.Errorf("%d requests for %d chatbots", n, bigSize.chatbots)
	}
	run(t, e, "-dir", again).good(t)
	if !maps.Equal(tree(t, dir), tree(t, again)) {
		t.Error("the second export differs")
	}
	text := all(t, dir)
	if strings.Contains(text, secret) || strings.Contains(text, e.Key()) {
		t.Error("a secret is in the output")
	}
	for _, slot := range []string{"\n  # secret_headers_wo = { Authorization = var.", "\n    # path = \"${path.module}/files/", "\n  # The source is not trained: "} {
		if !strings.Contains(text, slot) {
			t.Errorf("there is no %s", slot)
		}
	}
}

// TestReadings covers every form of answers.
func TestReadings(t *testing.T) {
	t.Parallel()
	cli := acctest.NewCLI(t)
	size := accountSize{chatbots: 3, agents: 20, functions: 6, sources: 20, tags: 5}
	for name, c := range map[string]struct {
		quirk   func(*mockhub.Quirks)
		comment string // the warning of the export, if any
	}{
		"forms": {func(q *mockhub.Quirks) {
			q.BooleansAsNumbers, q.NumbersAsFloats, q.AgentMetaFull, q.ExtraFields, q.ListNewestFirst = true, true, true, true, true
			q.ShowCitationSingular, q.SourceNumbersAsStrings, q.UploadTypeFile, q.ParametersReordered = true, true, true, true
			q.LinkType, q.AddressForm = "url", "no_scheme"
		}, ""},
		"orders": {func(q *mockhub.Quirks) {
			q.SourceOrderRandom, q.AgentOrderRandom, q.BooleansAsTrueFalse = true, true, true
			q.LinkType, q.AddressForm, q.LinksInvented = "video", "slash", true
		}, ""},
		"no link": {func(q *mockhub.Quirks) { q.MetaJSON, q.TablesByExtension, q.SourceNumbersNull = "without", true, true }, ""},
		"no meta": {func(q *mockhub.Quirks) { q.MetaJSON = "absent" }, "does not return its question"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, c.quirk)
			bigAccount(e, 8, size)
			dir, again := newDir(t), newDir(t)
			first := run(t, e, "-dir", dir)
			imports := 2*size.chatbots + size.agents + size.functions + size.sources + size.tags
			if c.comment == "" {
				first.good(t)
			} else {
				imports -= size.sources / 5 // a fifth of the sources are questions
				if first.code != 0 || !strings.Contains(first.stderr, c.comment) || strings.Count(first.stderr, "Warning:") != 1 {
					t.Errorf("exit code %d\n%s", first.code, first.stderr)
				}
			}
			run(t, e, "-dir", again)
			if !maps.Equal(tree(t, dir), tree(t, again)) {
				t.Error("the second export differs")
			}
			applyImports(t, cli, e, dir, imports)
		})
	}
}

// TestRefused: a resource that the provider would refuse is written as a comment with the reason. The rest is exported.
func TestRefused(t *testing.T) {
	t.Parallel()
	cli := acctest.NewCLI(t)
	e := acctest.Start(t)
	bot := e.AddChatbot(mockhub.Chatbot{Name: "Support"})
	odd := e.AddChatbot(mockhub.Chatbot{Name: "Odd", Visibility: "hidden"})
	source := e.AddSource(bot, mockhub.Source{Type: "link", FileName: "ftp://example.com/${x}\n}"})
	e.AddAgent(odd, mockhub.Agent{Name: "In an odd one"})
	agent := e.AddAgent(bot, mockhub.Agent{Name: "New", Type: "robot\n}", Prompt: "a\nb"})
	e.AddFunction(agent, mockhub.Function{Name: "fn"})
	e.AddFunction(e.DefaultAgent(bot), mockhub.Function{Name: "bad", ExternalURL: "mailto:x"})
	e.AddAgent(bot, mockhub.Agent{Name: "Hot", Temperature: 1.5, DataSourceUUIDs: []string{source}})
	e.AddAgent(bot, mockhub.Agent{Name: "Human", Type: "human-escalation", Prompt: "None", HumanEscalationSettings: &mockhub.EscalationSettings{MonitoredMessages: strings.Split(strings.Repeat("x", 11), "")}})
	e.AddTag(bot, mockhub.SourceTag{Name: "Red", Color: "red"})
	nameless := e.AddTag(bot, mockhub.SourceTag{Name: "x", DataSourceUUIDs: []string{source}})
	e.EditTag(nameless, func(t *mockhub.SourceTag) { t.Name = "" })
	dir := newDir(t)
	r := run(t, e, "-dir", dir)
	if r.code != 0 {
		t.Fatalf("exit code %d\n%s", r.code, r.stderr)
	}
	for _, want := range []string{"aichatbothub_source_tag.support_red", "must be a color", "temperature is omitted", "aichatbothub_chatbot.odd", "human_escalation_settings is omitted", "prompt is omitted"} {
		if !strings.Contains(r.stderr, want) {
			t.Errorf("the warnings lack %q:\n%s", want, r.stderr)
		}
	}
	text := unaligned.ReplaceAllString(all(t, dir), " =")
	for _, want := range []string{"\n# resource \"aichatbothub_source_tag\" \"support_red\" {", "\n#   color = \"red\"", "\n# This agent is not exported: ", "\n#     a\n#     b\n", "\n  # temperature is omitted, so the service keeps its value: ", "source_ids = [\"" + source + "\"]",
		"chatbot_id = \"" + odd + "\"", "agent_id = \"" + agent + "\"", "# Its import id is " + bot + "/" + agent + "."} {
		if !strings.Contains(text, want) {
			t.Errorf("the files lack %q:\n%s", want, text)
		}
	}
	// The remaining objects: a chatbot, two default agents, three other agents, a tool function.
	applyImports(t, cli, e, dir, 1+2+3+1)
}

// TestScenarios: the export of objects that a configuration created is an equivalent configuration. With knowledge bases it takes over their
// sources.
func TestScenarios(t *testing.T) {
	t.Parallel()
	cli := acctest.NewCLI(t)
	root, err := tfcli.Root(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		options []tfexec.ApplyOption
		others  int // agents that the configuration does not manage
		parts   int // questions and pages that a knowledge base can have
		bases   int // knowledge bases of the configuration without files, whose export is one as well
	}{
		"support-team": {[]tfexec.ApplyOption{tfexec.Var("orders_token=" + secret)}, 0, 0, 0}, "single-sources": {nil, 1, 2, 0}, "faq": {nil, 1, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			made := t.TempDir()
			if err := os.CopyFS(made, os.DirFS(filepath.Join(root, "examples", "scenarios", name))); err != nil {
				t.Fatal(err)
			}
			tf := cli.Terraform(t, made, e, nil)
			if err := tf.Init(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := tf.Apply(t.Context(), c.options...); err != nil {
				t.Fatal(err)
			}
			state, err := tf.Show(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			objects := len(state.Values.RootModule.Resources) + c.others
			if c.bases == 0 {
				dir := newDir(t)
				run(t, e, "-dir", dir).good(t)
				if text := all(t, dir); strings.Contains(text, secret) {
					t.Error("the export contains the secret")
				}
				applyImports(t, cli, e, dir, objects)
			}
			if c.bases+c.parts > 0 {
				dir := newDir(t)
				run(t, e, "-dir", dir, knowledgeBase)
				takeOver(t, cli, e, dir, objects-c.bases-c.parts, 1)
			}
		})
	}
}
