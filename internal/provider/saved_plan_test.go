package provider_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

// TestKeyInSavedPlan: where the key comes from decides whether a saved plan has it. The guide "Authentication, white labels and secrets" and SECURITY.md say so.
// A sensitive variable is in it because Terraform stores all variables but the ephemeral ones.
func TestKeyInSavedPlan(t *testing.T) {
	t.Parallel()
	cli := acctest.NewCLI(t)
	e := acctest.Start(t)
	const head = "terraform {\n  required_providers {\n    aichatbothub = { source = \"aichatbothub/aichatbothub\" }\n  }\n}\n"
	const bot = "\nresource \"aichatbothub_chatbot\" \"b\" {\n  name = \"Support\"\n}\n"
	for name, c := range map[string]struct {
		configuration string
		fromVariable  bool
		saved         bool
	}{
		"the environment":       {"provider \"aichatbothub\" {}\n", false, false},
		"an ephemeral variable": {"variable \"key\" {\n  type = string\n  sensitive = true\n  ephemeral = true\n}\nprovider \"aichatbothub\" {\n  api_key = var.key\n}\n", true, false},
		"a sensitive variable":  {"variable \"key\" {\n  type = string\n  sensitive = true\n}\nprovider \"aichatbothub\" {\n  api_key = var.key\n}\n", true, true},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(head+c.configuration+bot), 0o600); err != nil {
			t.Fatal(err)
		}
		env, options := map[string]string{}, []tfexec.PlanOption{tfexec.Out("saved.tfplan")}
		if c.fromVariable {
			env["AICHATBOTHUB_API_KEY"] = ""
			options = append(options, tfexec.Var("key="+e.Key()))
		}
		tf := cli.Terraform(t, dir, e, env)
		if err := tf.Init(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := tf.Plan(t.Context(), options...); err != nil {
			t.Fatal(err)
		}
		plan := unpacked(t, filepath.Join(dir, "saved.tfplan"))
		if !bytes.Contains(plan, []byte("aichatbothub_chatbot")) {
			t.Fatalf("%s: no plan was found in the file", name)
		}
		if got := bytes.Contains(plan, []byte(e.Key())); got != c.saved {
			t.Errorf("%s: the saved plan has the key: %t, want %t", name, got, c.saved)
		}
	}
}

// unpacked returns the contents of all files in an archive.
func unpacked(t *testing.T, path string) []byte {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	var all bytes.Buffer
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			t.Fatal(err)
		}
	}
	return all.Bytes()
}
