package knowledgebase

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// maxParallel is how many creates of sources are under way at a time.
const maxParallel = 8

// work is the state of one apply.
type work struct {
	*Resource
	chatbot hub.ID
	wait    bool // for the training
	before  bool // old sources are deleted before new ones are uploaded
	adopt   bool
	names   documentNames
	trigger string // the hash of triggers that changed, or ""

	mu      sync.Mutex
	ids     map[string]hub.ID // the source of each document
	content map[string]string // what it has
	failed  map[string]string // why a document is not trained
	advice  []string          // what the user can do about the failures
	left    progress
	// total is the number of documents to send or to train, and done how many of them succeeded, for the log.
	total, done int
	// training are the sources that the apply waits for, by id.
	training map[hub.ID]*training
	gaps     []string // documents that had no source for a while
	// titles are those of new sources whose file names have a hash, by id.
	titles map[hub.ID]string
	// goes are the keys of the sources that the apply deletes: of documents that were changed or removed.
	goes map[string]bool
	// users returns the agents and source tags of the chatbot as they were when it was called first.
	users func() ([]user, error)
	// remaining are the old sources that could not be deleted, with the reasons.
	remaining []string
	listed    map[hub.ID]hub.Source
	byName    map[string][]hub.Source // the listed sources, by sourceName
}

// training is the training of a source that the apply waits for.
type training struct {
	document
	watch hub.TrainingWatch
	// repairs reports that the source was trained again because it had failed. If it fails once more, the document is uploaded again.
	repairs bool
}

func newTraining(d document) *training {
	return &training{document: d, watch: hub.TrainingWatch{Kind: d.kind}}
}

// newWork returns the state of an apply that begins with what the state has.
func newWork(r *Resource, plan, state model, left progress) *work {
	w := &work{Resource: r, chatbot: plan.chatbot(), wait: plan.WaitForTraining.ValueBool(), before: plan.Replace.ValueString() == beforeUpload, adopt: plan.Adopt.ValueBool(), names: namesOf(plan, state), trigger: plan.trigger(state),
		ids: state.sources(), content: map[string]string{}, failed: map[string]string{}, left: left, training: map[hub.ID]*training{}, titles: map[hub.ID]string{}, goes: map[string]bool{}, listed: map[hub.ID]hub.Source{}, byName: map[string][]hub.Source{}}
	for key, hash := range base.StringMap(state.Content) {
		if _, exists := w.ids[key]; exists {
			w.content[key] = hash
		}
	}
	return w
}

// run does what is to be done. An error means that nothing could be done at all; everything else is in w.
func (w *work) run(ctx context.Context, c changes) error {
	if err := w.list(ctx); err != nil {
		return err
	}
	w.users = sync.OnceValues(func() ([]user, error) { return w.listUsers(ctx) })
	for _, key := range slices.Concat(c.remove, keysOf(c.replace)) {
		w.goes[key] = true
	}
	if err := base.Recovered(func() error { w.do(ctx, c); return nil }); err != nil { // what was done must reach the state
		w.failUndone(c, err.Error())
	}
	w.left.tidy(w.ids, w.failed)
	w.left.WrittenAt = w.Hub.Now()
	return nil
}

// do does what is to be done.
func (w *work) do(ctx context.Context, c changes) {
	if w.before {
		w.deleteOld(ctx, c)
	}
	w.bringIn(ctx, c)
	w.swap(ctx)
	w.setTitles(ctx)
	w.deleteObsolete(ctx, c.remove)
}

// bringIn creates what is new, trains what is to be trained, and waits for all trainings.
func (w *work) bringIn(ctx context.Context, c changes) {
	w.total = len(c.add) + len(c.replace) + len(c.repair) + len(c.train) + len(w.training)
	defer w.report(ctx)()
	w.eachDocument(ctx, c.add, w.addDocument)
	w.eachDocument(ctx, c.replace, w.replaceDocument)
	w.repair(ctx, c.repair)
	w.trainAgain(ctx, c.train)
	if w.wait {
		w.await(ctx)
		w.again(ctx)
	} else {
		w.skipWait()
	}
}

// failUndone gives each document without a reason of its own one, because it is not known what was done for it.
func (w *work) failUndone(c changes, reason string) {
	keys := slices.Concat(c.remove, base.SortedKeys(w.left.Successors), keysOf(c.add), keysOf(c.replace), keysOf(c.repair), keysOf(c.train))
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, key := range keys {
		if w.failed[key] == "" {
			w.failed[key] = reason
		}
	}
}

// list reads the sources of the chatbot, for sources of an earlier apply and for adopt. Of equal ones the oldest is found first.
func (w *work) list(ctx context.Context) error {
	sources, err := w.Hub.Sources(ctx, w.chatbot)
	for _, s := range hub.OldestFirst(sources) {
		w.listed[s.ID] = s
		name := sourceName(s)
		w.byName[name] = append(w.byName[name], s)
	}
	return err
}

// eachDocument calls do for each document, maxParallel at a time. A document for which there is no time left fails, and so does one for which
// do returns an error or panics.
func (w *work) eachDocument(ctx context.Context, documents []document, do func(context.Context, document) error) {
	var g errgroup.Group
	g.SetLimit(maxParallel)
	for _, d := range documents {
		g.Go(func() error {
			w.oneDocument(ctx, d, do)
			return nil
		})
	}
	_ = g.Wait() // each document has its own reason
}

// oneDocument calls do for a document, and records why it failed.
func (w *work) oneDocument(ctx context.Context, d document, do func(context.Context, document) error) {
	if ctx.Err() != nil {
		w.fail(d.key, base.EndOf(ctx))
	} else if err := base.Recovered(func() error { return do(ctx, d) }); err != nil {
		w.fail(d.key, w.reasonOf(ctx, err))
	} else if !w.wait {
		w.count()
	}
}

// fail records why a document is not trained.
func (w *work) fail(key, reason string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.failed[key] = reason
}

// forgive removes the reason of a document that is tried once more.
func (w *work) forgive(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.failed, key)
}

// reasonOf returns the reason of a failed request, and records what the user can do about it.
func (w *work) reasonOf(ctx context.Context, err error) string {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return base.EndOf(ctx)
	}
	advice := base.Advice(err)
	w.mu.Lock()
	defer w.mu.Unlock()
	if advice != "" && !slices.Contains(w.advice, advice) {
		w.advice = append(w.advice, advice)
	}
	return err.Error()
}

// expect records a new source whose training the apply waits for. It is the successor of the document's source if there is one.
func (w *work) expect(d document, id hub.ID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.training[id] = newTraining(d)
	if _, exists := w.ids[d.key]; exists {
		w.left.Successors[d.key] = successor{id, d.hash}
	} else {
		delete(w.left.Successors, d.key)
		w.ids[d.key], w.content[d.key] = id, d.hash
	}
	w.retrained(d.key)
	if d.kind == hub.SourceOfPage {
		w.left.TrainedAt[d.key] = time.Now()
	}
}

// retrained records that a document is trained for the triggers that changed. w.mu is held.
func (w *work) retrained(key string) {
	if w.trigger != "" {
		w.left.Retrained[key] = w.trigger
	}
}

// isOwn reports whether a source belongs to this knowledge base.
func (w *work) isOwn(id hub.ID) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, own := range w.ids {
		if own == id {
			return true
		}
	}
	for _, own := range w.left.Successors {
		if own.ID == id {
			return true
		}
	}
	return slices.Contains(w.left.Obsolete, id)
}

// sourceOf returns the id of the source of a document; "" if there is none.
func (w *work) sourceOf(key string) hub.ID {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.ids[key]
}

// dropSuccessors gives up successors that the configuration does not want any more: of documents that were removed, changed once more, or
// changed back. That of a document whose old source has failed is wanted.
func (w *work) dropSuccessors(all []document, failed map[string]string) {
	wanted := map[string]string{}
	for _, d := range all {
		if w.content[d.key] != d.hash || failed[d.key] != "" {
			wanted[d.key] = d.hash
		}
	}
	for key, s := range w.left.Successors {
		if wanted[key] != s.SHA256 {
			w.left.Obsolete = append(w.left.Obsolete, s.ID)
			delete(w.left.Successors, key)
		}
	}
}
