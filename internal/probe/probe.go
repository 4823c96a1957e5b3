package probe

import (
	"context"
	"flag"
	"fmt"
	"io"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

const usage = `Usage: terraform-provider-aichatbothub probe [options]

Finds out how a deployment behaves where its documentation is silent, and
whether the provider handles that. It makes one chatbot, tries everything on it,
and deletes it. It does not touch other objects of the account. It sends at most
%d requests and takes a few minutes.

The API key is read from AICHATBOTHUB_API_KEY.

  -base-url URL   the deployment; the default is AICHATBOTHUB_BASE_URL, or else
                  that of AI Chatbot Hub
  -json           print the report as JSON; it contains no key, no id and no
                  text of the account
  -ask            ask the chatbot %d questions too, which costs message credits
  -keep           do not delete the chatbot
  -requests-per-minute N
                  send at most so many requests per minute
  -h              print this help

After Ctrl-C it deletes the chatbot and ends. Exit codes: 0 if the provider
handles everything that was seen, 2 if not, 1 if the probe could not run, was
interrupted, or left something behind.
`

// baseURLVariable is the environment variable that -base-url replaces.
const baseURLVariable = "AICHATBOTHUB_BASE_URL"

// options are the options of the command line.
type options struct {
	baseURL           string
	json, ask, keep   bool
	requestsPerMinute *int
}

// help returns the text of -h.
func help() string { return fmt.Sprintf(usage, maxRequests, questions()) }

// questions returns how many questions all facts ask.
func questions() int {
	n := 0
	for i := range facts {
		n += facts[i].questions
	}
	return n
}

// define defines the options of the command line.
func define(flags *flag.FlagSet) *options {
	o := &options{}
	flags.StringVar(&o.baseURL, "base-url", "", "")
	flags.BoolVar(&o.json, "json", false, "")
	flags.BoolVar(&o.ask, "ask", false, "")
	flags.BoolVar(&o.keep, "keep", false, "")
	o.requestsPerMinute = subcommand.RequestsPerMinute(flags)
	return o
}

// Subcommand is the subcommand probe. Its exit code is 0 if the provider handles everything that was seen, 2 if not, and 1 if the probe could
// not run, was interrupted, or leaves something behind.
var Subcommand = subcommand.Definition{
	Name: "probe", Summary: "find out how a deployment behaves", Usage: help(),
	Define: func(flags *flag.FlagSet) func(context.Context, subcommand.Command) (int, error) {
		o := define(flags)
		return func(ctx context.Context, c subcommand.Command) (int, error) { return probeAndReport(ctx, c, *o), nil }
	},
}

// probeAndReport runs the probe, writes its report, and returns the exit code.
func probeAndReport(ctx context.Context, c subcommand.Command, o options) int {
	r, err := run(ctx, c, o)
	if err != nil {
		c.Report(err, subcommand.Advice(err))
		if r.unsure {
			subcommand.Say(c.Stderr, "It is not known whether %s was made. If the web app shows it, delete it there.\n", r.leftBehind[0])
		}
		return subcommand.Failed
	}
	written := r.write(c.Stdout, o.json)
	for _, object := range r.leftBehind {
		subcommand.Say(c.Stderr, "Not deleted: %s. Delete it in the web app.\n", object)
	}
	switch {
	case written != nil:
		subcommand.Say(c.Stderr, "Error: the report cannot be written: %s\n", written)
		return subcommand.Failed
	case ctx.Err() != nil:
		subcommand.Say(c.Stderr, "The report is incomplete.\n")
		return subcommand.Failed
	case len(r.leftBehind) > 0 && !o.keep:
		return subcommand.Failed
	case r.count(notHandled) > 0:
		subcommand.Say(c.Stderr, "The provider does not handle everything that was seen. Please report it with\nthe output of -json.\n")
		return subcommand.Finding
	}
	return subcommand.OK
}

// announce names the chatbot before it is made, so that it is known if the program is killed.
func (p *probe) announce(out io.Writer, keep bool) {
	p.progress.Show("")
	end := "It is deleted at the end."
	if keep {
		end = "It is not deleted."
	}
	subcommand.Say(out, "Making %s. %s\n", p.described(), end)
}

// run tries all facts. An error means that nothing was made, unless the report is unsure.
func run(ctx context.Context, c subcommand.Command, o options) (report, error) {
	getenv := c.Getenv
	if o.baseURL != "" {
		c.Getenv = func(name string) string {
			if name == baseURLVariable {
				return o.baseURL
			}
			return getenv(name)
		}
	}
	cfg, err := c.Config()
	if err != nil {
		return report{}, err
	}
	cfg.RequestsPerMinute = *o.requestsPerMinute
	p := newProbe(cfg, c.Progress())
	defer p.progress.Show("")
	r := report{baseURL: cfg.BaseURL.String(), version: c.Version, time: p.now()}
	p.progress.Show("Checking the API key …")
	if _, err := rest.Call[[]struct{}](ctx, p.client, rest.Get("/chatbots"), nil); err != nil {
		return report{}, err
	}
	p.announce(c.Stderr, o.keep)
	refused, err := p.make(ctx)
	switch {
	case err != nil && ctx.Err() == nil:
		return report{unsure: p.unsure, leftBehind: []string{p.described()}}, err
	case refused != nil:
		subcommand.Say(c.Stderr, "The service did not create a chatbot: it answered %s. Only the facts that need none are tried. "+
			"If the plan of the account limits the number of chatbots, delete one or use another account.\n", refused.form())
	}
	r.results = p.tryAll(ctx, o.ask)
	if o.keep && p.chatbot != "" {
		r.leftBehind = []string{p.described()}
	} else {
		if ctx.Err() != nil && p.chatbot != "" {
			p.progress.Show("")
			subcommand.Say(c.Stderr, "Interrupted. Deleting the chatbot. After another Ctrl-C it stays.\n")
		}
		r.leftBehind = p.cleanUp(ctx)
	}
	r.requests = p.sent.Load()
	return r, nil
}
