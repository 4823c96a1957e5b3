// Package tfcli runs a real Terraform with the provider of this source tree: it finds the program, builds the provider into a
// filesystem mirror, and makes the environment in which `terraform init` takes it from there without a network. The demo and the
// tests use it; the provider itself does not.
package tfcli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"
)

// EnvPath names the environment variable that chooses the program; terraform-plugin-testing reads the same one.
const EnvPath = "TF_ACC_TERRAFORM_PATH"

// Find gives the absolute path of the Terraform (or OpenTofu) to run: the one that TF_ACC_TERRAFORM_PATH names, else `terraform` on
// PATH, else the newest release, which is installed into dir, an existing folder; installed says that this happened.
func Find(ctx context.Context, dir string) (path string, installed bool, err error) {
	if name := os.Getenv(EnvPath); name != "" {
		path, err = exec.LookPath(name)
		if err != nil {
			return "", false, fmt.Errorf("%s does not name a program: %w", EnvPath, err)
		}
		path, err = filepath.Abs(path)
		return path, false, err
	}
	if path, err = exec.LookPath("terraform"); err == nil {
		path, err = filepath.Abs(path)
		return path, false, err
	}
	path, err = (&releases.LatestVersion{Product: product.Terraform, InstallDir: dir}).Install(ctx)
	if err != nil {
		return "", false, fmt.Errorf("there is no terraform on PATH, and installing one failed; install it or name it in %s: %w", EnvPath, err)
	}
	return path, true, nil
}

// Program is what a path turned out to be.
type Program struct {
	Name    string // "Terraform" or "OpenTofu"
	Version *version.Version
}

// String is what people call it, such as "Terraform 1.11.4".
func (p Program) String() string { return p.Name + " " + p.Version.String() }

// AtLeast says whether the program is Terraform (not OpenTofu, which counts its versions by itself) of that version or newer.
func (p Program) AtLeast(major, minor int) bool {
	s := p.Version.Segments()
	return p.Name == "Terraform" && (s[0] > major || s[0] == major && s[1] >= minor)
}

var banner = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v(\S+)`)

// Identify asks the program at path what it is.
func Identify(ctx context.Context, path string) (Program, error) {
	cmd := exec.CommandContext(ctx, path, "version")
	for name, value := range cleanEnv() {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	out, err := cmd.Output()
	if err != nil {
		return Program{}, fmt.Errorf("%s version: %w", path, err)
	}
	found := banner.FindSubmatch(out)
	if found == nil {
		return Program{}, fmt.Errorf("%s is neither Terraform nor OpenTofu: it says %q", path, out)
	}
	v, err := version.NewVersion(string(found[2]))
	if err != nil {
		return Program{}, fmt.Errorf("%s version: %w", path, err)
	}
	return Program{Name: string(found[1]), Version: v}, nil
}
