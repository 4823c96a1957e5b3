// Package export writes an account as Terraform configuration: the program's subcommand export. It reads the account through hub, and
// knows the provider's resources by their arguments only; whether the provider takes what it writes, it asks the provider.
package export

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// Command is one run of the subcommand.
type Command struct {
	Args           []string // behind the word export
	Version        string   // of this build
	Getenv         func(string) string
	Stdout, Stderr io.Writer
	Terminal       bool // a person watches Stderr
	// Options change how the client is built; tests shorten waits with them.
	Options []provider.Option
}

// The codes a run ends with.
const (
	ok          = 0
	failed      = 1
	misused     = 2
	interrupted = 130
)

// Run exports and gives the code to exit with: 0 when all is written, 1 for a failure and 130 for an interruption, neither of which
// leaves anything behind, 2 for a command line that makes no sense.
func Run(ctx context.Context, c Command) int {
	o, err := parse(c.Args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		say(c.Stdout, "%s", usage)
		return ok
	case err != nil:
		say(c.Stderr, "Error: %s.\n\n%s", err, usage)
		return misused
	}
	p := &progress{}
	if c.Terminal {
		p.out = c.Stderr
	}
	err = c.export(ctx, o, p)
	p.show("")
	switch {
	case err == nil:
		return ok
	case ctx.Err() != nil:
		say(c.Stderr, "Interrupted. Nothing was written.\n")
		return interrupted
	}
	say(c.Stderr, "Error: %s\n", strings.TrimSpace(err.Error()+"\n"+advice(err)))
	return failed
}

// export does the work. Until all is rendered, nothing is on the disk.
func (c Command) export(ctx context.Context, o options, p *progress) error {
	cfg, err := provider.FromEnvironment(c.Getenv)
	if err != nil {
		return err
	}
	cfg.UserAgent = "terraform-provider-aichatbothub/" + c.Version + " export"
	for _, option := range c.Options {
		option(&cfg)
	}
	bots, err := c.read(ctx, hub.New(cfg), o, p)
	if err != nil {
		return err
	}
	p.show("Writing …")
	w, err := render(ctx, bots, o.include, deployment{c.Version, cfg.BaseURL})
	if err != nil {
		return err
	}
	f := folder{o.dir}
	stale, err := f.write(ctx, w.files, o.force)
	if err != nil {
		return err
	}
	p.show("")
	w.warnings.print(c.Stderr)
	if len(stale) > 0 {
		say(c.Stderr, "Warning: files of an earlier export that are not part of this one are still there. Delete what is not needed:\n  %s\n", strings.Join(stale, "\n  "))
	}
	if c.Terminal {
		say(c.Stderr, "Wrote %d files to %s: %s.\nNext: cd %s && terraform init && terraform plan\n", len(w.files), o.dir, w.summary(), shellWord(o.dir))
	}
	return nil
}

// read lists the account, chooses, and reads what is in the chosen chatbots.
func (c Command) read(ctx context.Context, client *hub.Client, o options, p *progress) ([]*bot, error) {
	p.show("Reading the list of chatbots …")
	found, err := client.Chatbots(ctx)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, errors.New("the account has no chatbots, so there is nothing to export")
	}
	bots, err := choose(chatbots(found), o.chatbots)
	if err != nil {
		return nil, err
	}
	return read(ctx, client, bots, o.include, func(done int) { p.show(fmt.Sprintf("Read %d of %d chatbots …", done, len(bots))) })
}

// advice is what to do next, from the kind of error.
func advice(err error) string {
	var answer *hub.AnswerError
	var transport *hub.TransportError
	switch {
	case hub.IsUnauthorized(err):
		return "The API key was refused. AICHATBOTHUB_API_KEY must be a key of this deployment, made in the account settings of the web app."
	case hub.IsThrottled(err):
		return "The service asks for fewer requests. Wait a while, or export one chatbot after the other with -chatbot."
	case errors.As(err, &answer) && answer.HTML:
		return "Check AICHATBOTHUB_BASE_URL: it must be the address of an AI Chatbot Hub (or GPT-trainer) deployment, such as " + hub.DefaultBaseURL + "."
	case errors.As(err, &transport):
		return "Check the network and AICHATBOTHUB_BASE_URL. Nothing was written."
	case hub.AsError(err) != nil || answer != nil:
		return "Nothing was written. Try again later."
	}
	return ""
}

// shellWord quotes a path for a shell where it would fall apart otherwise.
func shellWord(path string) string {
	if strings.ContainsAny(path, " \t\"'$&;()") {
		return strconv.Quote(path)
	}
	return path
}
