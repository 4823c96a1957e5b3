package knowledgebase

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

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
	errs := w.Hub.TrainAll(ctx, w.chatbot, sources)
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

// awaitExisting records a source that is not new and whose training the apply waits for.
func (w *work) awaitExisting(d document, id hub.ID, restarted bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := newTraining(d)
	if restarted {
		t.watch.Restarted()
		w.retrained(d.key)
		if d.kind == hub.SourceOfPage {
			w.left.TrainedAt[d.key] = time.Now()
		}
	}
	w.training[id] = t
}

// await waits until the trainings have ended or ctx ends.
func (w *work) await(ctx context.Context) {
	waiting := map[hub.ID]*hub.TrainingWatch{}
	for id, t := range w.training {
		waiting[id] = &t.watch
	}
	err := w.Hub.AwaitTrainings(ctx, w.chatbot, waiting, func(ended map[hub.ID]hub.TrainingEnd) {
		for _, id := range slices.Sorted(maps.Keys(ended)) {
			w.ended(ctx, id, ended[id])
		}
	})
	if err == nil {
		return
	}
	reason := w.reasonOf(ctx, err)
	if ctx.Err() != nil {
		reason = "not trained yet: " + base.EndOf(ctx)
	}
	for id := range waiting {
		w.fail(w.training[id].key, reason)
	}
}

// ended records how the training of a source ended.
func (w *work) ended(ctx context.Context, id hub.ID, end hub.TrainingEnd) {
	t := w.training[id]
	switch {
	case end.Err != nil:
		w.fail(t.key, w.reasonOf(ctx, end.Err))
	case end.Missing:
		w.fail(t.key, end.Reason())
		w.forget(t, id)
	case end.Unreadable:
		w.fail(t.key, end.Reason())
	case end.Status.Failed:
		w.listed[id] = end.Source
		w.fail(t.key, w.reasonOfFailure(t, end))
	default:
		w.listed[id] = end.Source
		w.count()
	}
}

// reasonOfFailure returns the reason for a training that failed.
func (w *work) reasonOfFailure(t *training, end hub.TrainingEnd) string {
	if end.Status.PlanLimit && w.left.Successors[t.key].ID == end.Source.ID {
		return end.Reason() + fmt.Sprintf(" The old source is still there. Set replace = %q if the plan has no room for both", beforeUpload)
	}
	return end.Reason()
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
