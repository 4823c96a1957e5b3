package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// scenario is the configuration that is shown.
const scenario = "examples/scenarios/support-team"

// options say how the demo runs.
type options struct {
	keep  bool   // stop after the first apply and wait for the end of the context
	color bool   // write colours
	temp  string // where the demo's folder is made; "" means the system's place for temporary files
}

// demo is one run.
type demo struct {
	printer
	hub     *mockhub.Hub
	url     string // of the mock
	tf      *tfexec.Terraform
	program tfcli.Program
	install *tfcli.Installation
	work    string // the folder of the configuration
	secret  string // the token that the configuration gets, and that only the service may have
	seen    int    // requests that have been told
}

// run shows the tour and cleans up, whatever happens. The end of ctx ends it early; with keep, that is the ordinary end.
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
		err = ctx.Err() // Terraform's own account of being interrupted says nothing more
	}
	if failure := errors.Join(stop(), os.RemoveAll(dir)); failure != nil {
		if err != nil { // which is not wrapped: an interruption that leaves something behind is no mere interruption
			failure = fmt.Errorf("%w, after %s", failure, err.Error())
		}
		return fmt.Errorf("clean up: %w", failure)
	}
	if err == nil {
		d.farewell(opts.keep, time.Since(start))
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
	for _, step := range []func(context.Context) error{d.change, d.takeOver, d.drift, d.giveBack, d.ask, d.destroy} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// serve starts the mock on a port of this machine; stop ends it.
func (d *demo) serve(ctx context.Context) (stop func() error, err error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	d.url = "http://" + l.Addr().String()
	server := &http.Server{Handler: d.hub, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	return func() error {
		d.hub.Close()
		err := server.Close()
		if failure := <-ended; !errors.Is(failure, http.ErrServerClosed) {
			err = errors.Join(err, failure)
		}
		return err
	}, nil
}

// prepare finds Terraform, builds the provider and copies the configuration.
func (d *demo) prepare(ctx context.Context, dir string) error {
	d.title("A tour of the Terraform provider for AI Chatbot Hub")
	d.say("No account is needed and nothing is sent anywhere: a mock of the service runs inside this program.")
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
		return fmt.Errorf("the demo keeps a secret out of the state, which needs Terraform 1.11, and this is %s; name a newer one in %s", d.program, tfcli.EnvPath)
	}
	if installed {
		d.say("There was no Terraform here, so %s was downloaded for this demo alone.", d.program)
	} else {
		d.say("%s is here already.", d.program)
	}
	start := d.begin("Building the provider from this source tree; the first time takes a minute …")
	if d.install, err = tfcli.Mirror(ctx, dir); err != nil {
		d.stopped(err)
		return err
	}
	d.done(start)
	d.say("The mock of the service answers at %s. Open that in a browser to watch it fill.", d.url)
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

// settings are the environment variables that point the provider at the mock.
func (d *demo) settings() map[string]string {
	return map[string]string{"AICHATBOTHUB_BASE_URL": d.url, "AICHATBOTHUB_API_KEY": d.hub.Key()}
}

// write puts a file into the configuration and shows it.
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

// edit replaces a text in a file of the configuration and shows both.
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
