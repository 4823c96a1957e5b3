package tfcli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

const (
	// Module is this module's path, which `go build` takes in every folder of it.
	Module = "github.com/aichatbothub/terraform-provider-aichatbothub"
	// Source is the provider's address in configurations.
	Source = "aichatbothub/aichatbothub"
	// Version is what the built provider calls itself. The version constraints of the examples must admit it.
	Version = "0.1.0"
)

// hosts are the registries that configurations mean when they name none: Terraform's and OpenTofu's.
var hosts = []string{"registry.terraform.io", "registry.opentofu.org"}

// Installation is the built provider in a place where Terraform finds it.
type Installation struct {
	// ConfigFile is a CLI configuration that takes the provider from the mirror and everything else from where it always comes from.
	ConfigFile string
}

// Mirror builds the provider from the source of the module around the working directory and puts it into a filesystem mirror in dir,
// which must exist. Whoever made dir removes it.
func Mirror(ctx context.Context, dir string) (*Installation, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	mirror := filepath.Join(dir, "mirror")
	var built string
	for _, host := range hosts {
		folder := filepath.Join(mirror, host, filepath.FromSlash(Source), Version, runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(folder, 0o750); err != nil {
			return nil, err
		}
		binary := filepath.Join(folder, "terraform-provider-aichatbothub_v"+Version+exe())
		if built == "" {
			built, err = binary, build(ctx, dir, binary)
		} else {
			err = link(built, binary)
		}
		if err != nil {
			return nil, err
		}
	}
	i := &Installation{ConfigFile: filepath.Join(dir, "terraform.rc")}
	return i, os.WriteFile(i.ConfigFile, []byte(cliConfig(mirror)), 0o600)
}

// Env is an environment for Terraform: the process's own without what belongs to the user's Terraform and account, with this
// installation, and with extra, which wins. It suits tfexec.Terraform.SetEnv, which refuses TF_VAR_… in it.
func (i *Installation) Env(extra map[string]string) map[string]string {
	env := cleanEnv()
	env["TF_CLI_CONFIG_FILE"] = i.ConfigFile
	env["CHECKPOINT_DISABLE"] = "1"
	maps.Copy(env, extra)
	return env
}

// Root is the folder of the module around the working directory.
func Root(ctx context.Context) (string, error) {
	out, err := run(ctx, nil, "go", "list", "-m", "-f", "{{.Dir}}", Module)
	if err != nil {
		return "", fmt.Errorf("this needs the source tree of %s around it: %w", Module, err)
	}
	return strings.TrimSpace(out), nil
}

// build keeps Go's temporary files in dir too, so that an interrupted build leaves nothing elsewhere.
func build(ctx context.Context, dir, binary string) error {
	if _, err := run(ctx, []string{"GOTMPDIR=" + dir}, "go", "build", "-buildvcs=false", "-ldflags", "-s -w -X main.version="+Version, "-o", binary, Module); err != nil {
		return fmt.Errorf("build the provider: %w", err)
	}
	return nil
}

// run gives what a program prints; an error has what it complained about. It is asked to stop rather than killed, so that it ends its
// own children.
func run(ctx context.Context, env []string, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.WaitDelay = 10 * time.Second
	if runtime.GOOS != "windows" { // which has no such signal
		cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	}
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return "", context.Cause(ctx)
	case err != nil:
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(append([]string{name}, args...), " "), err, strings.TrimSpace(stderr.String()))
	}
	return stdout.String(), nil
}

// link makes a second name of a file, or a copy where the file system has no links.
func link(from, to string) error {
	if os.Link(from, to) == nil {
		return nil
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// cliConfig is the CLI configuration; the slashes suit every system.
func cliConfig(mirror string) string {
	var sources []string
	for _, host := range hosts {
		sources = append(sources, fmt.Sprintf("%q", host+"/"+Source))
	}
	list := strings.Join(sources, ", ")
	return fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path    = %q\n    include = [%s]\n  }\n  direct {\n    exclude = [%s]\n  }\n}\n",
		filepath.ToSlash(mirror), list, list)
}

// cleanEnv is the process's environment without Terraform's settings (a plugin cache would keep this build under a version that may
// be released one day) and without the provider's.
func cleanEnv() map[string]string {
	env := map[string]string{}
	for _, entry := range os.Environ() {
		name, value, _ := strings.Cut(entry, "=")
		if name != "" && !strings.HasPrefix(name, "TF_") && !strings.HasPrefix(name, "AICHATBOTHUB_") {
			env[name] = value
		}
	}
	return env
}

func exe() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}
