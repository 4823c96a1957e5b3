package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// prefix is the start of the names of the chatbots that this program makes, and probePrefix of those of the probe.
const (
	prefix      = "terraform-provider live "
	probePrefix = "terraform-provider probe "
)

// abandonedAfter is how old a chatbot of another run must be to be deleted: a run takes minutes, and two of them can run at once.
const abandonedAfter = 2 * time.Hour

// abandoned reports whether a chatbot was made by a run that has ended without deleting it. The time is the one in its name, which is this
// program's own; a chatbot whose name has none after the prefix is somebody else's.
func (l *live) abandoned(b hub.Chatbot) bool {
	for _, p := range []string{prefix, probePrefix} {
		if rest, ok := strings.CutPrefix(b.Name, p); ok {
			made, err := time.Parse(time.RFC3339Nano, rest)
			return err == nil && l.now().Sub(made) > abandonedAfter
		}
	}
	return false
}

// sweep deletes the chatbots that are chosen, with everything in them.
func (l *live) sweep(ctx context.Context, chosen func(hub.Chatbot) bool) error {
	client := hub.New(l.config) // a client that was used before has an older list
	bots, err := client.Chatbots(ctx)
	if err != nil {
		return fmt.Errorf("the chatbots cannot be listed, look for names that begin with %q or %q: %w", prefix, probePrefix, err)
	}
	var failed []error
	for _, b := range bots {
		if !chosen(b) {
			continue
		}
		subcommand.Say(l.command.Stdout, "Deleting the chatbot %q.\n", b.Name)
		if err := client.DeleteChatbot(ctx, b.ID); err != nil {
			failed = append(failed, fmt.Errorf("the chatbot %q was not deleted, delete it in the web app: %w", b.Name, err))
		}
	}
	return errors.Join(failed...)
}
