package provider_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// scenariosDir is the folder of the scenarios, from this package.
var scenariosDir = filepath.Join("..", "..", "examples", "scenarios")

// scenarioHeadings are the sections of each README.md, in this order. There may be others.
var scenarioHeadings = []string{"Use", "Inputs", "Outputs", "What it costs", "What destroy does", "Tests"}

// scenarioFiles are the files of one scenario, with the blocks of its root module.
type scenarioFiles struct {
	name   string
	readme string
	tests  map[string]string // the texts of the test files, by name
	vars   []scenarioBlock
	outs   []scenarioBlock
	source map[string][]byte // of all .tf files, by path
}

// scenarioBlock is a variable or an output.
type scenarioBlock struct {
	*hclsyntax.Block
	name, description string
}

// scenarioNames returns the names of all scenarios.
func scenarioNames(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(scenariosDir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		if entry.IsDir() {
			names = append(names, entry.Name())
		}
	}
	if len(names) == 0 {
		t.Fatal("there are no scenarios")
	}
	return names
}

func readText(t *testing.T, path ...string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Error(err)
	}
	return string(raw)
}

// readScenario reads a scenario, and checks the blocks that every module has.
func readScenario(t *testing.T, name string) *scenarioFiles {
	t.Helper()
	s := &scenarioFiles{name: name, readme: readText(t, scenariosDir, name, "README.md"), tests: map[string]string{}, source: map[string][]byte{}}
	err := filepath.WalkDir(filepath.Join(scenariosDir, name), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch {
		case strings.HasSuffix(path, ".tftest.hcl"):
			s.tests[filepath.Base(path)] = readText(t, path)
		case filepath.Ext(path) == ".tf":
			s.read(t, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// read parses a file of the root module or of another one.
func (s *scenarioFiles) read(t *testing.T, path string) {
	t.Helper()
	s.source[path] = []byte(readText(t, path))
	file, diags := hclsyntax.ParseConfig(s.source[path], path, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	root := filepath.Base(filepath.Dir(path)) == s.name
	for _, block := range file.Body.(*hclsyntax.Body).Blocks {
		switch block.Type {
		case "variable", "output":
			b := scenarioBlock{Block: block, name: block.Labels[0], description: strings.Trim(s.text(block.Body, "description"), `"`)}
			if !strings.HasSuffix(b.description, ".") {
				t.Errorf("%s: the %s %q has the description %q, want whole sentences", path, block.Type, b.name, b.description)
			}
			if block.Type == "variable" && s.text(block.Body, "type") == "" {
				t.Errorf("%s: the variable %q has no type", path, b.name)
			}
			if root && block.Type == "variable" {
				s.vars = append(s.vars, b)
			} else if root {
				s.outs = append(s.outs, b)
			}
		case "terraform":
			s.checkVersions(t, path, block, root)
		}
	}
}

// text returns the source of an attribute, "" if the block does not have it.
func (s *scenarioFiles) text(body *hclsyntax.Body, name string) string {
	if attribute := body.Attributes[name]; attribute != nil {
		r := attribute.Expr.Range()
		return string(r.SliceBytes(s.source[r.Filename]))
	}
	return ""
}

// checkVersions: a root module requires what the provider is tested with, and each module says where the provider comes from.
func (s *scenarioFiles) checkVersions(t *testing.T, path string, block *hclsyntax.Block, root bool) {
	t.Helper()
	if got, want := s.text(block.Body, "required_version"), `">= 1.11"`; root && got != want {
		t.Errorf("%s: required_version is %s, want %s", path, got, want)
	}
	for _, providers := range block.Body.Blocks {
		got := strings.Join(strings.Fields(s.text(providers.Body, "aichatbothub")), " ")
		if want := `{ source = "aichatbothub/aichatbothub" version = "~> 0.1" }`; got != want {
			t.Errorf("%s: the provider is %s, want %s", path, got, want)
		}
	}
}

// TestScenarioFiles: every scenario has the same files, and its README.md says the same things in the same order.
func TestScenarioFiles(t *testing.T) {
	t.Parallel()
	for _, name := range scenarioNames(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := readScenario(t, name)
			s.checkReadme(t)
			s.checkVariables(t)
			s.checkExample(t)
			s.checkTests(t)
			if len(s.outs) == 0 {
				t.Error("it has no output")
			}
		})
	}
}

// checkReadme compares the headings, and the tables of inputs and outputs, which are written with -update.
func (s *scenarioFiles) checkReadme(t *testing.T) {
	t.Helper()
	at := 0
	for _, heading := range scenarioHeadings {
		i := strings.Index(s.readme[at:], "\n## "+heading+"\n")
		if i < 0 {
			t.Errorf("README.md has no heading %q, or not in the order %q", heading, scenarioHeadings)
			return
		}
		at += i + 1
	}
	inputs := "| input | default | meaning |\n|---|---|---|\n"
	for _, v := range s.vars {
		inputs += fmt.Sprintf("| `%s` | %s | %s |\n", v.name, s.defaultOf(v), v.description)
	}
	outputs := "| output | meaning |\n|---|---|\n"
	for _, o := range s.outs {
		outputs += fmt.Sprintf("| `%s` | %s |\n", o.name, o.description)
	}
	want := replaceTable(replaceTable(s.readme, "Inputs", inputs), "Outputs", outputs)
	if want == s.readme {
		return
	}
	if *update {
		if err := os.WriteFile(filepath.Join(scenariosDir, s.name, "README.md"), []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("the tables of README.md are not those of the blocks: run go test ./internal/provider -run TestScenarioFiles -update. They should be\n%s\n%s", inputs, outputs)
}

// replaceTable replaces the table below a heading, or adds it there.
func replaceTable(text, heading, table string) string {
	before, after, _ := strings.Cut(text, "\n## "+heading+"\n\n")
	lines := strings.SplitAfter(after, "\n")
	rest := slices.IndexFunc(lines, func(line string) bool { return !strings.HasPrefix(line, "|") })
	end := strings.Join(lines[max(rest, 0):], "")
	if !strings.HasPrefix(end, "\n") {
		end = "\n" + end
	}
	return before + "\n## " + heading + "\n\n" + table + end
}

// defaultOf is the default of a variable for the table of inputs.
func (s *scenarioFiles) defaultOf(v scenarioBlock) string {
	switch text := s.text(v.Body, "default"); {
	case text == "":
		return "required"
	case strings.Contains(text, "\n") || len(text) > 40:
		return "see `variables.tf`"
	default:
		return "`" + text + "`"
	}
}

// checkVariables: a variable that can have a wrong value refuses it, and a test of the scenario shows that. A secret is never in a state.
func (s *scenarioFiles) checkVariables(t *testing.T) {
	t.Helper()
	refused := regexp.MustCompile(`(?ms)^  expect_failures = \[.*?\]`).FindAllString(strings.Join(slices.Collect(maps.Values(s.tests)), "\n"), -1)
	for _, v := range s.vars {
		validated := slices.ContainsFunc(v.Body.Blocks, func(b *hclsyntax.Block) bool { return b.Type == "validation" })
		if s.text(v.Body, "type") != "bool" && !validated {
			t.Errorf("the variable %q has no validation", v.name)
		}
		if validated && !regexp.MustCompile(`\bvar\.`+v.name+`\b`).MatchString(strings.Join(refused, "\n")) {
			t.Errorf("no test expects that the variable %q refuses a value", v.name)
		}
		if sensitive, ephemeral := s.text(v.Body, "sensitive"), s.text(v.Body, "ephemeral"); sensitive != ephemeral {
			t.Errorf("the variable %q is sensitive and not ephemeral, or the other way round", v.name)
		} else if sensitive != "" && s.text(v.Body, "default") != "" {
			t.Errorf("the variable %q is a secret with a default, which somebody will use", v.name)
		}
	}
}

// checkExample: terraform.tfvars.example names every variable, and sets no secret.
func (s *scenarioFiles) checkExample(t *testing.T) {
	t.Helper()
	const name = "terraform.tfvars.example"
	text := readText(t, scenariosDir, s.name, name)
	file, diags := hclsyntax.ParseConfig([]byte(text), name, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	set := file.Body.(*hclsyntax.Body).Attributes
	for _, v := range s.vars {
		if !regexp.MustCompile(`(?m)^(# )?` + v.name + `\b`).MatchString(text) {
			t.Errorf("%s does not have %s", name, v.name)
		}
		if set[v.name] != nil && s.text(v.Body, "sensitive") != "" {
			t.Errorf("%s sets the secret %s", name, v.name)
		}
		delete(set, v.name)
	}
	for other := range set {
		t.Errorf("%s sets %s, which is no variable", name, other)
	}
}

// checkTests: one test file runs against a service, the other one with a mock of the provider. README.md says how to run the second one alone.
func (s *scenarioFiles) checkTests(t *testing.T) {
	t.Helper()
	plain := strings.ReplaceAll(s.name, "-", "_") + ".tftest.hcl"
	mocked := strings.Replace(plain, ".", "_mocked.", 1)
	if got, want := slices.Sorted(maps.Keys(s.tests)), []string{plain, mocked}; !slices.Equal(got, want) {
		t.Errorf("the test files are %q, want %q", got, want)
	}
	if strings.Contains(s.tests[plain], "mock_provider") || !strings.Contains(s.tests[mocked], `mock_provider "aichatbothub"`) {
		t.Errorf("%s must have a mock_provider, and %s must not", mocked, plain)
	}
	if !strings.Contains(s.readme, "terraform test -filter="+mocked) {
		t.Errorf("README.md does not say how to run %s alone", mocked)
	}
}

// TestScenarioLists: the page of the scenarios and the first page of the documentation have every scenario, and no other one.
func TestScenarioLists(t *testing.T) {
	t.Parallel()
	names := scenarioNames(t)
	var rows []string
	for _, row := range regexp.MustCompile(`(?m)^\| \[(.+?)\]\((.+?)\) \|`).FindAllStringSubmatch(readText(t, scenariosDir, "README.md"), -1) {
		if row[1] != row[2] {
			t.Errorf("README.md links %s to %s", row[1], row[2])
		}
		rows = append(rows, row[1])
	}
	if slices.Sort(rows); !slices.Equal(rows, names) {
		t.Errorf("README.md has the scenarios %q, want %q", rows, names)
	}
	index := readText(t, "..", "..", "templates", "index.md.tmpl")
	for _, name := range names {
		if !regexp.MustCompile("(?m)^- .*`" + name + "`.*:").MatchString(index) {
			t.Errorf("index.md.tmpl has no line with the scenario %s", name)
		}
	}
}
