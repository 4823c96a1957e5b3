package provider_test

import (
	"cmp"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const assistantsGuide = "assistants.md.tmpl"

// TestAssistantsGuide runs all commands of the guide in a folder with its files alone. The mock gets a free port.
func TestAssistantsGuide(t *testing.T) {
	t.Parallel()
	g := startGuide(t, "assistants")
	script := strings.Join(guideBlocks(t, assistantsGuide, "\n## Mistakes\n"), "")
	out := g.shell("trap 'kill $!' ERR\n" + strings.Replace(script, " mock ", " mock -addr 127.0.0.1:0 ", 1))
	for _, want := range []string{"The configuration is valid", "1 passed, 0 failed", "Apply complete! Resources: 7 added", "No changes."} {
		if !strings.Contains(out, want) {
			t.Fatalf("the output has no %q:\n%s", want, out)
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
	before           func(*guide)
	noKey            bool
}{
	"Unsupported argument":                           {old: `show_citations = true`, replacement: `welcome_message = "Hello"`},
	"Attribute does not apply to this type of agent": {old: `type        = "human-escalation"`, replacement: `type        = "human-escalation"` + "\n  temperature = 0.1"},
	"Conflicting source arguments":                   {old: `use_all_sources = true`, replacement: "use_all_sources = true\n  source_ids = values(aichatbothub_knowledge_base.workshop.source_ids)"},
	"Invalid id":                                     {replacement: `data "aichatbothub_agents" "x" {` + "\n  chatbot_id = \"43474da7-ae3b-4b71-91ee-29c2de798257\"\n}\n"},
	"Invalid for_each argument":                      {replacement: "resource \"terraform_data\" \"x\" {\n  for_each = toset([aichatbothub_chatbot.workshop.id])\n}\n"},
	"`Invalid use of ephemeral value` or `Ephemeral value used in non-ephemeral context`": {old: `secret_headers_wo = {`, replacement: `headers = {`},
	"Secret in the state":                       {old: `secret_headers_wo = { Authorization = "Bearer ${var.repairs_token}" }`, replacement: `headers = { Authorization = "Bearer abc" }`},
	"Unlisted model":                            {old: `use_all_sources = true`, replacement: "use_all_sources = true\n  model = \"gpt-99-4k\""},
	"Duplicate file name":                       {replacement: "resource \"aichatbothub_source\" \"x\" {\n  for_each   = toset([\"a\", \"b\"])\n  chatbot_id = aichatbothub_chatbot.workshop.id\n  file       = { name = \"README.md\", content = each.key }\n}\n"},
	"Invalid folder":                            {old: `${path.module}/docs`, replacement: `documents`},
	"Invalid function argument":                 {before: func(g *guide) { g.write("faq.csv", "question,answer\nWhen?,\n") }},
	"Missing API key":                           {noKey: true},
	"Resource postcondition failed":             {command: "apply", before: refuseUploads},
	"Answer test missed":                        {command: "apply", old: `"10 to 16"`, replacement: `"11 to 12"`},
	"`already has` in `Unable to create agent`": {command: "apply", replacement: secondHuman},
	"Chatbot is protected against deletion":     {command: "destroy", before: func(g *guide) { g.passes("before") }},
}

const secondHuman = `
resource "aichatbothub_agent" "second" {
  chatbot_id = aichatbothub_chatbot.workshop.id
  type       = "human-escalation"
  name       = "Second"
}
`

// refuseUploads has the service refuse every file.
func refuseUploads(g *guide) {
	g.Inject(mockhub.Fault{Route: "POST /chatbot/{uuid}/data-source/upload", Status: 400, Body: `{"error": "file type not allowed"}`, Times: -1})
}

// TestAssistantsMistakes makes every mistake of the table of the guide, and looks for what Terraform says.
func TestAssistantsMistakes(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "templates", "guides", assistantsGuide))
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "\n## Mistakes\n")
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
			g := startGuide(t, "assistants")
			g.write("terraform.tfvars", "repairs_token = \"not-a-real-token\"\n")
			if m.before != nil {
				m.before(g)
			}
			if m.old != "" {
				g.edit("main.tf", m.old, m.replacement)
			} else {
				g.write("more.tf", m.replacement)
			}
			script := "export AICHATBOTHUB_BASE_URL='" + g.URL + "'\n"
			if !m.noKey {
				script += "export AICHATBOTHUB_API_KEY='" + g.Key() + "'\n"
			}
			out := g.shell(script + "terraform " + cmp.Or(m.command, "plan") + " || true\n")
			out = strings.Join(strings.Fields(strings.ReplaceAll(out, "│", " ")), " ")
			said := slices.ContainsFunc(strings.Split(row[1], " or "), func(text string) bool { // Terraform or OpenTofu
				parts := regexp.MustCompile("`(.*?)`").FindAllStringSubmatch(text, -1)
				return len(parts) > 0 && !slices.ContainsFunc(parts, func(part []string) bool { return !strings.Contains(out, part[1]) })
			})
			if !said {
				t.Errorf("no %s in\n%s", row[1], out)
			}
		})
	}
}
