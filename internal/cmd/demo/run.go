package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mock"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// scenario is the path of the configuration in the source tree.
const scenario = "examples/scenarios/support-team"

// options are the options of a run.
type options struct {
	keep  bool   // stop after the first apply and wait until the context is canceled
	color bool   // print colors
	temp  string // the parent of the demo's folder; "" means that of the system for temporary files
}

// demo is one run.
type demo struct {
	printer
	hub     *mockhub.Hub
	url     string // the URL of the mock
	tf      *tfexec.Terraform
	program tfcli.Program
	install *tfcli.Installation
	work    string // the folder of the configuration
	secret  string // the token in the configuration, which must not be in the plan and the state
	seen    int    // the number of requests that have been printed
}

// run runs the demo until its end or until ctx is canceled, and then removes all files. With keep it always runs until ctx is canceled.
func run(ctx context.Context, opts options, stdout io.Writer) error {
	start := time.Now()
	d := &demo{printer: printer{w: stdout, color: opts.color}, hub: mockhub.New(mockhub.Options{})}
	dir, err := os.MkdirTemp(opts.temp, "aichatbothub-demo-")
	if err != nil {
		return err
	}
	stop, err := d.serve(ctx)
	if err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	err = d.tour(ctx, opts, dir)
	if ctx.Err() != nil && (err != nil || !opts.keep) {
		err = ctx.Err() // Terraform's error after an interruption has no more information
	}
	if failure := errors.Join(stop(), os.RemoveAll(dir)); failure != nil {
		if err != nil { // err is not wrapped, so that this is not reported as an interruption
			failure = fmt.Errorf("%w, after %s", failure, err.Error())
		}
		return fmt.Errorf("clean up: %w", failure)
	}
	if err == nil {
		d.finish(opts.keep, time.Since(start))
	}
	return err
}

func (d *demo) tour(ctx context.Context, opts options, dir string) error {
	if err := d.prepare(ctx, dir); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{d.configuration, d.firstApply} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if opts.keep {
		d.handOver()
		<-ctx.Done()
		return nil
	}
	for _, step := range []func(context.Context) error{d.change, d.importAgent, d.drift, d.stopManaging, d.ask, d.destroy} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// serve starts the mock on a local port. stop stops it.
func (d *demo) serve(ctx context.Context) (stop func() error, err error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	d.url = "http://" + l.Addr().String()
	// The destroy after an interrupt needs the mock.
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan error, 1)
	go func() { ended <- mock.Serve(ctx, l, d.hub) }()
	return func() error {
		cancel()
		return <-ended
	}, nil
}

// prepare finds Terraform, builds the provider and copies the configuration.
func (d *demo) prepare(ctx context.Context, dir string) error {
	d.title("A tour of the Terraform provider for AI Chatbot Hub")
	d.say("No account is needed. All requests go to a mock of the service in this program.")
	d.gap()
	root, err := tfcli.Root(ctx)
	if err != nil {
		return err
	}
	path, installed, err := tfcli.Find(ctx, dir)
	if err != nil {
		return err
	}
	if d.program, err = tfcli.Identify(ctx, path); err != nil {
		return err
	}
	if d.program.Name == "Terraform" && !d.program.AtLeast(1, 11) {
		return fmt.Errorf("the demo uses write-only arguments, which need Terraform 1.11, and this is %s; set %s to the path of a newer one", d.program, tfcli.EnvPath)
	}
	if installed {
		d.say("Terraform was not found, so %s was downloaded for this demo.", d.program)
	} else {
		d.say("Found %s.", d.program)
	}
	start := d.begin("Building the provider from this source tree. The first time takes a minute …")
	if d.install, err = tfcli.Mirror(ctx, dir); err != nil {
		d.stopped(err)
		return err
	}
	d.done(start)
	d.say("The mock of the service runs at %s. Open this URL in a browser to see its objects.", d.url)
	d.work = filepath.Join(dir, filepath.Base(scenario))
	if err := os.CopyFS(d.work, os.DirFS(filepath.Join(root, filepath.FromSlash(scenario)))); err != nil {
		return err
	}
	if d.tf, err = tfexec.NewTerraform(d.work, path); err != nil {
		return err
	}
	if err := d.tf.SetWaitDelay(20 * time.Second); err != nil {
		return err
	}
	return d.tf.SetEnv(d.install.Env(d.settings()))
}

// settings are the environment variables that configure the provider to use the mock.
func (d *demo) settings() map[string]string {
	return map[string]string{"AICHATBOTHUB_BASE_URL": d.url, "AICHATBOTHUB_API_KEY": d.hub.Key()}
}

// write writes a file of the configuration and prints it.
func (d *demo) write(name string, lines ...string) error {
	f, err := os.Create(filepath.Join(d.work, name))
	if err != nil {
		return err
	}
	d.quote("# " + name)
	d.quote(lines...)
	d.gap()
	for _, line := range lines {
		if _, err = fmt.Fprintln(f, line); err != nil {
			break
		}
	}
	return errors.Join(err, f.Close())
}

// edit replaces a text in a file of the configuration and prints both.
func (d *demo) edit(name, before, after string) error {
	path := filepath.Join(d.work, name)
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text := strings.Replace(string(raw), before, after, 1)
	if text == string(raw) {
		return fmt.Errorf("%s does not have the text %q", name, before)
	}
	d.quote("- "+strings.TrimSpace(before), "+ "+strings.TrimSpace(after))
	d.gap()
	return os.WriteFile(path, []byte(text), 0o600)
}
