package provider_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-exec/tfexec"
	tfjson "github.com/hashicorp/terraform-json"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// exampleKinds are the functions that run the files of examples/, by path. A file that matches no pattern fails the test.
var exampleKinds = []struct {
	pattern string
	run     func(*exampleCLI, *testing.T, string)
}{
	{"provider/provider*.tf", (*exampleCLI).configuration},
	{"resources/*/resource*.tf", (*exampleCLI).configuration},
	{"resources/*/import.sh", (*exampleCLI).importCommand},
	{"resources/*/import-by-string-id.tf", (*exampleCLI).importBlock},
	{"resources/*/import-by-identity.tf", (*exampleCLI).identityBlock},
	{"data-sources/*/data-source*.tf", (*exampleCLI).configuration},
	{"ephemeral-resources/*/ephemeral-resource*.tf", (*exampleCLI).configuration},
	{"list-resources/*/list-resource*.tfquery.hcl", (*exampleCLI).query},
	{"actions/*/action*.tf", (*exampleCLI).action},
	{"functions/*/function*.tf", (*exampleCLI).configuration},
	{"pipelines/*.yml", (*exampleCLI).pipeline},
	{"scenarios/*", (*exampleCLI).scenario}, // a folder
}

// exampleData returns the function that adds the objects which the example of a data source reads.
func exampleData(typeName string) (func(e *acctest.Env, id, name string), bool) {
	for _, n := range acctest.Nouns {
		if add, ok := n.Examples.Data[strings.TrimPrefix(typeName, acctest.Prefix)]; ok {
			return add, true
		}
	}
	return nil, false
}

// TestExamples runs every file of examples/ through a real Terraform, each with its own service. It walks the folder, so that a new example
// is tested without a change here.
func TestExamples(t *testing.T) {
	t.Parallel()
	c := newExampleCLI(t)
	for _, name := range c.list(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, kind := range exampleKinds {
				if ok, err := path.Match(kind.pattern, name); err != nil {
					t.Fatal(err)
				} else if ok {
					kind.run(c, t, name)
					return
				}
			}
			t.Errorf("nothing is known that runs %s: rename it as tfplugindocs wants it, or add its kind to exampleKinds", name)
		})
	}
	t.Run("formatted", func(t *testing.T) {
		t.Parallel()
		for _, dir := range []string{c.examples, "testdata"} {
			tf := c.Terraform(t, dir, nil, nil)
			if ok, files, err := tf.FormatCheck(t.Context(), tfexec.Recursive(true)); err != nil || !ok {
				t.Errorf("run terraform fmt -recursive %s: %v %v", dir, files, err)
			}
		}
	})
}

// exampleCLI runs the files of examples/ with one build of the provider.
type exampleCLI struct {
	*acctest.CLI
	examples string
}

func newExampleCLI(t *testing.T) *exampleCLI {
	t.Helper()
	c := acctest.NewCLI(t) // outlives the parallel subtests
	root, err := tfcli.Root(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return &exampleCLI{c, filepath.Join(root, "examples")}
}

// list returns all files of examples/ and, instead of the files in scenarios/, its folders.
func (c *exampleCLI) list(t *testing.T) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(c.examples, func(file string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(c.examples, file)
		name = filepath.ToSlash(name)
		switch scenario := path.Dir(name) == "scenarios"; {
		case !d.IsDir() && path.Ext(name) == ".md": // a part of a page, which TestPages checks
		case d.IsDir() && scenario:
			names = append(names, name)
			return filepath.SkipDir
		case !d.IsDir() && !scenario: // TestScenarioLists reads scenarios/README.md
			names = append(names, name)
		}
		return err
	})
	if err != nil || len(names) == 0 {
		t.Fatalf("examples/ has %d files: %v", len(names), err)
	}
	return names
}

// read returns an example with the address of this service instead of the address in it.
func (c *exampleCLI) read(t *testing.T, name string, e *acctest.Env) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(c.examples, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return baseURLLine.ReplaceAllString(string(raw), "${1}\""+e.URL+"\"")
}

var (
	baseURLLine  = regexp.MustCompile(`(?m)^(\s*base_url\s*= )".*"`)
	keyVariable  = regexp.MustCompile(`(?m)^variable "(\w*api_key)"`)
	dataBlock    = regexp.MustCompile(`(?ms)^data "(\w+)" "\w+" (?:\{\}|\{\n(.*?)^\})`)
	importBlock  = regexp.MustCompile(`(?ms)^import \{\n(.*?)^\}\n`)
	fileByName   = regexp.MustCompile(`(?m)^  file = \{\n    name = ".*"\n`)
	importTarget = regexp.MustCompile(`(?m)^\s*to\s*= (\S+)$`)
	quotedValue  = regexp.MustCompile(`(?m)= "(.*)"$`)
	idLine       = regexp.MustCompile(`(?m)^\s*id\s*= "(.*)"$`)
	anID         = regexp.MustCompile(`^[0-9a-f]{32}$`)
	nameLine     = regexp.MustCompile(`(?m)^\s*(?:file_)?name\s*= "(.*)"$`)
)

func match(re *regexp.Regexp, text string) string {
	if found := re.FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return ""
}

// plannable changes an import example so that it can be planned before the object exists: it removes the import block, and adds content to a
// file that has a name only, because such a file cannot be created.
func plannable(text string) string {
	return fileByName.ReplaceAllString(importBlock.ReplaceAllString(text, ""), "${0}    content = \"as it is\"\n")
}

// exampleRun is one example in its own folder, with its own service.
type exampleRun struct {
	*testing.T
	*acctest.Env
	cli    *exampleCLI
	tf     *tfexec.Terraform
	dir    string
	before []string // ids of the objects that must exist after the destroy
}

func (c *exampleCLI) start(t *testing.T, e *acctest.Env) *exampleRun {
	t.Helper()
	dir := t.TempDir()
	return &exampleRun{T: t, Env: e, cli: c, dir: dir, tf: c.Terraform(t, dir, e, nil)}
}

func (r *exampleRun) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r *exampleRun) write(name, text string) {
	r.Helper()
	r.must(os.WriteFile(filepath.Join(r.dir, name), []byte(text), 0o600))
}

// prepare writes the example and what it needs besides, adds what it refers to to the service, and runs init.
func (r *exampleRun) prepare(text string) {
	r.Helper()
	r.write("example.tf", text)
	if !strings.Contains(text, "required_providers") {
		r.write("terraform.tf", "terraform {\n  required_providers {\n    aichatbothub = { source = \""+tfcli.Source+"\" }\n  }\n}\n")
	}
	if variable := match(keyVariable, text); variable != "" {
		r.write("terraform.tfvars", fmt.Sprintf("%s = %q\n", variable, r.Key()))
	}
	for _, block := range dataBlock.FindAllStringSubmatch(text, -1) {
		lookup, ok := exampleData(block[1])
		if !ok {
			r.Fatalf("no noun in acctest.Nouns has Examples.Data for the data source %s", block[1])
		}
		if id := match(idLine, block[2]); id == "" || anID.MatchString(id) { // the provider has to report an invalid id itself
			lookup(r.Env, id, match(nameLine, block[2]))
		}
	}
	r.remain()
	r.must(r.tf.Init(r.Context()))
}

// remain records the objects that exist now: they must exist after the example is destroyed.
func (r *exampleRun) remain() { r.before = r.ids() }

// ids returns the ids of all objects.
func (r *exampleRun) ids() []string { return slices.Sorted(maps.Keys(r.AllIDs())) }

// plan plans, and returns the plan.
func (r *exampleRun) plan() *tfjson.Plan {
	r.Helper()
	_, err := r.tf.Plan(r.Context(), tfexec.Out("plan"))
	r.must(err)
	plan, err := r.tf.ShowPlanFile(r.Context(), "plan")
	r.must(err)
	return plan
}

// settled fails the test unless a second plan and a plan with -refresh-only, some time later, are empty, without a line about anything else. It
// returns the number of requests of the second plan.
func (r *exampleRun) settled() (requests int) {
	r.Helper()
	r.Clock().Advance(time.Minute)
	for what, options := range map[string][]tfexec.PlanOption{"the second plan": nil, "the plan with -refresh-only": {tfexec.RefreshOnly(true)}} {
		var out bytes.Buffer
		r.Forget()
		r.tf.SetStdout(&out)
		_, err := r.tf.Plan(r.Context(), options...) // with -refresh-only, Terraform 1.11 reports changes that it does not show
		r.tf.SetStdout(nil)
		r.must(err)
		if text := out.String(); !strings.Contains(text, "No changes.") || strings.Contains(text, "Warning:") {
			r.Errorf("%s is not empty:\n%s", what, text)
		}
		if options == nil {
			requests = r.Count("")
		}
	}
	return requests
}

// destroy switches deletion protection off, destroys, and compares the objects of the service with those before the example.
func (r *exampleRun) destroy() {
	r.Helper()
	r.unprotect()
	r.must(r.tf.Destroy(r.Context()))
	r.left()
}

// protected is a line that protects a chatbot, in a configuration or in a file of variables.
var protected = regexp.MustCompile(`(?m)^(\s*(?:deletion_)?protect(?:ion)?\s*= )true$`)

// unprotect switches deletion protection off.
func (r *exampleRun) unprotect() {
	r.Helper()
	files, err := filepath.Glob(filepath.Join(r.dir, "*.tf*"))
	r.must(err)
	for _, file := range files {
		if ext := filepath.Ext(file); ext != ".tf" && ext != ".tfvars" {
			continue
		}
		raw, err := os.ReadFile(file)
		r.must(err)
		if protected.Match(raw) {
			r.must(os.WriteFile(file, protected.ReplaceAll(raw, []byte("${1}false")), 0o600))
			r.must(r.tf.Apply(r.Context()))
		}
	}
}

// left compares the objects of the service with those before the example.
func (r *exampleRun) left() {
	r.Helper()
	if left := r.ids(); !slices.Equal(left, r.before) {
		r.Errorf("after destroy the service has %v, want %v", left, r.before)
	}
}

// mockData is what a mock of the provider returns instead of random texts, by the type of an example: checks in it compare these.
var mockData = map[string]string{
	"aichatbothub_chatbot_snapshot": "\n  mock_data \"aichatbothub_chatbot_snapshot\" {\n    defaults = { sha256 = \"0\" }\n  }\n",
}

// configuration applies a file that is a complete configuration.
func (c *exampleCLI) configuration(t *testing.T, name string) {
	t.Helper()
	e := acctest.Start(t)
	r := c.start(t, e)
	r.prepare(c.read(t, name, e))
	r.must(r.tf.Apply(t.Context()))
	folder := strings.Split(name, "/")
	forTypes := folder[0] == "resources" || folder[0] == "data-sources"
	if folder[0] != "functions" && e.Count("") == 0 {
		t.Error("the example asks nothing of the service, so it shows nothing")
	} else if forTypes {
		r.expectType(folder[1])
	}
	r.settled()
	r.destroy()
	if forTypes {
		c.runTest(r, "mocked.tftest.hcl", "mock_provider \"aichatbothub\" {"+mockData[folder[1]]+"}\n\nrun \"mocked\" {}\n")
	}
}

// expectType fails the test unless the state has an object of the type that the example's folder names.
func (r *exampleRun) expectType(name string) {
	r.Helper()
	state, err := r.tf.Show(r.Context())
	r.must(err)
	if !slices.ContainsFunc(state.Values.RootModule.Resources, func(res *tfjson.StateResource) bool { return res.Type == name }) {
		r.Errorf("the example has no %s", name)
	}
}

// seed adds the object of the resource at an address to the service, with an id and as the configuration describes it.
func (r *exampleRun) seed(address, id string) {
	r.Helper()
	for part := range strings.SplitSeq(id, "/") {
		if !anID.MatchString(part) {
			r.Fatalf("the import id %q is not made of ids of 32 lower-case hex digits", id)
		}
	}
	for _, res := range r.plan().PlannedValues.RootModule.Resources {
		if res.Address != address {
			continue
		}
		noun, ok := acctest.NounOf(res.Type)
		if !ok || noun.Examples.Import == nil {
			r.Fatalf("the noun of %s in acctest.Nouns has no Examples.Import", res.Type)
		}
		noun.Examples.Import(r.Env, id, res.AttributeValues, r.remain)
		return
	}
	r.Fatalf("the configuration has no %s to import into", address)
}

// importBlock plans a file with an import block: the plan has one import and no change.
func (c *exampleCLI) importBlock(t *testing.T, name string) {
	t.Helper()
	e := acctest.Start(t)
	r := c.start(t, e)
	text := c.read(t, name, e)
	block := match(importBlock, text)
	address := match(importTarget, block)
	r.prepare(plannable(text))
	var parts []string // of an identity, or the one import id
	for _, part := range quotedValue.FindAllStringSubmatch(block, -1) {
		parts = append(parts, part[1])
	}
	r.seed(address, strings.Join(parts, "/"))
	r.write("example.tf", text)
	var imported []string
	for _, change := range r.plan().ResourceChanges {
		if change.Change.Importing != nil {
			imported = append(imported, change.Address)
		}
		if !change.Change.Actions.NoOp() {
			t.Errorf("%s is planned as %v, want no change", change.Address, change.Change.Actions)
		}
	}
	if !slices.Equal(imported, []string{address}) {
		t.Errorf("the plan imports %v, want %s", imported, address)
	}
	r.must(r.tf.Apply(t.Context()))
	r.expectType(strings.Split(name, "/")[1])
	r.settled()
	r.destroy()
}

func (c *exampleCLI) identityBlock(t *testing.T, name string) {
	t.Helper()
	if !c.Program.AtLeast(1, 12) {
		t.Skipf("import by identity needs Terraform 1.12, this is %s", c.Program)
	}
	c.importBlock(t, name)
}

// importCommand runs the `terraform import` of a script on the resource of the file beside it.
func (c *exampleCLI) importCommand(t *testing.T, name string) {
	t.Helper()
	e := acctest.Start(t)
	r := c.start(t, e)
	fields := strings.Fields(regexp.MustCompile(`(?m)^#.*$`).ReplaceAllString(c.read(t, name, e), ""))
	if len(fields) != 4 || fields[0] != "terraform" || fields[1] != "import" {
		t.Fatalf("the script must be one line, terraform import ADDRESS ID, and comments; it is %q", fields)
	}
	text := c.read(t, path.Dir(name)+"/import-by-string-id.tf", e)
	r.prepare(plannable(text))
	r.seed(fields[2], fields[3])
	r.write("example.tf", importBlock.ReplaceAllString(text, ""))
	r.must(r.tf.Import(t.Context(), fields[2], fields[3]))
	r.settled()
	r.destroy()
}

// runTest runs a test file with `terraform test`. One with a mock of the provider runs without an API key.
func (c *exampleCLI) runTest(r *exampleRun, name, text string) {
	r.Helper()
	tf := r.tf
	if strings.Contains(text, "mock_provider") {
		tf = c.Terraform(r.T, r.dir, nil, nil)
	}
	r.write(name, text)
	var out bytes.Buffer
	if err := tf.Test(r.Context(), &out); err != nil {
		r.Errorf("terraform test of %s: %v\n%s", name, err, &out)
	}
	tf.SetStdout(nil)
	r.must(os.Remove(filepath.Join(r.dir, name)))
	if left := r.ids(); !slices.Equal(left, r.before) {
		r.Errorf("after terraform test of %s the service has %v, want %v", name, left, r.before)
	}
}
