package acctest

import (
	"maps"
	"os"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// CLI is Terraform with a binary of the provider that is built from this source tree. It is for tests that need processes, logs, signals,
// `terraform init`, `validate` or `test`.
type CLI struct {
	Path         string
	Program      tfcli.Program
	Installation *tfcli.Installation
}

// NewCLI finds Terraform and builds the provider into a temporary folder. It skips the test if acceptance tests are switched off.
func NewCLI(t *testing.T) *CLI {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("TF_ACC is not set: this runs a real Terraform")
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	c := &CLI{}
	var err error
	c.Path, _, err = tfcli.Find(t.Context(), dir)
	must(err)
	c.Program, err = tfcli.Identify(t.Context(), c.Path)
	must(err)
	c.Installation, err = tfcli.Mirror(t.Context(), dir)
	must(err)
	return c
}

// Terraform returns a Terraform that runs in dir, with a provider that is configured for e, or not configured if e is nil. extra is added to
// its environment.
func (c *CLI) Terraform(t *testing.T, dir string, e *Env, extra map[string]string) *tfexec.Terraform {
	t.Helper()
	tf, err := tfexec.NewTerraform(dir, c.Path)
	if err != nil {
		t.Fatal(err)
	}
	env := map[string]string{}
	if e != nil {
		env["AICHATBOTHUB_BASE_URL"], env["AICHATBOTHUB_API_KEY"] = e.URL, e.Key()
	}
	maps.Copy(env, extra)
	if err := tf.SetEnv(c.Installation.Env(env)); err != nil {
		t.Fatal(err)
	}
	return tf
}
