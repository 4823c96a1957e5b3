package probe

import (
	"context"
	"flag"
	"fmt"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

const usage = `Usage: terraform-provider-aichatbothub probe [options]

Finds out how a deployment behaves where its documentation is silent, and
whether the provider handles that. It creates one chatbot, tries everything on
it, and deletes it. It does not touch other objects of the account. It sends at
most %d requests and takes a few minutes.

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
		return func(ctx context.Context, c subcommand.Command) (int, error) {
			return probeAndReport(ctx, c.WithBaseURL(o.baseURL), *o), nil
		}
	},
}

// probeAndReport runs the probe, writes its report, and returns the exit code.
func probeAndReport(ctx context.Context, c subcommand.Command, o options) int {
	r, err := run(ctx, c, o)
	if err != nil {
		c.Report(err, c.Advice(err))
		if r.unsure {
			c.Note("It is not known whether %s was created. If the web app shows it, delete it there.\n", r.leftBehind[0])
		}
		return subcommand.Failed
	}
	written := r.write(c.Stdout, o.json)
	for _, object := range r.leftBehind {
		c.Note("Not deleted: %s. Delete it in the web app.\n", object)
	}
	switch {
	case written != nil:
		c.Report(fmt.Errorf("the report cannot be written: %w", written), "")
		return subcommand.Failed
	case ctx.Err() != nil:
		c.Note("The report is incomplete.\n")
		return subcommand.Failed
	case len(r.leftBehind) > 0 && !o.keep:
		return subcommand.Failed
	case r.count(notHandled) > 0:
		c.Note("The provider does not handle everything that was seen. %s Add the output of -json.\n", hub.ReportIt)
		return subcommand.Finding
	}
	return subcommand.OK
}

// announce names the chatbot before it is created, so that it is known if the program is killed.
func (p *probe) announce(c subcommand.Command, keep bool) {
	p.progress.Show("")
	end := "It is deleted at the end."
	if keep {
		end = "It is not deleted."
	}
	c.Note("Creating %s. %s\n", p.described(), end)
}

// shown returns an answer with its text, which the report leaves out.
func (p *probe) shown(a *answer) string {
	if a.isPage() {
		return a.form()
	}
	return fmt.Sprintf("%d %s", a.Status, p.client.Sanitize(string(a.Body)))
}

// run tries all facts. An error means that nothing was made, unless the report is unsure.
func run(ctx context.Context, c subcommand.Command, o options) (report, error) {
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
	p.announce(c, o.keep)
	refused, err := p.make(ctx)
	switch {
	case err != nil && ctx.Err() == nil:
		return report{unsure: p.unsure, leftBehind: []string{p.described()}}, err
	case refused != nil:
		c.Note("The service did not create a chatbot: it answered %s. Only the facts that need none are tried. "+
			"If the plan of the account limits the number of chatbots, delete one or use another account.\n", p.shown(refused))
	}
	r.results = p.tryAll(ctx, o.ask)
	if o.keep && p.chatbot != "" {
		r.leftBehind = []string{p.described()}
	} else {
		if ctx.Err() != nil && p.chatbot != "" {
			p.progress.Show("")
			c.Note("Interrupted. Deleting the chatbot. After another Ctrl-C it stays.\n")
		}
		r.leftBehind = p.cleanUp(ctx)
	}
	r.requests = p.sent.Load()
	return r, nil
}
