package faults_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/protocol"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// terraform runs a real Terraform in a separate folder, with the provider in this process. The provider uses short waits.
type terraform struct {
	*testing.T
	path, dir string
	env       []string
}

// attach serves the provider until the test ends, and prepares a folder for a Terraform that connects to it, with the documents of both
// editions. options override the short waits.
func attach(t *testing.T, options ...provider.Option) *terraform {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("TF_ACC is not set: this runs a real Terraform")
	}
	tf := &terraform{T: t, dir: t.TempDir()}
	var err error
	tf.path, _, err = tfcli.Find(t.Context(), tf.dir)
	tf.must(err)
	for name, content := range documents {
		file := filepath.Join(tf.dir, "docs", filepath.FromSlash(name))
		tf.must(os.MkdirAll(filepath.Dir(file), 0o700))
		tf.must(os.WriteFile(file, []byte(content), 0o600))
	}
	rc := filepath.Join(tf.dir, "terraform.rc")
	tf.must(os.WriteFile(rc, nil, 0o600))
	for name, value := range (&tfcli.Installation{ConfigFile: rc}).Env(map[string]string{"TF_REATTACH_PROVIDERS": tf.serve(options...), "TF_IN_AUTOMATION": "1"}) {
		tf.env = append(tf.env, name+"="+value)
	}
	return tf
}

// serve starts the provider and returns the value of TF_REATTACH_PROVIDERS.
func (tf *terraform) serve(options ...provider.Option) string {
	tf.Helper()
	made := protocol.NewServer(provider.New("test", append([]provider.Option{acctest.ShortWaits}, options...)...)())
	ctx, cancel := context.WithCancel(context.WithoutCancel(tf.Context())) // the context of the test ends before its cleanups
	at, ended := channelFor(tf6server.WithDebug), make(chan struct{})
	go func() {
		_ = tf6server.Serve(provider.Address, func() tfprotov6.ProviderServer { return made }, tf6server.WithDebug(ctx, at, ended), tf6server.WithLoggingSink(tf.T))
	}()
	tf.Cleanup(func() { cancel(); <-ended })
	server := <-at
	type address struct{ Network, String string }
	type reattach struct {
		Protocol        string
		ProtocolVersion int
		Pid             int
		Test            bool
		Addr            address
	}
	here := reattach{string(server.Protocol), server.ProtocolVersion, server.Pid, true, address{server.Addr.Network(), server.Addr.String()}}
	raw, err := json.Marshal(map[string]reattach{provider.Address: here, "registry.opentofu.org/" + tfcli.Source: here})
	tf.must(err)
	return string(raw)
}

// channelFor makes the channel for WithDebug, whose type is in a module that this module does not require.
func channelFor[C any](func(context.Context, chan *C, chan struct{}) tf6server.ServeOpt) chan *C {
	return make(chan *C, 1)
}

func (tf *terraform) must(err error) {
	tf.Helper()
	if err != nil {
		tf.Fatal(err)
	}
}

// write writes the configuration.
func (tf *terraform) write(config string) {
	tf.Helper()
	tf.must(os.WriteFile(filepath.Join(tf.dir, "main.tf"), []byte(config), 0o600))
}

// command returns a command that runs Terraform, and the buffer of its output.
func (tf *terraform) command(args ...string) (*exec.Cmd, *bytes.Buffer) {
	cmd := exec.CommandContext(tf.Context(), tf.path, slices.Concat(args[:1], []string{"-no-color", "-input=false"}, args[1:])...)
	cmd.Dir, cmd.Env = tf.dir, tf.env
	output := &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = output, output
	return cmd, output
}

// run returns the exit code and the output.
func (tf *terraform) run(args ...string) (code int, output string) {
	tf.Helper()
	cmd, out := tf.command(args...)
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return exit.ExitCode(), out.String()
	}
	tf.must(err)
	return 0, out.String()
}

func (tf *terraform) apply() (ok bool, output string) {
	tf.Helper()
	code, output := tf.run("apply", "-auto-approve")
	return code == 0, output
}

func (tf *terraform) destroy() (ok bool, output string) {
	tf.Helper()
	code, output := tf.run("destroy", "-auto-approve")
	return code == 0, output
}

// plan reports whether the plan is empty.
func (tf *terraform) plan() (empty bool, output string) {
	tf.Helper()
	code, output := tf.run("plan", "-detailed-exitcode")
	return code == 0, output
}

// object is an object in the state. A resource that consists of other objects has one for each of them.
type object struct {
	Address string
	Kind    string
	ID      string
	Tainted bool
}

// instance is an instance of a resource in the file of the state.
type instance struct {
	Status     string
	Attributes map[string]json.RawMessage
	Private    []byte
}

// state returns the objects in the state.
func (tf *terraform) state() []object {
	tf.Helper()
	raw, err := os.ReadFile(filepath.Join(tf.dir, "terraform.tfstate"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	tf.must(err)
	var file struct {
		Resources []struct {
			Mode, Type, Name string
			Instances        []instance
		}
	}
	tf.must(json.Unmarshal(raw, &file))
	var all []object
	for _, r := range file.Resources {
		if r.Mode != "managed" {
			continue
		}
		n, _ := acctest.NounOf(r.Type)
		for _, i := range r.Instances {
			o := object{Address: r.Type + "." + r.Name, Kind: r.Type, Tainted: i.Status == "tainted"}
			if n.Parts != nil {
				all = append(all, tf.parts(o, *n.Parts, i)...)
				continue
			}
			tf.must(json.Unmarshal(i.Attributes["id"], &o.ID))
			all = append(all, o)
		}
	}
	return all
}

// parts returns the objects that a resource consists of: those in its attribute, and those that private state has until the next apply.
func (tf *terraform) parts(of object, n acctest.NounParts, i instance) []object {
	tf.Helper()
	var ids map[string]string
	tf.must(json.Unmarshal(i.Attributes[n.Attribute], &ids))
	left, err := n.Left(i.Private)
	tf.must(err)
	var all []object
	for _, id := range slices.Concat(slices.Collect(maps.Values(ids)), left) {
		all = append(all, object{Address: of.Address, Kind: acctest.Prefix + n.Type, ID: id, Tainted: of.Tainted})
	}
	return all
}
