package provider_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// answersFromDocuments makes chatbots answer from documents, as those of the service do.
func answersFromDocuments(q *mockhub.Quirks) { q.AnswersFrom = "documents" }

// startScenario copies a scenario into a folder of its own, with its own service, and runs init.
func (c *exampleCLI) startScenario(t *testing.T, name string) *exampleRun {
	t.Helper()
	r := c.start(t, acctest.Start(t, answersFromDocuments))
	r.must(os.CopyFS(r.dir, os.DirFS(filepath.Join(c.examples, "scenarios", name))))
	r.must(r.tf.Init(t.Context()))
	return r
}

// scenario runs a folder as a user does: first its tests, with a service that answers from documents and with a mock of the provider, then the
// commands of its README.md. What that says about requests and questions has to be true.
func (c *exampleCLI) scenario(t *testing.T, folder string) {
	t.Helper()
	name := strings.TrimPrefix(folder, "scenarios/")
	r := c.startScenario(t, name)
	tests, err := filepath.Glob(filepath.Join(r.dir, "*.tftest.hcl"))
	r.must(err)
	texts := map[string]string{}
	for _, file := range tests {
		texts[filepath.Base(file)] = readText(t, file)
		r.must(os.Remove(file)) // runTest runs one at a time
	}
	for _, file := range slices.Sorted(maps.Keys(texts)) {
		c.runTest(r, file, texts[file])
	}
	readme := readText(t, r.dir, "README.md")
	if preparation := section(readme, "Without an account"); preparation != "" {
		r.follow(preparation)
	}
	r.Forget()
	r.follow(section(readme, "Use"))
	asked := r.Count("POST /session/{uuid}/message/stream")
	if len(r.ids()) == 0 {
		t.Error("the scenario makes nothing")
	}
	r.costs(section(readme, "What it costs"), asked, r.settled())
	r.unprotect()
	r.follow(section(readme, "What destroy does"))
	r.left()
}

// section returns the text below a heading, up to the next one.
func section(readme, heading string) string {
	_, text, _ := strings.Cut(readme, "\n## "+heading+"\n")
	text, _, _ = strings.Cut(text, "\n## ")
	return text
}

// exported is a file for variables that README.md sets in the environment, because tfexec refuses TF_VAR_… there.
const exported = "exported.auto.tfvars"

var shellBlock = regexp.MustCompile("(?ms)^```shell\n(.*?)^```$")

// follow runs the commands of all shell blocks of a text. A user types the key of the account; the test has one.
func (r *exampleRun) follow(text string) {
	r.Helper()
	blocks := shellBlock.FindAllStringSubmatch(text, -1)
	if len(blocks) == 0 {
		r.Errorf("there is no command in %q", text)
	}
	for _, block := range blocks {
		for line := range strings.Lines(block[1]) {
			command, comment, _ := strings.Cut(strings.TrimSpace(line), " # ")
			r.command(strings.Fields(command), comment)
		}
	}
}

// command runs one command, of the few that a scenario needs. The comment at a plan is what it prints.
func (r *exampleRun) command(words []string, comment string) {
	r.Helper()
	tf := r.tf
	if len(words) > 2 && strings.HasPrefix(words[1], "-chdir=") {
		tf = r.cli.Terraform(r.T, filepath.Join(r.dir, strings.TrimPrefix(words[1], "-chdir=")), r.Env, nil)
		r.must(tf.Init(r.Context()))
		words = slices.Delete(words, 1, 2)
	}
	switch command := strings.Join(words, " "); {
	case command == "terraform init", command == "export AICHATBOTHUB_API_KEY=…": // done
	case command == "terraform plan":
		if text := r.planned(); !strings.Contains(text, comment) {
			r.Errorf("README.md says that the plan is %q, it is\n%s", comment, text)
		}
	case command == "terraform apply":
		r.must(tf.Apply(r.Context()))
	case command == "terraform destroy":
		r.must(tf.Destroy(r.Context()))
	case len(words) == 3 && words[0] == "cp":
		r.write(words[2], readText(r.T, r.dir, words[1]))
	case len(words) == 2 && words[0] == "rm":
		r.must(os.Remove(filepath.Join(r.dir, words[1])))
	case len(words) == 2 && words[0] == "export" && strings.HasPrefix(words[1], "TF_VAR_"):
		variable, value, _ := strings.Cut(strings.TrimPrefix(words[1], "TF_VAR_"), "=")
		r.write(exported, variable+" = "+strconv.Quote(value)+"\n")
	default:
		r.Errorf("the test cannot run %q", command)
	}
}

// planned plans, and returns what Terraform prints.
func (r *exampleRun) planned() string {
	r.Helper()
	var out bytes.Buffer
	r.tf.SetStdout(&out)
	defer r.tf.SetStdout(nil)
	_, err := r.tf.Plan(r.Context())
	r.must(err)
	return out.String()
}

var (
	planCost = regexp.MustCompile(`A plan without changes sends (\d+) requests?\b`)
	askCost  = regexp.MustCompile(`The first apply asks (\d+) questions?\b`)
)

// costs compares what a text says with what was sent.
func (r *exampleRun) costs(text string, asked, planned int) {
	r.Helper()
	if got := match(planCost, text); got != strconv.Itoa(planned) {
		r.Errorf("a plan sent %d requests, and README.md says %q", planned, got)
	}
	if got := match(askCost, text); asked > 0 && got != strconv.Itoa(asked) {
		r.Errorf("the first apply asked %d questions, and README.md says %q", asked, got)
	}
	if none := strings.Contains(text, "It asks no questions"); none != (asked == 0) {
		r.Errorf("the first apply asked %d questions; does README.md say that it asks no questions? %t", asked, none)
	}
}

// botID returns the id of the chatbot with a name, or "" if there is none.
func (r *exampleRun) botID(name string) string {
	for _, bot := range r.Chatbots() {
		if bot.Name == name {
			return bot.UUID
		}
	}
	return ""
}

// objects returns everything that a chatbot consists of, with all times, as JSON.
func (r *exampleRun) objects(name string) string {
	r.Helper()
	id := r.botID(name)
	bot, _ := r.Chatbot(id)
	raw, err := json.MarshalIndent(map[string]any{"chatbot": bot, "agents": r.Agents(id), "sources": r.Sources(id), "tags": r.Tags(id), "sessions": r.Sessions(id)}, "", "  ")
	r.must(err)
	return string(raw)
}

// edit replaces a text in a file.
func (r *exampleRun) edit(name, old, replacement string) {
	r.Helper()
	raw, err := os.ReadFile(filepath.Join(r.dir, filepath.FromSlash(name)))
	r.must(err)
	if !strings.Contains(string(raw), old) {
		r.Fatalf("%s has no %q", name, old)
	}
	r.write(name, strings.ReplaceAll(string(raw), old, replacement))
}
