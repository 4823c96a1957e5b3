package provider_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// action invokes the actions of an example at the level of the protocol, and with `terraform apply` if Terraform has actions. They have to train
// something. An action may refer to variables only: one that reads the resource that triggers it depends on itself.
func (c *exampleCLI) action(t *testing.T, name string) {
	t.Helper()
	e := acctest.Start(t)
	typeName, text := strings.Split(name, "/")[1], c.read(t, name, e)
	chatbot := e.SeedChatbot()
	e.AddSource(chatbot, mockhub.Source{Type: "link", FileName: "https://example.com/a", Status: "success"})
	failed := e.AddSource(chatbot, mockhub.Source{Type: "upload", FileName: "a.md", Status: "error:download"})
	s := e.Server(t)
	actions := exampleActions(t, name, text)
	for address, block := range actions {
		if block.Labels[0] != typeName {
			t.Errorf("%s is no %s", address, typeName)
		}
		e.SetSourceStatus(failed, "error:download")
		e.Forget()
		diags := s.InvokeConfig(typeName, s.ActionConfig(block, map[string]cty.Value{"chatbot_id": cty.StringVal(chatbot)}), func(string) {})
		if len(diags) > 0 || trainings(e) == 0 {
			t.Errorf("%s requested %d trainings: %s", address, trainings(e), words(diags))
		}
	}
	if !c.Program.AtLeast(1, 14) {
		return
	}
	r := c.start(t, e)
	r.prepare(text)
	r.write("chatbot.auto.tfvars", "chatbot_id = \""+chatbot+"\"\n")
	e.Forget()
	r.must(r.tf.Apply(t.Context()))
	if trainings(e) == 0 {
		t.Error("the apply triggered no action")
	}
	for address := range actions {
		e.SetSourceStatus(failed, "error:download")
		e.Forget()
		cmd := exec.CommandContext(t.Context(), c.Path, "apply", "-auto-approve", "-no-color", "-invoke="+address)
		cmd.Dir = r.dir
		for name, value := range c.Installation.Env(map[string]string{"AICHATBOTHUB_BASE_URL": e.URL, "AICHATBOTHUB_API_KEY": e.Key()}) {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
		out, err := cmd.CombinedOutput()
		if err != nil || trainings(e) == 0 || !strings.Contains(string(out), "Action complete") {
			t.Errorf("-invoke=%s requested %d trainings: %v\n%s", address, trainings(e), err, out)
		}
	}
	r.destroy()
}

// trainings is the number of requests that train sources.
func trainings(e *acctest.Env) int {
	return e.Count("POST /api/data-sources/restart") + e.Count("POST /data-sources/url/re-scrape")
}

// exampleActions returns the action blocks of an example by address. It fails the test unless the example has some, triggers one of them, and
// shows how to invoke one by hand.
func exampleActions(t *testing.T, name, text string) map[string]*hclsyntax.Block {
	t.Helper()
	file, diags := hclsyntax.ParseConfig([]byte(text), name, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	all := map[string]*hclsyntax.Block{}
	for _, block := range file.Body.(*hclsyntax.Body).Blocks {
		if block.Type == "action" {
			all["action."+strings.Join(block.Labels, ".")] = block
		}
	}
	uses := regexp.MustCompile(`(?:-invoke=|actions = \[)(action\.\w+\.\w+)`).FindAllStringSubmatch(text, -1)
	for _, use := range uses {
		if all[use[1]] == nil {
			t.Errorf("there is no %s", use[1])
		}
	}
	if len(all) == 0 || !strings.Contains(text, "-invoke=") || !strings.Contains(text, "action_trigger {") {
		t.Errorf("the example has %d actions, and has to show both ways to invoke one", len(all))
	}
	return all
}

// TestActionsAreInTheirFolder: OpenTofu and Terraform before 1.14 refuse a configuration with an action, so no other example has one.
func TestActionsAreInTheirFolder(t *testing.T) {
	t.Parallel()
	block, found := regexp.MustCompile(`(?m)^\s*action(_trigger)?\b.*\{`), 0
	root := filepath.Join("..", "..", "examples")
	err := filepath.WalkDir(root, func(file string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(file)
		if err == nil && block.Match(raw) {
			if found++; !strings.HasPrefix(filepath.ToSlash(file), "../../examples/actions/") {
				t.Errorf("%s has an action", file)
			}
		}
		return err
	})
	if err != nil || found == 0 {
		t.Errorf("%d examples have an action: %v", found, err)
	}
}
