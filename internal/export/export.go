// Package export implements the subcommand export, which writes the objects of an account as Terraform configuration. It reads the
// account with package hub, and validates the configuration with the provider.
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
	Args           []string // the arguments after "export"
	Version        string   // the version of this build
	Getenv         func(string) string
	Stdout, Stderr io.Writer
	Terminal       bool // Stderr is a terminal
	// Options change the configuration of the client. Tests shorten waits with them.
	Options []provider.Option
}

// The exit codes.
const (
	ok          = 0
	failed      = 1
	misused     = 2
	interrupted = 130
)

// Run exports an account and returns the exit code: 0 if all files were written, 1 after a failure, 130 after an interruption (after
// both no files are left), 2 for an invalid command line.
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

// export reads the account and writes the files. It writes files only after all of them have been rendered.
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
		say(c.Stderr, "Warning: the folder has files of an earlier export that are not part of this one. Delete those that are not needed:\n  %s\n", strings.Join(stale, "\n  "))
	}
	if c.Terminal {
		say(c.Stderr, "Wrote %d files to %s: %s.\nNext: cd %s && terraform init && terraform plan\n", len(w.files), o.dir, w.summary(), shellWord(o.dir))
	}
	return nil
}

// read lists the chatbots of the account and reads the objects in the selected ones.
func (c Command) read(ctx context.Context, client *hub.Client, o options, p *progress) ([]*bot, error) {
	p.show("Reading the list of chatbots …")
	found, err := client.Chatbots(ctx)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, errors.New("the account has no chatbots, so there is nothing to export")
	}
	bots, err := selectChatbots(chatbots(found), o.chatbots)
	if err != nil {
		return nil, err
	}
	return read(ctx, client, bots, o.include, func(done int) { p.show(fmt.Sprintf("Read %d of %d chatbots …", done, len(bots))) })
}

// advice is a sentence about what the user can do about an error, or "".
func advice(err error) string {
	var answer *hub.AnswerError
	var transport *hub.TransportError
	switch {
	case hub.IsUnauthorized(err):
		return "The service refused the API key. AICHATBOTHUB_API_KEY must be a key of this deployment. Keys are created in the account settings of the web app."
	case hub.IsBlocked(err):
		return "The service itself did not answer. Check AICHATBOTHUB_BASE_URL. Have the address of this machine allowed in the bot protection or firewall. " +
			"If this machine needs a proxy, set HTTPS_PROXY; if it does not, add the host of AICHATBOTHUB_BASE_URL to NO_PROXY."
	case hub.IsThrottled(err):
		return "The service limits the number of requests. Try again later, or export chatbots one by one with -chatbot."
	case errors.As(err, &answer) && answer.HTML:
		return "Check AICHATBOTHUB_BASE_URL: it must be the address of an AI Chatbot Hub (or GPT-trainer) deployment, such as " + hub.DefaultBaseURL + "."
	case errors.As(err, &transport):
		return "Check the network and AICHATBOTHUB_BASE_URL. Nothing was written."
	case hub.AsError(err) != nil || answer != nil:
		return "Nothing was written. Try again later."
	}
	return ""
}

// shellWord quotes a path if a shell would split or expand it.
func shellWord(path string) string {
	if strings.ContainsAny(path, " \t\"'$&;()") {
		return strconv.Quote(path)
	}
	return path
}
