// Package deletesessions implements the subcommand delete-sessions, which deletes the old conversations of a chatbot.
package deletesessions

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/account"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// minAge is the smallest -older-than, so that a conversation that takes place now is not deleted.
const minAge = time.Hour

// maxApart is how far the clocks of the service and of this machine may be apart without a warning.
const maxApart = 5 * time.Minute

const usage = `Usage: terraform-provider-aichatbothub delete-sessions -chatbot NAME
         -older-than DURATION [options]

Deletes the conversations of a chatbot that are old: their messages, and the
address and the data of the visitor. Without -yes it only lists them. The age is
counted from the last message, and the last other change, of a conversation.

It deletes conversations that Terraform manages too, and does not ask again. A
deleted conversation cannot be restored.

The API key is read from AICHATBOTHUB_API_KEY. The URL of the deployment is read
from AICHATBOTHUB_BASE_URL; the default is that of AI Chatbot Hub.

  -chatbot NAME          the chatbot: its id, the URL of its chat page, or its
                         name, if no other chatbot has that
  -older-than DURATION   at least 1h; 720h are 30 days
  -yes                   delete them
  -requests-per-minute N send at most so many requests per minute
  -h                     print this help

Exit codes: 0 if there are none or all were deleted, 2 if some were listed, 1
after a failure or an interruption.
`

// Subcommand is the subcommand delete-sessions. Its exit code is 0 if the chatbot has no old conversations or all of them were deleted, 2 if
// some were listed, and 1 after a failure or an interruption.
var Subcommand = subcommand.Definition{
	Name: "delete-sessions", Summary: "list and delete the old conversations of a chatbot", Usage: usage,
	Define: func(flags *flag.FlagSet) func(context.Context, subcommand.Command) (int, error) {
		var o options
		flags.StringVar(&o.chatbot, "chatbot", "", "")
		subcommand.Duration(flags, &o.olderThan, "older-than")
		flags.BoolVar(&o.yes, "yes", false, "")
		o.requestsPerMinute = subcommand.RequestsPerMinute(flags)
		return func(ctx context.Context, c subcommand.Command) (int, error) {
			if err := o.check(); err != nil {
				return subcommand.Failed, err
			}
			return run{Command: c, options: o, progress: c.Progress()}.listOrDelete(ctx)
		}
	},
}

// options are the options of the command line.
type options struct {
	chatbot           string
	olderThan         time.Duration
	yes               bool
	requestsPerMinute *int
}

func (o *options) check() error {
	switch {
	case o.chatbot == "":
		return subcommand.Misuse("-chatbot is missing")
	case o.olderThan == 0:
		return subcommand.Misuse("-older-than is missing; 720h are 30 days")
	case o.olderThan < minAge:
		return subcommand.Misuse("-older-than must be 1h or more, so that no conversation is deleted while it takes place")
	}
	return nil
}

// run is one run of the subcommand.
type run struct {
	subcommand.Command
	options
	progress *subcommand.Progress
}

// listOrDelete finds the old conversations, and lists or deletes them.
func (r run) listOrDelete(ctx context.Context) (int, error) {
	defer r.progress.Show("")
	cfg, err := r.Config()
	if err != nil {
		return subcommand.Failed, err
	}
	cfg.RequestsPerMinute = *r.requestsPerMinute
	client := hub.New(cfg)
	r.progress.Show("Reading the list of conversations …")
	bots, err := account.List(ctx, client)
	if err != nil {
		return subcommand.Failed, err
	}
	bot, err := account.Find(bots, r.chatbot)
	if err != nil {
		return subcommand.Failed, err
	}
	before, err := r.limit(client)
	if err != nil {
		return subcommand.Failed, err
	}
	sessions, err := client.Sessions(ctx, bot.ID, time.Time{}, before)
	if err != nil {
		return subcommand.Failed, fmt.Errorf("unable to list the conversations of chatbot %q (%s): %w", hub.OneLine(bot.Name), bot.ID, err)
	}
	old, undated := oldest(sessions, before)
	r.progress.Show("")
	if undated > 0 {
		r.Note("Warning: the service shows no valid time for %s. Their age is not known, so they are left out.\n", conversations(undated))
	}
	old, unread := r.withoutContinued(ctx, client, old, before)
	of := fmt.Sprintf("chatbot %q (%s)", hub.OneLine(bot.Name), bot.ID)
	code, err := r.listOrDeleteOld(ctx, client, bot.ID, of, old, before)
	if unread > 0 {
		code = subcommand.Failed
	}
	return code, err
}

// listOrDeleteOld lists or deletes the old conversations of a chatbot.
func (r run) listOrDeleteOld(ctx context.Context, client *hub.Client, chatbot hub.ID, of string, old []session, before time.Time) (int, error) {
	switch {
	case ctx.Err() != nil:
		return subcommand.Failed, context.Cause(ctx)
	case len(old) == 0:
		subcommand.Say(r.Stdout, "No conversation of %s is older than %s.\n", of, short(r.olderThan))
		return subcommand.OK, nil
	case !r.yes:
		for _, s := range old {
			subcommand.Say(r.Stdout, "%s  begun %s  last changed %s\n", s.ID, s.begun.Format(time.RFC3339), s.changed.Format(time.RFC3339))
		}
		subcommand.Say(r.Stdout, "%s of %s last changed before %s. Nothing was deleted: add -yes to delete.\n", conversations(len(old)), of, before.UTC().Format(time.RFC3339))
		return subcommand.Finding, nil
	}
	return r.deleteAll(ctx, client, chatbot, of, old)
}

// limit returns the time before which a conversation is old. The clock of the service made the times of conversations, and that of this machine
// can be wrong. But a Date that is too late would make new conversations old ones, which cannot be restored, so the earlier clock counts.
func (r run) limit(client *hub.Client) (time.Time, error) {
	now, err := time.Parse(time.RFC3339, client.Now())
	if err != nil {
		return time.Time{}, errors.New("the answers of the service do not have a Date, so the age of conversations is not known. Nothing was deleted")
	}
	own := time.Now()
	if apart := now.Sub(own).Abs().Truncate(time.Minute); apart >= maxApart {
		r.Note("Warning: by the Date of its answers, the time of the service is %s, and that of this machine is %s. The earlier one counts, so that no conversation is deleted too early.\n",
			now.UTC().Format(time.RFC3339), own.UTC().Format(time.RFC3339))
	}
	if own.Before(now) {
		now = own
	}
	return now.Add(-r.olderThan), nil
}

// session is a conversation with its times.
type session struct {
	hub.Session
	begun, changed time.Time
}

// oldest returns the sessions that were last changed before a time, the oldest first, and the number of those with an invalid time.
func oldest(sessions []hub.Session, before time.Time) (old []session, undated int) {
	for _, s := range sessions {
		begun, err := time.Parse(time.RFC3339, s.CreatedAt)
		changed, errChanged := time.Parse(time.RFC3339, cmp.Or(s.ModifiedAt, s.CreatedAt))
		switch {
		case err != nil || errChanged != nil:
			undated++
		case begun.Before(before) && changed.Before(before):
			old = append(old, session{s, begun.UTC(), changed.UTC()})
		}
	}
	return hub.SortedFunc(old, func(a, b session) int { return cmp.Or(a.begun.Compare(b.begun), cmp.Compare(a.ID, b.ID)) }), undated
}

// short returns a duration as it is written: 720h and not 720h0m0s.
func short(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// conversations returns a number of conversations in words.
func conversations(n int) string {
	if n == 1 {
		return "1 conversation"
	}
	return fmt.Sprintf("%d conversations", n)
}
