package tfcli_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// fake writes a program that prints a text.
func fake(t *testing.T, dir, name, prints string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in for Terraform is a shell script")
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\necho '"+prints+"'\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFindTakesTheNamedProgram(t *testing.T) {
	named := fake(t, t.TempDir(), "my-terraform", "")
	t.Setenv(tfcli.EnvPath, named)
	path, installed, err := tfcli.Find(t.Context(), t.TempDir())
	if path != named || installed || err != nil {
		t.Errorf("found %q, installed %t, error %v; want %q", path, installed, err, named)
	}
	t.Setenv(tfcli.EnvPath, named+"-missing")
	if _, _, err := tfcli.Find(t.Context(), t.TempDir()); err == nil || !strings.Contains(err.Error(), tfcli.EnvPath) {
		t.Errorf("error %v, want one that names %s", err, tfcli.EnvPath)
	}
}

func TestFindLooksOnPath(t *testing.T) {
	dir := t.TempDir()
	onPath := fake(t, dir, "terraform", "")
	t.Setenv(tfcli.EnvPath, "")
	t.Setenv("PATH", dir)
	path, installed, err := tfcli.Find(t.Context(), t.TempDir())
	if path != onPath || installed || err != nil {
		t.Errorf("found %q, installed %t, error %v; want %q", path, installed, err, onPath)
	}
}

// TestFindSaysWhatToDo: the context has ended, so that nothing is downloaded.
func TestFindSaysWhatToDo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	t.Setenv(tfcli.EnvPath, "")
	t.Setenv("PATH", t.TempDir())
	_, _, err := tfcli.Find(ctx, t.TempDir())
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "terraform is not in PATH") || !strings.Contains(err.Error(), tfcli.EnvPath) {
		t.Errorf("error %v, want what is missing and the way out", err)
	}
}

func TestIdentify(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		prints, want string
		newer        bool
	}{
		{"Terraform v1.11.4", "Terraform 1.11.4", false},
		{"Warning: something\nTerraform v1.12.0-rc1\non linux_amd64", "Terraform 1.12.0-rc1", true},
		{"Terraform v2.0.0", "Terraform 2.0.0", true},
		{"OpenTofu v1.12.6\non linux_amd64", "OpenTofu 1.12.6", false},
	} {
		p, err := tfcli.Identify(t.Context(), fake(t, t.TempDir(), "tf", c.prints))
		if err != nil || p.String() != c.want || p.AtLeast(1, 12) != c.newer {
			t.Errorf("%q is %v (1.12 or newer: %t), error %v; want %s (%t)", c.prints, p, p.AtLeast(1, 12), err, c.want, c.newer)
		}
	}
	if _, err := tfcli.Identify(t.Context(), fake(t, t.TempDir(), "tf", "hello")); err == nil || !strings.Contains(err.Error(), "neither Terraform nor OpenTofu") {
		t.Errorf("error %v for another program", err)
	}
}

func TestSourceIsTheProvidersAddress(t *testing.T) {
	t.Parallel()
	if want := "registry.terraform.io/" + tfcli.Source; provider.Address != want {
		t.Errorf("the provider serves %s, the mirror has %s", provider.Address, want)
	}
}

func TestRoot(t *testing.T) {
	t.Parallel()
	root, err := tfcli.Root(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Errorf("%s is not the root of the module: %v", root, err)
	}
}

// TestMirror initialises a configuration with nothing but the mirror: every way to the network ends at a closed port.
func TestMirror(t *testing.T) {
	if os.Getenv("TF_ACC") == "" {
		t.Skip("TF_ACC is not set: this builds the provider and runs terraform init")
	}
	t.Setenv("TF_CLI_CONFIG_FILE", filepath.Join(t.TempDir(), "missing.rc"))
	t.Setenv("TF_PLUGIN_CACHE_DIR", t.TempDir())
	t.Setenv("AICHATBOTHUB_API_KEY", "of-the-user")
	dir, work := t.TempDir(), t.TempDir()
	installation, err := tfcli.Mirror(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	env := installation.Env(map[string]string{"HTTPS_PROXY": "http://127.0.0.1:1"})
	if env["AICHATBOTHUB_API_KEY"] != "" || env["TF_PLUGIN_CACHE_DIR"] != "" || env["TF_CLI_CONFIG_FILE"] != installation.ConfigFile {
		t.Errorf("the environment is not clean: %v", env)
	}
	path, _, err := tfcli.Find(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	config := "terraform {\n  required_providers {\n    aichatbothub = {\n      source = \"" + tfcli.Source + "\"\n    }\n  }\n}\n"
	if err := os.WriteFile(filepath.Join(work, "main.tf"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	tf, err := tfexec.NewTerraform(work, path)
	if err != nil {
		t.Fatal(err)
	}
	if err := tf.SetEnv(env); err != nil {
		t.Fatal(err)
	}
	if err := tf.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	schemas, err := tf.ProvidersSchema(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for address, schema := range schemas.Schemas {
		if strings.HasSuffix(address, "/"+tfcli.Source) && len(schema.ResourceSchemas) > 0 {
			return
		}
	}
	t.Errorf("the provider was not loaded: %v", schemas.Schemas)
}

func TestMirrorIsInterruptible(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("that will do")
	cancel(why)
	if _, err := tfcli.Mirror(ctx, t.TempDir()); !errors.Is(err, why) {
		t.Errorf("error %v, want %v", err, why)
	}
}
