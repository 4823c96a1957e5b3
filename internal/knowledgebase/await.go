package knowledgebase

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// missingPolls is the number of polls in which a new source may be missing from lists, or its status unreadable.
const missingPolls = 7

// repair trains sources that are not trained: it waits if the training is in progress, and trains those again that failed.
func (w *work) repair(ctx context.Context, documents []document) {
	var failed, refused []document
	for _, d := range documents {
		id := w.sourceOf(d.key)
		switch {
		case w.useSuccessor(d):
		case hub.ParseTrainingStatus(w.listed[id].Status).Failed:
			failed = append(failed, d)
		default:
			w.awaitExisting(d, id, false)
		}
	}
	reasons := w.train(ctx, failed)
	for _, d := range failed {
		if reasons[d.key] != nil {
			refused = append(refused, d)
		} else {
			w.training[w.sourceOf(d.key)].repairs = true
		}
	}
	// Not every deployment can train every source again.
	w.eachDocument(ctx, refused, w.addSuccessor)
}

// trainAgain trains sources again in place.
func (w *work) trainAgain(ctx context.Context, documents []document) {
	for key, err := range w.train(ctx, documents) {
		w.fail(key, w.reasonOf(ctx, err))
	}
}

// train trains sources again in few requests, and records that the apply waits for them. It returns the error of each document whose source is
// not trained again.
func (w *work) train(ctx context.Context, documents []document) map[string]error {
	sources, failed := map[hub.ID]hub.SourceKind{}, map[string]error{}
	for _, d := range documents {
		sources[w.sourceOf(d.key)] = d.kind
	}
	errs := w.trainSources(ctx, sources)
	for _, d := range documents {
		id := w.sourceOf(d.key)
		if err := errs[id]; err != nil {
			failed[d.key] = err
		} else {
			w.awaitExisting(d, id, true)
		}
	}
	return failed
}

// trainSources is hub.Client.TrainAll. A panic is the error of all sources.
func (w *work) trainSources(ctx context.Context, sources map[hub.ID]hub.SourceKind) (errs map[hub.ID]error) {
	if err := base.Recovered(func() error { errs = w.Hub.TrainAll(ctx, w.chatbot, sources); return nil }); err != nil {
		errs = map[hub.ID]error{}
		for id := range sources {
			errs[id] = err
		}
	}
	return errs
}

// awaitExisting records a source that is not new and whose training the apply waits for.
func (w *work) awaitExisting(d document, id hub.ID, restarted bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := &training{document: d}
	if restarted {
		t.watch.Restarted()
		w.retrained(d.key)
		if d.kind == hub.SourceOfPage {
			w.left.TrainedAt[d.key] = time.Now()
		}
	}
	w.training[id] = t
}

// await waits until the trainings have ended or ctx ends. All waits in a chatbot share the polls.
func (w *work) await(ctx context.Context) {
	defer w.Hub.WorkingOnSource(w.chatbot)()
	waiting := maps.Clone(w.training)
	for polled := false; len(waiting) > 0; polled = true {
		sources, err := w.Hub.PollSources(ctx, w.chatbot, polled)
		switch {
		case ctx.Err() != nil:
			w.giveUp(waiting, "not trained yet: "+endOf(ctx))
			return
		case hub.IsGone(err) || hub.IsUnauthorized(err):
			w.giveUp(waiting, w.reasonOf(ctx, err))
			return
		case err != nil: // the trainings do not depend on a single poll
			tflog.Warn(ctx, "Unable to poll sources in training, polling again", map[string]any{"error": err.Error()})
			continue
		}
		w.poll(ctx, sources, waiting)
	}
}

// giveUp records a reason for all documents whose training has not ended.
func (w *work) giveUp(waiting map[hub.ID]*training, reason string) {
	for _, t := range waiting {
		w.fail(t.key, reason)
	}
}

// poll evaluates one poll, and removes the trainings that have ended from waiting.
func (w *work) poll(ctx context.Context, sources []hub.Source, waiting map[hub.ID]*training) {
	listed := make(map[hub.ID]hub.Source, len(sources))
	for _, s := range sources {
		listed[s.ID] = s
	}
	restart := map[hub.ID]hub.SourceKind{}
	for _, id := range slices.Sorted(maps.Keys(waiting)) {
		t := waiting[id]
		s, found := listed[id]
		if !found {
			if t.missing++; t.missing >= missingPolls {
				w.fail(t.key, "the source does not exist any more")
				w.forget(t, id)
				delete(waiting, id)
			}
			continue
		}
		t.missing = 0
		if s.IsUnreadable("status") {
			if t.unreadable++; t.unreadable >= missingPolls {
				w.fail(t.key, "the service answers the status of its source in a form that the provider does not know")
				delete(waiting, id)
			}
			continue
		}
		t.unreadable = 0
		status := hub.ParseTrainingStatus(s.Status)
		switch t.watch.Next(status) {
		case hub.RestartTraining:
			restart[id] = t.kind
		case hub.TrainingEnded:
			delete(waiting, id)
			w.listed[id] = s
			if status.Failed {
				w.fail(t.key, w.reasonOfFailure(t, s, status))
			} else {
				w.count()
			}
		}
	}
	for id, err := range w.trainSources(ctx, restart) {
		if ctx.Err() == nil {
			w.fail(waiting[id].key, w.reasonOf(ctx, err))
			delete(waiting, id)
		}
	}
}

// failureOf returns the reason for a training that failed. An unknown status can repeat the address or the question, which is not shown.
func failureOf(s hub.Source, status hub.TrainingStatus) string {
	return fmt.Sprintf("the service reports the status %q. %s", hub.HideTexts(s.Status, s.FileName), status.Advice)
}

// reasonOfFailure is failureOf for a source that the apply waits for.
func (w *work) reasonOfFailure(t *training, s hub.Source, status hub.TrainingStatus) string {
	if status.PlanLimit && w.left.Successors[t.key].ID == s.ID {
		return failureOf(s, status) + fmt.Sprintf(" The old source is still there. To need no room for both, set replace = %q", beforeUpload)
	}
	return failureOf(s, status)
}

// forget removes a source that does not exist.
func (w *work) forget(t *training, id hub.ID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.training, id)
	switch id {
	case w.left.Successors[t.key].ID:
		delete(w.left.Successors, t.key)
	case w.ids[t.key]:
		delete(w.ids, t.key)
		delete(w.content, t.key)
	}
}

// again uploads what was trained in place and failed once more, and waits for that.
func (w *work) again(ctx context.Context) {
	var documents []document
	for id, t := range w.training {
		if t.repairs && w.failed[t.key] != "" && hub.ParseTrainingStatus(w.listed[id].Status).Failed {
			documents = append(documents, t.document)
			delete(w.training, id)
		}
	}
	if len(documents) == 0 || ctx.Err() != nil {
		return
	}
	for _, d := range documents {
		w.forgive(d.key)
	}
	w.eachDocument(ctx, documents, w.addSuccessor)
	w.await(ctx)
}
