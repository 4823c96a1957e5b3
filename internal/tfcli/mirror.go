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
	// Module is the path of this module.
	Module = "github.com/aichatbothub/terraform-provider-aichatbothub"
	// Source is the source address of the provider in configurations.
	Source = "aichatbothub/aichatbothub"
	// Version is the version of the built provider. It must satisfy the version constraints of the examples.
	Version = "0.1.0"
)

// hosts are the default registries of Terraform and OpenTofu.
var hosts = []string{"registry.terraform.io", "registry.opentofu.org"}

// Installation is the built provider in a filesystem mirror.
type Installation struct {
	// ConfigFile is the path of a CLI configuration that installs the provider from the mirror, and other providers as usual.
	ConfigFile string
	// Binary is the path of the provider.
	Binary string
}

// Mirror builds the provider from the module that contains the working directory, into a filesystem mirror in dir, which must exist. It
// replaces an earlier one. The caller removes dir.
func Mirror(ctx context.Context, dir string) (*Installation, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	mirror := filepath.Join(dir, "mirror")
	if err := os.RemoveAll(mirror); err != nil {
		return nil, err
	}
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
	i := &Installation{ConfigFile: filepath.Join(dir, "terraform.rc"), Binary: built}
	return i, os.WriteFile(i.ConfigFile, []byte(cliConfig(mirror)), 0o600)
}

// Env returns the environment variables for Terraform: those of the process without settings of Terraform and of the provider, those of
// this installation, and extra, which has precedence. tfexec.Terraform.SetEnv refuses TF_VAR_… in it.
func (i *Installation) Env(extra map[string]string) map[string]string {
	env := cleanEnv()
	env["TF_CLI_CONFIG_FILE"] = i.ConfigFile
	env["CHECKPOINT_DISABLE"] = "1"
	maps.Copy(env, extra)
	return env
}

// Root returns the folder of the module that contains the working directory.
func Root(ctx context.Context) (string, error) {
	out, err := run(ctx, nil, "go", "list", "-m", "-f", "{{.Dir}}", Module)
	if err != nil {
		return "", fmt.Errorf("the working directory is not in the source tree of %s: %w", Module, err)
	}
	return strings.TrimSpace(out), nil
}

// build builds the provider. Go's temporary files are in dir, so that they are removed after an interrupted build.
func build(ctx context.Context, dir, binary string) error {
	if _, err := run(ctx, []string{"GOTMPDIR=" + dir}, "go", "build", "-buildvcs=false", "-ldflags", "-s -w -X main.version="+Version, "-o", binary, Module); err != nil {
		return fmt.Errorf("build the provider: %w", err)
	}
	return nil
}

// run returns the output of a program. An error has its error output. When ctx is canceled, the program is interrupted and not killed, so
// that it stops its child processes.
func run(ctx context.Context, env []string, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.WaitDelay = 10 * time.Second
	if runtime.GOOS != "windows" { // Windows cannot send this signal
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

// link creates a hard link of a file, or a copy if the file system has no links.
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

// cliConfig returns the CLI configuration. Its paths have slashes, which work on all systems.
func cliConfig(mirror string) string {
	var sources []string
	for _, host := range hosts {
		sources = append(sources, fmt.Sprintf("%q", host+"/"+Source))
	}
	list := strings.Join(sources, ", ")
	return fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path    = %q\n    include = [%s]\n  }\n  direct {\n    exclude = [%s]\n  }\n}\n",
		filepath.ToSlash(mirror), list, list)
}

// cleanEnv returns the environment variables of the process without settings of the provider and of Terraform. For example, a plugin
// cache would store this build under a version that may be released later.
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
