// Command mockhub serves a mock of the service on this machine, for trying the provider without an account.
//
// Usage:
//
//	mockhub [-addr HOST:PORT] [-key KEY] [-state FILE] [-latency DURATION] [-training DURATION] [-quirks JSON]
//
// It prints the two environment variables that point the provider at it, and serves until Ctrl-C. In a browser its address
// shows what it holds. Objects live in memory; with -state they are kept in a file too, and are there again after a restart.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// streamPause is between the pieces of an answer, so that a person sees it come.
const streamPause = 25 * time.Millisecond

// requestsKept bounds the request log of a program that may run for days.
const requestsKept = 1000

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mockhub:", err)
		os.Exit(1)
	}
}

// settings are the command line.
type settings struct {
	addr, key, state string
	latency          time.Duration
	training         time.Duration
	quirks           mockhub.Quirks
}

func parse(args []string, out io.Writer) (settings, error) {
	var s settings
	var quirks string
	f := flag.NewFlagSet("mockhub", flag.ContinueOnError)
	f.SetOutput(io.Discard) // main prints errors; help is printed below
	// A fixed port: a configuration tried against one run must find the next one.
	f.StringVar(&s.addr, "addr", "127.0.0.1:8765", "`address` to listen on; port 0 takes a free one")
	f.StringVar(&s.key, "key", mockhub.DefaultKey, "API `key` to accept")
	f.StringVar(&s.state, "state", "", "`file` that keeps the objects across restarts")
	f.DurationVar(&s.latency, "latency", 0, "`time` added to each request, for example 100ms")
	f.DurationVar(&s.training, "training", 0, "`time` that the training of a source takes, for example 20s")
	f.StringVar(&quirks, "quirks", "{}", "behaviour to switch on, as `JSON`, for example {\"ListNewestFirst\":true}")
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			f.SetOutput(out)
			f.PrintDefaults()
		}
		return s, err
	}
	if f.NArg() > 0 {
		return s, fmt.Errorf("unexpected argument %q", f.Arg(0))
	}
	if s.key == "" || strings.ContainsAny(s.key, " \t\r\n'") {
		return s, errors.New("-key: must not be empty, nor have spaces or quotes")
	}
	s.quirks.StreamPause = streamPause
	dec := json.NewDecoder(bytes.NewReader([]byte(quirks)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s.quirks); err != nil {
		return s, fmt.Errorf("-quirks: %w", err)
	}
	if s.training != 0 {
		s.quirks.TrainingTime = s.training
	}
	return s, nil
}

// run serves until ctx ends. args are the command line without the program's name; what a person is to read goes to out.
func run(ctx context.Context, args []string, out io.Writer) error {
	s, err := parse(args, out)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	k := &keeper{path: s.state}
	hub := mockhub.New(mockhub.Options{
		Key: s.key, Quirks: s.quirks, Latency: s.latency, OnChange: k.keep, KeepRequests: requestsKept,
	})
	k.hub = hub
	if err := k.load(); err != nil {
		return err
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", s.addr)
	if err != nil {
		return err
	}
	if err := greet(out, l.Addr(), hub.Key(), s.state); err != nil {
		return errors.Join(err, l.Close())
	}
	return errors.Join(serve(ctx, l, hub), k.save())
}

// greet prints lines that can be pasted into a shell.
func greet(out io.Writer, addr net.Addr, key, state string) error {
	kept := "in memory only; -state FILE keeps it"
	if state != "" {
		kept = "in " + state
	}
	_, err := fmt.Fprintf(out, "# Mock AI Chatbot Hub. State is %s. Ctrl-C stops it.\n"+
		"# See what it holds, and chat with public chatbots: http://%s/\n"+
		"export AICHATBOTHUB_BASE_URL='http://%s'\nexport AICHATBOTHUB_API_KEY='%s'\n", kept, addr, addr, key)
	return err
}

// serve answers requests until ctx ends, then lets those under way finish for up to 5 s.
func serve(ctx context.Context, l net.Listener, hub *mockhub.Hub) error {
	srv := &http.Server{Handler: hub, ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	hub.Close() // ends requests that wait; those that work need no time
	// Not from ctx, which has ended.
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return srv.Shutdown(grace)
}
