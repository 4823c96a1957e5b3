package knowledgebase

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// errChanged is the error of a file that changed after it was planned.
var errChanged = errors.New("the file changed while Terraform ran, so it was not kept. Make sure that nothing changes it, and apply again")

// addDocument creates the source of a new document.
func (w *work) addDocument(ctx context.Context, d document) error {
	if w.useSuccessor(d) {
		return nil
	}
	if w.adopt || w.left.Vanished[d.key] {
		for _, name := range []string{uploadName(d.key), successorName(uploadName(d.key), d.hash)} {
			if existing, found := w.existing(d, name); found {
				return w.takeOver(d, existing, false)
			}
		}
	}
	created, err := w.create(ctx, d, uploadName(d.key))
	existing, conflict := hub.ConflictingSource(err)
	switch {
	case !conflict && err != nil:
		return err
	case !conflict:
		w.expect(d, created.ID, false)
		return nil
	case d.kind == hub.SourceOfFile && w.isOwn(existing.ID): // its file was moved, and the old source is not deleted yet
		return w.addSuccessor(ctx, d, false)
	case w.adopt && w.matches(d, existing, uploadName(d.key)):
		return w.takeOver(d, existing, false)
	}
	return w.conflict(existing)
}

// replaceDocument creates the source of a changed document while the old one exists, unless old sources are deleted first.
func (w *work) replaceDocument(ctx context.Context, d document) error {
	if w.useSuccessor(d) {
		return nil
	}
	return w.addSuccessor(ctx, d, w.sourceOf(d.key) != "")
}

// useSuccessor waits for the new source of a document that an earlier apply created. It reports false if there is none.
func (w *work) useSuccessor(d document) bool {
	w.mu.Lock()
	earlier, found := w.left.Successors[d.key]
	_, exists := w.ids[d.key]
	if !exists {
		delete(w.left.Successors, d.key)
	}
	w.mu.Unlock()
	if found {
		w.expect(d, earlier.ID, exists)
	}
	return found
}

// addSuccessor creates a source under a name that no other source has. replaces reports that the document has an old source.
func (w *work) addSuccessor(ctx context.Context, d document, replaces bool) error {
	name := uploadName(d.key)
	if d.kind == hub.SourceOfFile {
		name = successorName(name, d.hash)
	}
	if existing, found := w.existing(d, name); found { // an apply that was killed has created it
		return w.takeOver(d, existing, replaces)
	}
	created, err := w.create(ctx, d, name)
	if existing, conflict := hub.ConflictingSource(err); conflict {
		if w.matches(d, existing, name) && !w.isOwn(existing.ID) {
			return w.takeOver(d, existing, replaces)
		}
		if !replaces {
			return w.conflict(existing)
		}
		return w.replaceWithGap(ctx, d, existing)
	}
	if err != nil {
		return err
	}
	w.expect(d, created.ID, replaces)
	return nil
}

// replaceWithGap deletes the old source of a document before the new one is created, because the service allows no second one.
func (w *work) replaceWithGap(ctx context.Context, d document, existing hub.Source) error {
	old := w.sourceOf(d.key)
	if existing.ID != old {
		return w.conflict(existing)
	}
	if err := w.Hub.DeleteSource(ctx, w.chatbot, old); err != nil {
		return err
	}
	w.mu.Lock()
	delete(w.ids, d.key)
	delete(w.content, d.key)
	w.gaps = append(w.gaps, w.names.of(d.key))
	w.mu.Unlock()
	created, err := w.create(ctx, d, uploadName(d.key))
	if err != nil {
		return err
	}
	w.expect(d, created.ID, false)
	return nil
}

// conflict returns the error for a source that exists already.
func (w *work) conflict(existing hub.Source) error {
	name := base.Quote(existing.FileName)
	if w.isOwn(existing.ID) {
		return fmt.Errorf("the service refuses it as a duplicate of another document of this knowledge base (source %s, %s). Remove one of the two", existing.ID, name)
	}
	if w.Managed.Contains(existing.ID) {
		return fmt.Errorf("another resource of this configuration has created the source %s (%s) in this run. Remove one of the two", existing.ID, name)
	}
	return fmt.Errorf("the chatbot already has the source %s (%s), which does not belong to this knowledge base. Delete it, or set adopt = true to take it over", existing.ID, name)
}

// create creates the source of a document. name is the file name of a file.
func (w *work) create(ctx context.Context, d document, name string) (hub.Source, error) {
	if d.kind != hub.SourceOfFile {
		return w.CreateSource(ctx, w.chatbot, func() (hub.Source, error) {
			if d.kind == hub.SourceOfPage {
				return w.Hub.CreateURLSource(ctx, w.chatbot, hub.Link{URL: d.key})
			}
			return w.Hub.CreateQASource(ctx, w.chatbot, hub.QA{Question: d.key, Answer: d.answer})
		})
	}
	var sent string
	created, err := w.CreateSource(ctx, w.chatbot, func() (hub.Source, error) {
		s, sum, err := w.Hub.UploadSource(ctx, w.chatbot, hub.Upload{Name: name, Size: d.size, ReferenceSourceLink: d.link,
			Open: func() (io.ReadCloser, error) { return os.Open(d.path) }})
		sent = hex.EncodeToString(sum[:])
		return s, err
	})
	switch {
	case errors.Is(err, hub.ErrFileChanged):
		return created, errChanged
	case err != nil || sent == d.hash:
		return created, err
	}
	if err := w.Hub.DeleteSource(ctx, w.chatbot, created.ID); err != nil {
		w.mu.Lock()
		w.left.Obsolete = append(w.left.Obsolete, created.ID)
		w.mu.Unlock()
	}
	return hub.Source{}, errChanged
}

// existing returns a listed source that a document can take over.
func (w *work) existing(d document, name string) (hub.Source, bool) {
	for _, s := range w.byName[d.sourceName(name)] {
		if w.matches(d, s, name) && !w.isOwn(s.ID) && !w.Managed.Contains(s.ID) {
			return s, true
		}
	}
	return hub.Source{}, false
}

// sourceName returns the name by which a source is found: its file name, its address, or its question, in the form in which they are compared.
func sourceName(s hub.Source) string {
	switch question := s.Meta().Question; {
	case s.Kind() == hub.SourceOfPage:
		return hub.NormalAddress(s.FileName)
	case s.Kind() == hub.SourceOfQuestion && question != nil:
		return hub.NormalText(*question)
	}
	return hub.Composed(s.FileName)
}

// sourceName returns the sourceName of the document's source. name is the file name of a file.
func (d document) sourceName(name string) string {
	switch d.kind {
	case hub.SourceOfPage:
		return hub.NormalAddress(d.key)
	case hub.SourceOfQuestion:
		return hub.NormalText(d.key)
	}
	return hub.Composed(name)
}

// matches reports whether a source has the name and the size, the question and the answer, or the address of a document.
func (w *work) matches(d document, s hub.Source, name string) bool {
	switch d.kind {
	case hub.SourceOfPage:
		return s.Kind() == hub.SourceOfPage && hub.SameAddress(s.FileName, d.key)
	case hub.SourceOfQuestion:
		meta := s.Meta()
		return s.Kind() == hub.SourceOfQuestion && meta.Question != nil && meta.Answer != nil && hub.SameText(*meta.Question, d.key) && hub.SameText(*meta.Answer, d.answer)
	}
	size := s.FileSize == nil || *s.FileSize == 0 || int64(*s.FileSize) == d.size
	return s.Kind() == hub.SourceOfFile && hub.SameName(s.FileName, name) && size
}

// takeOver makes an existing source that of a document. It fails if another resource of this run manages it.
func (w *work) takeOver(d document, existing hub.Source, replaces bool) error {
	if !w.Managed.Add(existing.ID) {
		return w.conflict(existing)
	}
	w.expect(d, existing.ID, replaces)
	return nil
}
