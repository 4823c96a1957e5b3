package acctest

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"testing"
)

// Terminal is a folder in which a real Terraform runs with the provider as a program.
type Terminal struct {
	*testing.T
	CLI    *CLI
	Dir    string
	Env    map[string]string
	Output bytes.Buffer // of all commands that Run has run
}

// NewTerminal returns a terminal in an empty folder, whose provider is configured for a service.
func NewTerminal(t *testing.T, e *Env) *Terminal {
	t.Helper()
	c := NewCLI(t)
	return &Terminal{T: t, CLI: c, Dir: t.TempDir(), Env: c.Installation.Env(map[string]string{"AICHATBOTHUB_BASE_URL": e.URL, "AICHATBOTHUB_API_KEY": e.Key(),
		"AICHATBOTHUB_MAX_RETRIES": "1", "TF_IN_AUTOMATION": "1"})}
}

// Run runs a command of Terraform, keeps its output, and reports whether it succeeded.
func (c *Terminal) Run(args ...string) bool {
	c.Helper()
	out, err := c.Program("", c.CLI.Path, args...)
	c.Output.Write(out)
	if err != nil {
		c.Logf("terraform %s: %v\n%.2000s", args[0], err, out)
	}
	return err == nil
}

// Must is Run for a command that succeeds.
func (c *Terminal) Must(args ...string) {
	c.Helper()
	if !c.Run(args...) {
		c.Fatalf("terraform %s failed", args[0])
	}
}

// Program runs a program in the folder with the environment, and returns what it writes.
func (c *Terminal) Program(input, path string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(c.Context(), path, args...)
	cmd.Dir = c.Dir
	for name, value := range c.Env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	cmd.Stdin = bytes.NewBufferString(input)
	return cmd.CombinedOutput()
}

// Written returns the files in the folder by their paths, and what is in plan files, which end with .tfplan.
func (c *Terminal) Written() map[string][]byte {
	c.Helper()
	all := map[string][]byte{}
	dir := os.DirFS(c.Dir)
	err := fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		if path.Ext(name) == ".tfplan" {
			return unzip(filepath.Join(c.Dir, name), name, all)
		}
		all[name], err = fs.ReadFile(dir, name)
		return err
	})
	if err != nil {
		c.Fatal(err)
	}
	return all
}

func unzip(file, name string, all map[string][]byte) error {
	z, err := zip.OpenReader(file)
	if err != nil {
		return err
	}
	defer func() { _ = z.Close() }()
	for _, member := range z.File {
		r, err := member.Open()
		if err != nil {
			return err
		}
		if all[name+"/"+member.Name], err = io.ReadAll(r); err != nil {
			return err
		}
	}
	return nil
}
