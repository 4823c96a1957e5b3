// Package mock implements the subcommand mock, which serves a mock of the service: package mockhub.
package mock

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// streamPause is the wait before each piece of a streamed answer, which makes the stream visible.
const streamPause = 25 * time.Millisecond

// maxRequests is the maximum number of requests in the request log.
const maxRequests = 1000

const usage = `Usage: terraform-provider-aichatbothub mock [options]

Serves a mock of the service until Ctrl-C, to try a configuration or to run
"terraform test" without an account. It prints the two environment variables
that make the provider use it. A browser shows its objects, the requests, the
switches and the API at its address, and curl gets the API from its page /docs.
It refuses requests for other hosts than localhost and IP addresses.

It is no proof of how the service behaves. It has no language model: it answers
questions that a Q&A source has, and with -answers documents also with sentences
of text files that share most of the words with the question.

  -addr HOST:PORT     listen here; the default is 127.0.0.1:8765, and port 0
                      selects a free port
  -state FILE         load the objects from this file, and save them to it
  -answers FROM       what answers come from: qa (the default) or documents
  -key KEY            accept this API key; the default is another one each time
  -latency DURATION   add this time to each request, such as 100ms
  -training DURATION  let the training of a source take this long, such as 20s
  -quirks JSON        answer in other ways than usual, such as with
                      {"ListLag":1000000000}; the page /quirks of the mock
                      describes all switches
  -h                  print this help
`

// Subcommand is the subcommand mock. Its exit code is 0 if it was stopped by a signal, and 1 after a failure.
var Subcommand = subcommand.Definition{
	Name: "mock", Summary: "serve a mock of the service, which needs no account", Usage: usage,
	Define: func(flags *flag.FlagSet) func(context.Context, subcommand.Command) (int, error) {
		s := define(flags)
		return func(ctx context.Context, c subcommand.Command) (int, error) {
			return subcommand.OK, s.run(ctx, c.Stdout, c.Stderr)
		}
	},
}

// settings are the options of the command line.
type settings struct {
	addr, key, state string
	latency          time.Duration
	training         time.Duration
	quirks           mockhub.Quirks
	answers          string
}

// define defines the options of the command line.
func define(flags *flag.FlagSet) *settings {
	s := &settings{quirks: mockhub.Quirks{StreamPause: streamPause}}
	// The default port is fixed, so that configurations also work with the next run.
	flags.StringVar(&s.addr, "addr", "127.0.0.1:8765", "")
	flags.StringVar(&s.key, "key", randomKey(), "")
	flags.StringVar(&s.state, "state", "", "")
	subcommand.Duration(flags, &s.latency, "latency")
	subcommand.Duration(flags, &s.training, "training")
	flags.StringVar(&s.answers, "answers", "", "")
	flags.Func("quirks", "", func(raw string) error {
		dec := json.NewDecoder(bytes.NewReader([]byte(raw)))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&s.quirks); err != nil {
			return fmt.Errorf("must be a JSON object: %w", err)
		}
		if _, err := dec.Token(); !errors.Is(err, io.EOF) {
			return errors.New("must be one JSON object")
		}
		return nil
	})
	return s
}

// randomKey returns a key that nobody else can know: web pages in a browser on this machine can send requests to the mock, too.
func randomKey() string { return "mock-key-" + rand.Text() }

// check checks the options and completes the quirks.
func (s *settings) check() error {
	if s.key == "" || strings.ContainsAny(s.key, " \t\r\n'") {
		return subcommand.Misuse("-key must not be empty or contain spaces or quotes")
	}
	if s.addr == "" { // net.Listen would take a free port of all interfaces
		return subcommand.Misuse("-addr must not be empty")
	}
	if s.latency < 0 || s.training < 0 {
		return subcommand.Misuse("-latency and -training must not be negative")
	}
	if s.training != 0 {
		s.quirks.TrainingTime = s.training
	}
	switch s.answers {
	case "":
	case "qa", "documents":
		s.quirks.AnswersFrom = s.answers
	default:
		return subcommand.Misuse("-answers must be qa or documents and not %q", s.answers)
	}
	return nil
}

// run serves until ctx is canceled. It writes the settings of the provider to out, and a failure to save the state to errOut.
func (s *settings) run(ctx context.Context, out, errOut io.Writer) error {
	if err := s.check(); err != nil {
		return err
	}
	k := &stateFile{path: s.state, errOut: errOut}
	hub := mockhub.New(mockhub.Options{
		Key: s.key, Quirks: s.quirks, Latency: s.latency, OnChange: k.saveChange, KeepRequests: maxRequests,
	})
	k.hub = hub
	if err := k.load(); err != nil {
		return err
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", s.addr)
	if err != nil {
		return fmt.Errorf("the mock cannot listen on %s: %w. Choose another address with -addr, such as 127.0.0.1:0 for a free port", s.addr, err)
	}
	if err := greet(out, l.Addr(), hub.Key(), s.state); err != nil {
		return errors.Join(err, l.Close())
	}
	return errors.Join(Serve(ctx, l, hub), k.save())
}

// greet prints the settings of the provider as shell commands.
func greet(out io.Writer, addr net.Addr, key, state string) error {
	saved := "not saved; -state FILE saves them"
	if state != "" {
		saved = "saved to " + state
	}
	url := "http://" + reachable(addr)
	_, err := fmt.Fprintf(out, "# Mock of AI Chatbot Hub. It is no proof of how the service behaves.\n"+
		"# Its objects are %s. Press Ctrl-C to stop it.\n"+
		"# Pages with the objects, chats, requests, switches and the API: %s/\n"+
		"export AICHATBOTHUB_BASE_URL='%s'\nexport AICHATBOTHUB_API_KEY='%s'\n", saved, url, url, key)
	return err
}

// reachable returns an address at which this machine reaches a listener: the loopback address if it listens on all of them, because the provider
// accepts http only for that.
func reachable(addr net.Addr) string {
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", strconv.Itoa(tcp.Port))
	}
	return addr.String()
}

// Serve serves requests until ctx is canceled, then waits up to 5 s for requests that are not finished, and closes their connections.
func Serve(ctx context.Context, l net.Listener, hub *mockhub.Hub) error {
	srv := &http.Server{Handler: mockhub.LocalHosts(hub), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute, IdleTimeout: 5 * time.Minute}
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
	if err := srv.Shutdown(grace); !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return srv.Close() // a client that does not finish its request is no failure of the mock
}
