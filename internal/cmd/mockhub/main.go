// Command mockhub serves a mock of the service, for trying the provider without an account.
//
// Usage:
//
//	mockhub [-addr HOST:PORT] [-key KEY] [-state FILE] [-latency DURATION] [-training DURATION] [-answers qa|documents]
//	        [-quirks JSON]
//
// It prints the two environment variables that configure the provider to use the mock, and serves until Ctrl-C. A browser shows the
// objects at its address. Objects are kept in memory. With -state they are also saved to a file, and loaded from it at the start.
//
// The mock has no language model. With -answers qa it answers only questions that a Q&A source has. With -answers documents it also answers with
// the sentences of text files (.txt, .md, .tex, .csv; their first 64 kB) and of Q&A sources that share most of the words with the question. It does
// not read other files or web pages, does not know other words for the same thing, and ignores prompts, tags and tool functions.
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

// streamPause is the wait before each piece of a streamed answer, which makes the stream visible.
const streamPause = 25 * time.Millisecond

// maxRequests is the maximum number of requests in the request log.
const maxRequests = 1000

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mockhub:", err)
		os.Exit(1)
	}
}

// settings are the options of the command line.
type settings struct {
	addr, key, state string
	latency          time.Duration
	training         time.Duration
	answers          string
	quirks           mockhub.Quirks
}

func parse(args []string, out io.Writer) (settings, error) {
	var s settings
	var quirks string
	f := flag.NewFlagSet("mockhub", flag.ContinueOnError)
	f.SetOutput(io.Discard) // main prints errors, and the help is printed below
	// The default port is fixed, so that configurations also work with the next run.
	f.StringVar(&s.addr, "addr", "127.0.0.1:8765", "`address` to listen on; port 0 selects a free port")
	f.StringVar(&s.key, "key", mockhub.DefaultKey, "API `key` to accept")
	f.StringVar(&s.state, "state", "", "`file` for the objects, which are loaded at the start and saved after changes")
	f.DurationVar(&s.latency, "latency", 0, "`time` added to each request, for example 100ms")
	f.DurationVar(&s.training, "training", 0, "`time` that the training of a source takes, for example 20s")
	f.StringVar(&s.answers, "answers", "", "what answers come from: `qa` for Q&A sources with the same question, or documents for the sentences of text files too, by common words (default qa)")
	f.StringVar(&quirks, "quirks", "{}", "the quirks of package mockhub to switch on, as `JSON`, for example {\"ListNewestFirst\":true}")
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
		return s, errors.New("-key: must not be empty or contain spaces or quotes")
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
	switch s.answers {
	case "":
	case "qa", "documents":
		s.quirks.AnswersFrom = s.answers
	default:
		return s, fmt.Errorf("-answers: %q is neither qa nor documents", s.answers)
	}
	return s, nil
}

// run serves until ctx is canceled. args are the arguments of the command line. Messages are written to out.
func run(ctx context.Context, args []string, out io.Writer) error {
	s, err := parse(args, out)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	k := &stateFile{path: s.state}
	hub := mockhub.New(mockhub.Options{
		Key: s.key, Quirks: s.quirks, Latency: s.latency, OnChange: k.saveChange, KeepRequests: maxRequests,
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

// greet prints the settings of the provider as shell commands.
func greet(out io.Writer, addr net.Addr, key, state string) error {
	saved := "not saved; -state FILE saves them"
	if state != "" {
		saved = "saved to " + state
	}
	_, err := fmt.Fprintf(out, "# Mock of AI Chatbot Hub. Its objects are %s. Press Ctrl-C to stop it.\n"+
		"# Overview of the objects, and chats of public chatbots: http://%s/\n"+
		"export AICHATBOTHUB_BASE_URL='http://%s'\nexport AICHATBOTHUB_API_KEY='%s'\n", saved, addr, addr, key)
	return err
}

// serve serves requests until ctx is canceled, and then waits up to 5 s for requests that are not finished.
func serve(ctx context.Context, l net.Listener, hub *mockhub.Hub) error {
	srv := &http.Server{Handler: hub, ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	hub.Close() // closes requests that wait; others are finished at once
	// ctx has been canceled.
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return srv.Shutdown(grace)
}
