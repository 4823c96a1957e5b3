package provider_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// assistantsGuide is the text of the guide "For assistants that write Terraform".
func assistantsGuide(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile("../../templates/guides/assistants.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// assistantsBot is the configuration of the guide in its own folder, with its own service.
type assistantsBot struct {
	*release
	cli *exampleCLI
}

func startAssistantsBot(t *testing.T) *assistantsBot {
	t.Helper()
	c := newExampleCLI(t)
	b := &assistantsBot{&release{c.start(t, acctest.Start(t, answersFromDocuments))}, c}
	b.must(os.CopyFS(b.dir, os.DirFS(filepath.Join("testdata", "guides", "assistants"))))
	return b
}

// command runs a program in the folder, and returns what it prints and its error. Of the service it knows what service has.
func (b *assistantsBot) command(service map[string]string, name string, args ...string) (string, error) {
	b.Helper()
	bin := b.TempDir()
	b.must(os.Symlink(b.cli.Path, filepath.Join(bin, "terraform")))
	cmd := exec.CommandContext(b.Context(), name, args...)
	cmd.Dir = b.dir
	for name, value := range b.cli.Installation.Env(service) {
		if name != "PATH" {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	cmd.Env = append(cmd.Env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "TF_CLI_ARGS=-no-color")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// TestAssistantsGuide runs all commands of the guide in a folder with its files alone. The mock gets a free port.
func TestAssistantsGuide(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the commands are for a POSIX shell")
	}
	b := startAssistantsBot(t)
	var script strings.Builder
	script.WriteString("set -e\ntrap 'kill $!' ERR\n")
	for _, block := range regexp.MustCompile("(?ms)^```shell\n(.*?)^```$").FindAllStringSubmatch(assistantsGuide(t), -1) {
		script.WriteString(block[1])
	}
	out, err := b.command(nil, "bash", "-c", strings.Replace(script.String(), " mock ", " mock -addr 127.0.0.1:0 ", 1))
	for _, want := range []string{"The configuration is valid", "1 passed, 0 failed", "Apply complete! Resources: 7 added", "No changes."} {
		if err != nil || !strings.Contains(out, want) {
			t.Fatalf("%v, want %q in\n%s", err, want, out)
		}
	}
	if _, later, _ := strings.Cut(out, "The configuration is valid"); strings.Contains(later, "Warning:") { // init warns of the mirror that this test uses
		t.Errorf("there are warnings:\n%s", later)
	}
}

// assistantsMistakes make each mistake of the table of the guide, by what Terraform says.
var assistantsMistakes = map[string]struct {
	old, replacement string // in main.tf; replacement is appended if old is ""
	command          string // plan, if it is ""
	before           func(*assistantsBot)
	noKey            bool
}{
	"Unsupported argument":                           {old: `show_citations = true`, replacement: `welcome_message = "Hello"`},
	"Attribute does not apply to this type of agent": {old: `type        = "human-escalation"`, replacement: `type        = "human-escalation"` + "\n  temperature = 0.1"},
	"Conflicting source arguments":                   {old: `use_all_sources = true`, replacement: "use_all_sources = true\n  source_ids = values(aichatbothub_knowledge_base.workshop.source_ids)"},
	"Invalid id":                                     {replacement: `data "aichatbothub_agents" "x" {` + "\n  chatbot_id = \"43474da7-ae3b-4b71-91ee-29c2de798257\"\n}\n"},
	"Invalid for_each argument":                      {replacement: "resource \"terraform_data\" \"x\" {\n  for_each = toset([aichatbothub_chatbot.workshop.id])\n}\n"},
	"Invalid use of ephemeral value":                 {old: `secret_headers_wo = {`, replacement: `headers = {`},
	"Secret in the state":                            {old: `secret_headers_wo = { Authorization = "Bearer ${var.repairs_token}" }`, replacement: `headers = { Authorization = "Bearer abc" }`},
	"Unlisted model":                                 {old: `use_all_sources = true`, replacement: "use_all_sources = true\n  model = \"gpt-99-4k\""},
	"Two files have one name":                        {replacement: "resource \"aichatbothub_source\" \"x\" {\n  for_each   = toset([\"a\", \"b\"])\n  chatbot_id = aichatbothub_chatbot.workshop.id\n  file       = { name = \"README.md\", content = each.key }\n}\n"},
	"Invalid folder":                                 {old: `${path.module}/docs`, replacement: `documents`},
	"Invalid function argument":                      {before: func(b *assistantsBot) { b.write("faq.csv", "question,answer\nWhen?,\n") }},
	"Missing API key":                                {noKey: true},
	"Resource postcondition failed":                  {command: "apply", before: refuseUploads},
	"Answer test missed":                             {command: "apply", old: `"10 to 16"`, replacement: `"11 to 12"`},
	"`already has` in `Unable to create agent`":      {command: "apply", replacement: secondHuman},
	"Chatbot is protected against deletion":          {command: "destroy", before: func(b *assistantsBot) { b.passes("before") }},
}

const secondHuman = `
resource "aichatbothub_agent" "second" {
  chatbot_id = aichatbothub_chatbot.workshop.id
  type       = "human-escalation"
  name       = "Second"
}
`

// refuseUploads has the service refuse every file.
func refuseUploads(b *assistantsBot) {
	b.Inject(mockhub.Fault{Route: "POST /chatbot/{uuid}/data-source/upload", Status: 400, Body: `{"error": "file type not allowed"}`, Times: -1})
}

// TestAssistantsMistakes makes every mistake of the table of the guide, and looks for what Terraform says.
func TestAssistantsMistakes(t *testing.T) {
	t.Parallel()
	_, table, _ := strings.Cut(assistantsGuide(t), "\n## Mistakes\n")
	table, _, _ = strings.Cut(table, "\n## ")
	rows := regexp.MustCompile("(?m)^\\| (`.*?`) \\| ").FindAllStringSubmatch(table, -1)
	if len(rows) != len(assistantsMistakes) {
		t.Errorf("the table has %d rows, and %d are tested", len(rows), len(assistantsMistakes))
	}
	for _, row := range rows {
		t.Run(row[1], func(t *testing.T) {
			t.Parallel()
			m, known := assistantsMistakes[strings.Trim(row[1], "`")]
			if !known {
				m, known = assistantsMistakes[row[1]]
			}
			if !known {
				t.Fatal("assistantsMistakes has no such mistake")
			}
			b := startAssistantsBot(t)
			b.write("terraform.tfvars", "repairs_token = \"not-a-real-token\"\n")
			b.must(b.tf.Init(t.Context()))
			if m.before != nil {
				m.before(b)
			}
			if m.old != "" {
				b.edit("main.tf", m.old, m.replacement)
			} else {
				b.write("more.tf", m.replacement)
			}
			service := map[string]string{"AICHATBOTHUB_BASE_URL": b.URL, "AICHATBOTHUB_API_KEY": b.Key()}
			if m.noKey {
				delete(service, "AICHATBOTHUB_API_KEY")
			}
			args := []string{"plan"}
			if m.command != "" {
				args = []string{m.command, "-auto-approve"}
			}
			out, _ := b.command(service, b.cli.Path, args...)
			out = strings.Join(strings.Fields(strings.ReplaceAll(out, "│", " ")), " ")
			for _, want := range regexp.MustCompile("`(.*?)`").FindAllStringSubmatch(row[1], -1) {
				if !strings.Contains(out, want[1]) {
					t.Errorf("no %q in\n%s", want[1], out)
				}
			}
		})
	}
}
