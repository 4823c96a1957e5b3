// Package export implements the subcommand export, which writes the objects of an account as Terraform configuration. It reads the
// account with package hub, and validates the configuration with the provider.
package export

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/account"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// command is one run of the subcommand.
type command struct {
	subcommand.Command
	progress *subcommand.Progress
}

// Subcommand is the subcommand export. Its exit code is 0 if all files were written, 1 after a failure, and 130 after an interruption. After
// both no files are left.
var Subcommand = subcommand.Definition{
	Name: "export", Summary: "write the configuration of an existing account", Usage: usage,
	Define: func(flags *flag.FlagSet) func(context.Context, subcommand.Command) (int, error) {
		o := define(flags)
		return func(ctx context.Context, sub subcommand.Command) (int, error) {
			if err := o.check(); err != nil {
				return subcommand.Failed, err
			}
			return command{sub, sub.Progress()}.run(ctx, *o), nil
		}
	},
}

// run exports an account, reports an error, and returns the exit code.
func (c command) run(ctx context.Context, o options) int {
	err := c.export(ctx, o)
	c.progress.Show("")
	switch {
	case err == nil:
		return subcommand.OK
	case ctx.Err() != nil:
		c.Note("Interrupted. Nothing was written.\n")
		return subcommand.Interrupted
	}
	c.Report(err, c.advice(err))
	return subcommand.Failed
}

// export reads the account and writes the files. It writes files only after all of them have been rendered.
func (c command) export(ctx context.Context, o options) error {
	cfg, err := c.Config()
	if err != nil {
		return err
	}
	f := folder{o.dir}
	before, err := f.earlier() // before any request, because it finds most of what can be wrong with the folder
	if err != nil {
		return err
	}
	bots, err := c.read(ctx, hub.New(cfg), o)
	if err != nil {
		return err
	}
	c.progress.Show("Writing …")
	w, err := render(ctx, bots, o, before.resources, deployment{c.Version, cfg.BaseURL})
	if err != nil {
		return err
	}
	if err := f.write(ctx, w.files, o.force); err != nil {
		return err
	}
	c.progress.Show("")
	w.warnings.print(c.Note)
	if stale := before.stale(w.files); len(stale) > 0 {
		c.Note("Warning: the folder has files of an earlier export that are not part of this one. Delete those that are not needed:\n  %s\n", escaped(stale))
	}
	if w.files[removedFile] != nil {
		c.Note("Warning: the folder has an earlier export, with other resources for the same sources. %s removes these from the state without deleting the sources: it has to be part of the next apply.\n", removedFile)
	}
	if c.Terminal {
		subcommand.Say(c.Stderr, "Wrote %d files to %s: %s.\nNext: %sterraform init && terraform plan\n", len(w.files), hub.Escape(o.dir), w.summary(), changeTo(o.dir)) // not broken, because it is copied
		if slices.ContainsFunc(w.blocks, func(r *block) bool { return r.documents > 0 }) {
			c.Note("The plan adds the knowledge bases. Their apply takes over the sources and uploads nothing.\n")
		}
	}
	return nil
}

// read lists the chatbots of the account and reads the objects in the selected ones.
func (c command) read(ctx context.Context, client *hub.Client, o options) ([]*bot, error) {
	c.progress.Show("Reading the list of chatbots …")
	all, err := account.List(ctx, client)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, errors.New("the account has no chatbots, so there is nothing to export")
	}
	selected, err := account.Select(all, o.chatbots)
	if err != nil {
		return nil, err
	}
	selected, err = account.ReadAll(ctx, client, selected, o.include.lists(), func(done int) {
		c.progress.Show(fmt.Sprintf("Read %d of %d chatbots …", done, len(selected)))
	})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(chatbots(all), func(b *bot) bool { return !slices.Contains(selected, b.Bot) }), nil
}

// advice returns what the user can do about an error, or "".
func (c command) advice(err error) string {
	next := c.Advice(err)
	if next == "" { // no request failed
		return ""
	}
	if hub.IsThrottled(err) {
		next += " To send fewer requests, export chatbots one by one with -chatbot."
	}
	return "Nothing was written. " + next
}
