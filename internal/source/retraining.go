package source

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

const (
	// quietTime is the longest time without a line of progress.
	quietTime = 10 * time.Second
	// mostNames is how many names a reason lists, and mostReasons how many reasons a report has.
	mostNames, mostReasons = 5, 10
)

// retraining trains sources of a chatbot again.
type retraining struct {
	hub      *hub.Client
	chatbot  hub.ID
	sources  []hub.Source // oldest first
	progress func(string)

	began   map[hub.ID]bool   // the service accepted the request
	trained int               // how many sources are trained
	failed  map[hub.ID]string // why a source is not trained
	advice  []string          // what the user can do about failed requests
	said    string            // the last line of progress
	saidAt  time.Time
}

func newRetraining(c *hub.Client, chatbot hub.ID, sources []hub.Source, progress func(string)) *retraining {
	r := &retraining{hub: c, chatbot: chatbot, sources: sources, progress: progress, began: map[hub.ID]bool{}, failed: map[hub.ID]string{}}
	r.said, r.saidAt = r.line(), time.Now()
	return r
}

// run trains the sources and reports what became of them: in a line, which is the last one, and in an error if not all are trained. After an
// interruption there is the error alone, because Terraform ends the action at the next line.
func (r *retraining) run(ctx context.Context, wait bool, diags *diag.Diagnostics) {
	r.train(ctx)
	ended := ""
	if wait {
		ended = r.await(ctx)
	}
	fine := len(r.failed) == 0 && ended == ""
	if fine || !errors.Is(ctx.Err(), context.Canceled) {
		r.progress(r.report(wait, ended, " ", "; "))
	}
	if fine {
		return
	}
	said := fmt.Sprintf("Chatbot %s: %s", r.chatbot, r.report(wait, ended, "\n\n- ", ".\n- "))
	next := "Look in the web app, or with the data source aichatbothub_sources, whether the sources are trained later."
	if len(r.failed) > 0 {
		said += "."
		next = "Correct the cause and invoke the action again. With failed_only = true it trains only sources whose training failed."
	}
	diags.AddError("Sources not trained", strings.Join(slices.Concat([]string{said}, r.advice, []string{next}), "\n\n"))
}

// train sends the requests.
func (r *retraining) train(ctx context.Context) {
	kinds := map[hub.ID]hub.SourceKind{}
	for _, s := range r.sources {
		kinds[s.ID] = s.Kind()
	}
	failed := r.hub.TrainAll(ctx, r.chatbot, kinds)
	for _, s := range r.sources {
		if err := failed[s.ID]; err != nil {
			r.failed[s.ID] = r.reasonOf(ctx, err)
		} else {
			r.began[s.ID] = true
		}
	}
}

// reasonOf returns the reason of a failed request, and records what the user can do about it.
func (r *retraining) reasonOf(ctx context.Context, err error) string {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return "the service did not confirm the request: " + base.EndOf(ctx)
	}
	if advice := base.Advice(err); advice != "" && !slices.Contains(r.advice, advice) {
		r.advice = append(r.advice, advice)
	}
	return err.Error()
}

// await waits for the trainings that began. It returns why it stopped before all have ended, or "".
func (r *retraining) await(ctx context.Context) string {
	waiting := map[hub.ID]*hub.TrainingWatch{}
	for _, s := range r.sources {
		if r.began[s.ID] {
			waiting[s.ID] = &hub.TrainingWatch{Kind: s.Kind()}
			waiting[s.ID].Restarted()
		}
	}
	r.say()
	err := r.hub.AwaitTrainings(ctx, r.chatbot, waiting, func(ended map[hub.ID]hub.TrainingEnd) {
		for _, s := range r.sources {
			if end, is := ended[s.ID]; is {
				r.ended(ctx, s.ID, end)
			}
		}
		r.say()
	})
	switch {
	case err == nil:
		return ""
	case ctx.Err() != nil:
		return base.EndOf(ctx)
	}
	return r.reasonOf(ctx, err)
}

// ended records how the training of a source ended.
func (r *retraining) ended(ctx context.Context, id hub.ID, end hub.TrainingEnd) {
	switch reason := end.Reason(); {
	case end.Err != nil:
		r.failed[id] = r.reasonOf(ctx, end.Err)
	case reason != "":
		r.failed[id] = reason
	default:
		r.trained++
	}
}

// say sends a line of progress, if it differs from the last one or that is quietTime old.
func (r *retraining) say() {
	line := r.line()
	if line == r.said && time.Since(r.saidAt) < quietTime || r.trained+len(r.failed) == len(r.sources) { // the report follows
		return
	}
	r.said, r.saidAt = line, time.Now()
	r.progress(line)
}

// line says how many sources are trained.
func (r *retraining) line() string {
	return fmt.Sprintf("%d of %s trained, %d failed.", r.trained, areSources(len(r.sources)), len(r.failed))
}

// areSources returns "1 source is" or "3 sources are".
func areSources(n int) string {
	if n == 1 {
		return "1 source is"
	}
	return fmt.Sprintf("%d sources are", n)
}

// report says what became of the sources. ended is why the action stopped waiting, or "". first stands before the reasons, and next between them.
func (r *retraining) report(wait bool, ended, first, next string) string {
	text := fmt.Sprintf("%d of %s trained.", r.trained, areSources(len(r.sources)))
	if !wait {
		text = fmt.Sprintf("The training of %d of %s was requested. The action does not wait for it.", len(r.began), base.Count(len(r.sources), "source"))
	}
	if ended != "" {
		text += fmt.Sprintf(" %d not trained yet: %s. The service continues the training.", len(r.sources)-r.trained-len(r.failed), strings.TrimSuffix(ended, "."))
	}
	if len(r.failed) > 0 {
		text += fmt.Sprintf(" %d failed:%s%s", len(r.failed), first, strings.Join(r.reasons(), next))
	}
	return text
}

// reasons returns the reasons for sources that are not trained, each with the names of its sources.
func (r *retraining) reasons() []string {
	var order []string
	names := map[string][]string{}
	for _, s := range r.sources {
		if reason := r.failed[s.ID]; reason != "" {
			if names[reason] == nil {
				order = append(order, reason)
			}
			m := newModel(types.StringValue(string(r.chatbot)), s)
			names[reason] = append(names[reason], m.shown())
		}
	}
	var all []string
	for _, reason := range order[:min(len(order), mostReasons)] {
		all = append(all, fmt.Sprintf("%s: %s", listOf(names[reason], mostNames), strings.TrimSuffix(reason, ".")))
	}
	if rest := len(order) - mostReasons; rest > 0 {
		all = append(all, fmt.Sprintf("and %s", base.Count(rest, "other reason")))
	}
	return all
}

// listOf lists up to most names, and the number of the others.
func listOf(names []string, most int) string {
	text := strings.Join(names[:min(len(names), most)], ", ")
	if rest := len(names) - most; rest > 0 {
		text += fmt.Sprintf(" and %d more", rest)
	}
	return text
}
