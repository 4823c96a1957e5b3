// Package diff implements the subcommand diff, which compares two chatbots of an account: is production what was tested?
package diff

import (
	"bytes"
	"context"
	"flag"
	"fmt"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/account"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/snapshot"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

const usage = `Usage: terraform-provider-aichatbothub diff STAGING PRODUCTION [options]

Compares what the answers of two chatbots of an account depend on: agents with
their prompts and tool functions, sources, and source tags. It only reads.

Each chatbot is given by its name, its id or the URL of its chat page. Ids,
times and titles of sources are not compared. Files are compared by name and
size, because the service does not return their contents. The values of headers
that look like secrets are neither compared nor printed, and prompts are.

The API key is read from AICHATBOTHUB_API_KEY. The URL of the deployment is read
from AICHATBOTHUB_BASE_URL; the default is that of AI Chatbot Hub.

  -all   also compare the name, the visibility and the limits of the chatbots
  -json  print the differences as JSON
  -h     print this help

Exit codes: 0 if the chatbots do not differ, 2 if they do, 1 if that is not
known, such as after an error.
`

// options are the options of the command line.
type options struct{ all, json bool }

// Subcommand is the subcommand diff. Its exit code is 0 if the chatbots do not differ, 2 if they do, and 1 if that is not known.
var Subcommand = subcommand.Definition{
	Name: "diff", Summary: "compare two chatbots, such as staging and production", Usage: usage, Operands: []string{"STAGING", "PRODUCTION"},
	Define: func(flags *flag.FlagSet) func(context.Context, subcommand.Command) (int, error) {
		var o options
		flags.BoolVar(&o.all, "all", false, "")
		flags.BoolVar(&o.json, "json", false, "")
		return func(ctx context.Context, c subcommand.Command) (int, error) {
			code, err := run(ctx, c, o)
			if err != nil && ctx.Err() != nil {
				c.Note("Interrupted.\n")
				return subcommand.Failed, nil
			}
			return code, err
		}
	},
}

// run compares the chatbots, prints the report, and returns the exit code.
func run(ctx context.Context, c subcommand.Command, o options) (int, error) {
	cfg, err := c.Config()
	if err != nil {
		return subcommand.Failed, err
	}
	progress := c.Progress()
	staging, production, err := read(ctx, hub.New(cfg), c, progress)
	progress.Show("")
	if err != nil {
		return subcommand.Failed, err
	}
	r := newReport(staging, production, o.all)
	var out bytes.Buffer
	if o.json {
		r.writeJSON(&out)
	} else {
		r.writeText(&out)
	}
	if _, err := c.Stdout.Write(out.Bytes()); err != nil {
		return subcommand.Failed, fmt.Errorf("the report cannot be written: %w", err)
	}
	for _, u := range r.NotCompared {
		c.Note("Not compared, because the service did not return these fields, or in a form that the provider does not know: %s, %s.\n", u.Chatbot, u)
	}
	r.sayContents(c.Stderr)
	switch {
	case len(r.Differences) > 0:
		return subcommand.Finding, nil
	case !r.Equal:
		return subcommand.Failed, nil
	}
	return subcommand.OK, nil
}

// read reads the two chatbots. Of a chatbot that is compared with itself, nothing is read but the list of chatbots.
func read(ctx context.Context, client *hub.Client, c subcommand.Command, progress *subcommand.Progress) (staging, production *account.Bot, err error) {
	progress.Show("Reading the list of chatbots …")
	all, err := account.List(ctx, client)
	if err != nil {
		return nil, nil, err
	}
	if staging, err = account.Find(all, c.Operand(0)); err != nil {
		return nil, nil, err
	}
	if production, err = account.Find(all, c.Operand(1)); err != nil || staging == production {
		return staging, production, err
	}
	progress.Show("Reading the two chatbots …")
	found, err := account.ReadAll(ctx, client, []*account.Bot{staging, production}, account.AllLists, func(int) {})
	if err != nil {
		return nil, nil, err
	}
	if len(found) < 2 {
		return nil, nil, fmt.Errorf("one of the chatbots %s and %s was deleted meanwhile", chatbotOf(staging), chatbotOf(production))
	}
	return staging, production, nil
}

// documents returns the documents of two chatbots, with their own settings if all is true.
func documents(staging, production *account.Bot, all bool) (a, b snapshot.Document) {
	a, b = snapshot.Of(staging), snapshot.Of(production)
	if all {
		a.AddOwn(staging.Chatbot)
		b.AddOwn(production.Chatbot)
	}
	return a, b
}
