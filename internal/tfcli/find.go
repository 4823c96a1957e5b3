// Package tfcli prepares a real Terraform to run the provider of this source tree. It finds Terraform, builds the provider into a
// filesystem mirror, and returns the environment variables with which `terraform init` installs the provider from there. The demo and
// tests use it.
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

// EnvPath is the environment variable with the path of Terraform. terraform-plugin-testing uses the same one.
const EnvPath = "TF_ACC_TERRAFORM_PATH"

// Find returns the absolute path of Terraform or OpenTofu: the one in TF_ACC_TERRAFORM_PATH, else `terraform` in PATH, else the latest
// release of Terraform, which it installs into dir, an existing folder. installed reports whether it did.
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
		return "", false, fmt.Errorf("terraform is not in PATH, and installing it failed; install it or set %s to its path: %w", EnvPath, err)
	}
	return path, true, nil
}

// Program is the name and the version of a program.
type Program struct {
	Name    string // "Terraform" or "OpenTofu"
	Version *version.Version
}

// String returns the name and the version, such as "Terraform 1.11.4".
func (p Program) String() string { return p.Name + " " + p.Version.String() }

// AtLeast reports whether the program is Terraform of this version or later. It is false for OpenTofu, which has other versions.
func (p Program) AtLeast(major, minor int) bool {
	s := p.Version.Segments()
	return p.Name == "Terraform" && (s[0] > major || s[0] == major && s[1] >= minor)
}

var banner = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v(\S+)`)

// Identify runs the program at path to get its name and version.
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
		return Program{}, fmt.Errorf("%s is neither Terraform nor OpenTofu: its version is %q", path, out)
	}
	v, err := version.NewVersion(string(found[2]))
	if err != nil {
		return Program{}, fmt.Errorf("%s version: %w", path, err)
	}
	return Program{Name: string(found[1]), Version: v}, nil
}
