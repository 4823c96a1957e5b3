// Command live runs the provider against a real deployment: the probe, and the life of one object of each kind under a real Terraform. Whatever
// it makes is in chatbots with names of its own, which it deletes at the end and, if an earlier run could not, at the start.
//
//	LIVE=app.aichatbothub.com AICHATBOTHUB_API_KEY=… go run ./internal/cmd/live
//
// LIVE has to be the host of the deployment, so that no account is used by mistake. With ASK=1 questions are asked, too, which costs message credits.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/probe"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

const cost = `This uses the account of the API key at %s. It makes two chatbots, one after
the other, with a few small sources, and deletes them. It needs room for one more
chatbot, trains about ten questions and answers, and sends a few hundred requests.
%s
`

const (
	costNothing   = "No question is asked, so it costs no message credits. ASK=1 asks some."
	costQuestions = "It asks as many questions as \"probe -h\" says and two more, which costs message\ncredits: each question as many as the model of the chatbot does."
)

// live is one run.
type live struct {
	command subcommand.Command
	ask     bool
	config  hub.Config
	name    string // of the chatbot of this run
	now     func() time.Time
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, subcommand.Command{Version: "live", Getenv: os.Getenv, Stdout: os.Stdout, Stderr: os.Stderr})
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "live:", err)
		os.Exit(1)
	}
}

// run runs everything. What is left behind is in the error.
func run(ctx context.Context, c subcommand.Command) (err error) {
	l, err := newLive(c)
	if err != nil {
		return err
	}
	questions := costNothing
	if l.ask {
		questions = costQuestions
	}
	subcommand.Say(c.Stdout, cost, l.config.BaseURL.Host, questions)
	if err := l.sweep(ctx, l.abandoned); err != nil {
		return err
	}
	defer func() {
		// Also after Ctrl-C, and if Terraform could not destroy it.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Minute)
		defer cancel()
		err = errors.Join(err, l.sweep(ctx, func(b hub.Chatbot) bool { return b.Name == l.name }))
	}()
	return errors.Join(l.probe(ctx), l.life(ctx))
}

// newLive checks the settings. It sends nothing.
func newLive(c subcommand.Command) (*live, error) {
	cfg, err := c.Config()
	if err != nil {
		return nil, err
	}
	if host := cfg.BaseURL.Host; c.Getenv("LIVE") != host {
		return nil, fmt.Errorf("this creates and deletes objects of a real account. Set LIVE=%s if the account of the API key is one for tests", host)
	}
	l := &live{command: c, ask: c.Getenv("ASK") != "" && c.Getenv("ASK") != "0", config: cfg, now: time.Now}
	l.name = prefix + l.now().UTC().Format(time.RFC3339Nano)
	return l, nil
}

// probe runs the probe, and returns an error unless the provider handles everything that was seen.
func (l *live) probe(ctx context.Context) error {
	subcommand.Say(l.command.Stdout, "\n==> probe\n")
	c := l.command
	if l.ask {
		c.Args = []string{"-ask"}
	}
	if code := probe.Subcommand.Run(ctx, c); code != subcommand.OK {
		return fmt.Errorf("probe: exit code %d, see above", code)
	}
	return nil
}

// environment returns the settings of the provider for Terraform.
func (l *live) environment() map[string]string {
	all := map[string]string{}
	for _, name := range []string{"AICHATBOTHUB_API_KEY", "AICHATBOTHUB_BASE_URL", "AICHATBOTHUB_MAX_RETRIES"} {
		if value := l.command.Getenv(name); value != "" {
			all[name] = value
		}
	}
	return all
}
