package acctest

import (
	"context"
	"maps"
	"os"
	"sync"
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

// build is the CLI that the tests of a process share, because linking the provider takes seconds. The last test that uses it removes it.
var build sharedCLI

type sharedCLI struct {
	mu    sync.Mutex
	users int
	dir   string
	cli   CLI
}

// NewCLI finds Terraform and builds the provider into a temporary folder. It skips the test if acceptance tests are switched off.
func NewCLI(t *testing.T) *CLI {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("TF_ACC is not set: this runs a real Terraform")
	}
	build.mu.Lock()
	defer build.mu.Unlock()
	if build.users == 0 {
		if err := build.start(t.Context()); err != nil {
			_ = os.RemoveAll(build.dir)
			t.Fatal(err)
		}
	}
	build.users++
	t.Cleanup(func() {
		build.mu.Lock()
		defer build.mu.Unlock()
		if build.users--; build.users == 0 {
			if err := os.RemoveAll(build.dir); err != nil {
				t.Error(err)
			}
		}
	})
	c := build.cli
	return &c
}

func (s *sharedCLI) start(ctx context.Context) (err error) {
	if s.dir, err = os.MkdirTemp("", "provider"); err != nil {
		return err
	}
	if s.cli.Path, _, err = tfcli.Find(ctx, s.dir); err != nil {
		return err
	}
	if s.cli.Program, err = tfcli.Identify(ctx, s.cli.Path); err != nil {
		return err
	}
	s.cli.Installation, err = tfcli.Mirror(ctx, s.dir)
	return err
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
