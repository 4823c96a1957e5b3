package session_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

// lasting is a canary: it goes into the ephemeral session's variables, and nothing that Terraform writes may have it.
const lasting = "canary-7f3a"

// trial uses the ephemeral session in a provisioner, which can fail.
func (e *env) trial(command string) string {
	return "terraform {\n  required_providers {\n    aichatbothub = { source = \"aichatbothub/aichatbothub\" }\n  }\n}\n" +
		ephemeral(`"`+e.chatbot+`"`, `initial_variables = { visitor = "`+lasting+`" }`) +
		"resource \"terraform_data\" \"trial\" {\n  provisioner \"local-exec\" {\n    command = \"" + command + "\"\n    environment = { SESSION_ID = ephemeral.aichatbothub_session.t.id }\n  }\n}\n"
}

// TestEphemeralThroughCLI plans and applies with a real provider process. A session is opened in the plan and another one in the apply,
// both are closed, also when the apply fails in between, and no file that Terraform writes has anything of them.
func TestEphemeralThroughCLI(t *testing.T) {
	t.Parallel()
	c := acctest.NewCLI(t)
	if c.Program.Name == "Terraform" && !c.Program.AtLeast(1, 10) {
		t.Skipf("ephemeral resources need Terraform 1.10, this is %s", c.Program)
	}
	for name, fails := range map[string]bool{"succeeds": false, "fails": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			dir := t.TempDir()
			command := "echo $SESSION_ID > seen"
			if fails {
				command += " && exit 3"
			}
			if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(e.trial(command)), 0o600); err != nil {
				t.Fatal(err)
			}
			tf := c.Terraform(t, dir, e.Env, nil)
			var out bytes.Buffer
			tf.SetStdout(&out)
			if err := tf.Init(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := tf.Plan(t.Context(), tfexec.Out("plan")); err != nil {
				t.Fatal(err)
			}
			e.closed(t, 1)
			err := tf.Apply(t.Context(), tfexec.DirOrPlan("plan"))
			if (err != nil) != fails || fails && !strings.Contains(err.Error(), "exit status 3") {
				t.Fatalf("the apply failed: %v\n%s", err, &out)
			}
			ids := e.closed(t, 2)
			if seen, err := os.ReadFile(filepath.Join(dir, "seen")); err != nil || strings.TrimSpace(string(seen)) != ids[1] {
				t.Errorf("the provisioner got the session %q (%v), want %s", seen, err, ids[1])
			}
			if err := os.Remove(filepath.Join(dir, "seen")); err != nil {
				t.Fatal(err)
			}
			nowhere(t, dir, out.Bytes(), append(ids, lasting))
			if err := tf.Destroy(t.Context()); err != nil {
				t.Fatal(err)
			}
			if opened, left := e.Count(create), e.Sessions(e.chatbot); e.Count(remove) != opened || len(left) > 0 {
				t.Errorf("%d sessions were opened, %d closed, %d are left", opened, e.Count(remove), len(left))
			}
		})
	}
}

// closed checks that as many sessions as wanted were opened and all of them closed. It returns their ids in the order of closing.
func (e *env) closed(t *testing.T, want int) []string {
	t.Helper()
	var ids []string
	for _, r := range e.Requests() {
		if r.Route == remove && r.Status == 200 {
			ids = append(ids, strings.Split(r.Path, "/")[4])
		}
	}
	if opened, left := e.Count(create), e.Sessions(e.chatbot); opened != want || len(ids) != want || len(left) > 0 {
		t.Fatalf("%d sessions were opened and %v closed, want %d; %d are left", opened, ids, want, len(left))
	}
	return ids
}

// nowhere checks that neither the output nor any file below dir, the members of plan files included, has one of the texts. The
// configuration and the provider are not looked at.
func nowhere(t *testing.T, dir string, output []byte, texts []string) {
	t.Helper()
	written := map[string][]byte{"the output": output}
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "main.tf" || !d.Type().IsRegular() {
			return err
		}
		if d.Name() == "plan" {
			return members(file, written)
		}
		written[d.Name()], err = os.ReadFile(file)
		return err
	})
	if err != nil || written["terraform.tfstate"] == nil || written["plan: tfplan"] == nil {
		t.Fatalf("%d files: %v", len(written), err)
	}
	for name, raw := range written {
		if i := slices.IndexFunc(texts, func(text string) bool { return bytes.Contains(raw, []byte(text)) }); i >= 0 {
			t.Errorf("%s has %s of the ephemeral session", name, texts[i])
		}
	}
}

// members reads what a plan file has in it, but for the copy of the configuration.
func members(file string, into map[string][]byte) error {
	plan, err := zip.OpenReader(file)
	if err != nil {
		return err
	}
	defer plan.Close()
	for _, member := range plan.File {
		if strings.HasPrefix(member.Name, "tfconfig/") {
			continue
		}
		r, err := member.Open()
		if err != nil {
			return err
		}
		if into["plan: "+member.Name], err = io.ReadAll(r); err != nil {
			return fmt.Errorf("%s: %w", member.Name, err)
		}
	}
	return nil
}
