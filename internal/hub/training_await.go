package hub

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// missingPolls is the number of polls in a row in which a source may be missing from lists, or its status unreadable.
const missingPolls = 7

// TrainingEnd is how the wait for the training of a source ended.
type TrainingEnd struct {
	Source     Source         // as it was listed last; empty if it is missing
	Status     TrainingStatus // its meaning: trained, or failed
	Missing    bool           // the source does not exist any more
	Unreadable bool           // its status is in an unknown form
	Err        error          // the training failed for a temporary reason, and could not be restarted
}

// Reason returns why the source is not trained; "" if it is. An unknown status can repeat the address or the question, which is not shown.
func (e TrainingEnd) Reason() string {
	switch {
	case e.Err != nil:
		return e.Err.Error()
	case e.Missing:
		return "the source no longer exists"
	case e.Unreadable:
		return "the service returned the status in a form that the provider does not know"
	case e.Status.Failed:
		return fmt.Sprintf("the status is %q. %s", HideTexts(e.Source.Status, e.Source.FileName), e.Status.Advice)
	}
	return ""
}

// AwaitTrainings waits for the trainings of sources of a chatbot. All waits in a chatbot share the polls. After each poll it calls polled with the
// sources whose training has ended, and removes them from waiting. Trainings that failed for a temporary reason are restarted, as TrainingWatch
// says. The error is that of ctx, or says that the sources of the chatbot cannot be listed; waiting has the remaining sources then.
func (c *Client) AwaitTrainings(ctx context.Context, chatbot ID, waiting map[ID]*TrainingWatch, polled func(map[ID]TrainingEnd)) error {
	defer c.WorkingOnSource(chatbot)()
	for again := false; len(waiting) > 0; again = true {
		sources, err := c.PollSources(ctx, chatbot, again)
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case IsGone(err) || IsUnauthorized(err):
			return err
		case err != nil: // the trainings do not depend on a single poll
			tflog.Warn(ctx, "Unable to poll sources in training, polling again", map[string]any{"error": err.Error()})
			continue
		}
		ended, restart := evaluate(sources, waiting)
		for id, err := range c.TrainAll(ctx, chatbot, restart) {
			if ctx.Err() == nil {
				ended[id] = TrainingEnd{Err: err}
			}
		}
		maps.DeleteFunc(waiting, func(id ID, _ *TrainingWatch) bool { _, is := ended[id]; return is })
		polled(ended)
	}
	return nil
}

// evaluate looks at one poll. It returns the sources whose training has ended, and those whose training is to be restarted.
func evaluate(sources []Source, waiting map[ID]*TrainingWatch) (ended map[ID]TrainingEnd, restart map[ID]SourceKind) {
	listed := make(map[ID]Source, len(sources))
	for _, s := range sources {
		listed[s.ID] = s
	}
	ended, restart = map[ID]TrainingEnd{}, map[ID]SourceKind{}
	for id, w := range waiting {
		s, found := listed[id]
		if !found {
			if w.missing++; w.missing >= missingPolls {
				ended[id] = TrainingEnd{Missing: true}
			}
			continue
		}
		w.missing = 0
		if s.IsUnreadable("status") {
			if w.odd++; w.odd >= missingPolls {
				ended[id] = TrainingEnd{Source: s, Unreadable: true}
			}
			continue
		}
		w.odd = 0
		status := ParseTrainingStatus(s.Status)
		switch w.Next(status) {
		case RestartTraining:
			restart[id] = w.Kind
		case TrainingEnded:
			ended[id] = TrainingEnd{Source: s, Status: status}
		}
	}
	return ended, restart
}
