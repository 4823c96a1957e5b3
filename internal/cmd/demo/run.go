package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
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
	keep    bool       // stop after the second step and wait until Enter is pressed or the context is canceled
	full    bool       // print all lines of Terraform's output
	color   bool       // print colors
	columns func() int // the width of the terminal; nil means defaultColumns
	stdin   io.Reader  // where Enter is read from; nil if there is no terminal
	temp    string     // the parent of the demo's folder; "" means that of the system for temporary files
}

// demo is one run.
type demo struct {
	printer
	full    bool // print all lines of Terraform's output
	hub     *mockhub.Hub
	url     string // the URL of the mock
	tf      *tfexec.Terraform
	program tfcli.Program
	install *tfcli.Installation
	source  string            // the folder of the scenario in the source tree
	work    string            // the folder of the configuration
	secret  string            // the token in the configuration, which must not be in the plan and the state
	seen    int               // the number of requests that have been printed
	outputs map[string]string // the outputs that have been printed, by name

	savedPlans int // the number of saved plans that were applied
}

// run runs the demo until its end or until ctx is canceled, and then removes all files. With keep it waits for Enter before that.
func run(ctx context.Context, opts options, stdout io.Writer) error {
	start := time.Now()
	d := &demo{printer: printer{w: stdout, color: opts.color, columns: opts.columns}, full: opts.full, hub: mockhub.New(mockhub.Options{}), outputs: map[string]string{}}
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
	for _, step := range []func(context.Context) error{d.firstChatbot, d.team} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if opts.keep {
		d.handOver(opts.stdin != nil)
		select {
		case <-ctx.Done():
		case <-pressed(opts.stdin):
		}
		return nil
	}
	for _, step := range []func(context.Context) error{d.editPrompt, d.importAgent, d.drift, d.stopManaging, d.ask, d.destroy} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// pressed returns a channel that is closed when a line has been read. It never is if r is nil.
func pressed(r io.Reader) <-chan struct{} {
	enter := make(chan struct{})
	if r != nil {
		go func() {
			_, _ = bufio.NewReader(r).ReadString('\n') // the end of the input means the same
			close(enter)
		}()
	}
	return enter
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
	d.say("No account is needed: all requests go to a mock of the service in this program. The mock shows its objects in a browser at %s.", d.url)
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
	text := fmt.Sprintf("The commands are run with %s.", d.program)
	if installed {
		text += " It was downloaded for this demo, because no Terraform was found."
	}
	if !d.full {
		text += " Their output is shortened; FULL=1 shows all of it."
	}
	d.say("%s", text)
	d.gap()
	start := d.begin("Building the provider; the first time takes a minute …")
	if d.install, err = tfcli.Mirror(ctx, dir); err != nil {
		d.stopped(err)
		return err
	}
	d.done(start, "")
	d.source = filepath.Join(root, filepath.FromSlash(scenario))
	d.work = filepath.Join(dir, filepath.Base(scenario))
	if err := os.Mkdir(d.work, 0o700); err != nil {
		return err
	}
	if d.tf, err = tfexec.NewTerraform(d.work, path); err != nil {
		return err
	}
	if err := d.tf.SetWaitDelay(20 * time.Second); err != nil {
		return err
	}
	if err := d.tf.SetEnv(d.install.Env(d.settings())); err != nil {
		return err
	}
	_, _, err = d.tf.Version(ctx, true) // otherwise the first command runs this, and its output has that of both
	return err
}

// settings are the environment variables that configure the provider to use the mock.
func (d *demo) settings() map[string]string {
	return map[string]string{"AICHATBOTHUB_BASE_URL": d.url, "AICHATBOTHUB_API_KEY": d.hub.Key()}
}
