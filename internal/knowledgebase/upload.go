package knowledgebase

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// errChanged is the error of a file that changed after it was planned.
var errChanged = errors.New("the file changed while Terraform ran, so it was not uploaded. Make sure that nothing changes it, and apply again")

// addDocument creates the source of a document that has none.
func (w *work) addDocument(ctx context.Context, d document) error {
	if w.useSuccessor(d) {
		return nil
	}
	plain := uploadName(d.key)
	if w.adopt || w.left.Vanished[d.key] {
		if existing, name, found := w.adoptable(d); found {
			return w.takeOver(d, existing, name)
		}
	}
	err := w.createAs(ctx, d, plain)
	existing, conflict := hub.ConflictingSource(err)
	switch own := conflict && w.isOwn(existing.ID); {
	case !conflict:
		return err
	case own && d.kind == hub.SourceOfFile && hub.SameName(existing.FileName, plain): // its file was moved, and the old source is not deleted yet
		return w.addSuccessor(ctx, d)
	case !own && w.adopt:
		return w.takeOverConflicting(ctx, d, existing)
	}
	return w.createWithGap(ctx, d, existing)
}

// replaceDocument creates the source of a changed document while the old one exists, unless that was deleted first.
func (w *work) replaceDocument(ctx context.Context, d document) error {
	switch {
	case w.useSuccessor(d):
		return nil
	case w.sourceOf(d.key) == "":
		return w.addDocument(ctx, d)
	}
	return w.addSuccessor(ctx, d)
}

// useSuccessor waits for the new source of a document that an earlier apply created. It reports false if there is none.
func (w *work) useSuccessor(d document) bool {
	w.mu.Lock()
	earlier, found := w.left.Successors[d.key]
	w.mu.Unlock()
	if found {
		w.expect(d, earlier.ID)
		w.entitle(d, earlier.ID, hub.SuccessorName(uploadName(d.key), d.hash))
	}
	return found
}

// addSuccessor creates a source under a name that no other source has.
func (w *work) addSuccessor(ctx context.Context, d document) error {
	name := uploadName(d.key)
	if d.kind == hub.SourceOfFile {
		name = hub.SuccessorName(name, d.hash)
	}
	if existing, found := w.existing(d, name); found { // an apply that was killed has created it
		return w.takeOver(d, existing, name)
	}
	err := w.createAs(ctx, d, name)
	existing, conflict := hub.ConflictingSource(err)
	switch {
	case !conflict:
		return err
	case w.matches(d, existing, name) && !w.isOwn(existing.ID):
		return w.takeOver(d, existing, name)
	}
	return w.createWithGap(ctx, d, existing)
}

// createWithGap creates the source of a document that the service takes for another one. Sources of this knowledge base that the apply deletes
// anyway are deleted first; any other one is an error. Each turn deletes one, so the loop ends.
func (w *work) createWithGap(ctx context.Context, d document, existing hub.Source) error {
	for {
		if err := w.makeRoom(ctx, d, existing); err != nil {
			return err
		}
		name := uploadName(d.key)
		if d.kind == hub.SourceOfFile && w.sourceOf(d.key) != "" {
			name = hub.SuccessorName(name, d.hash)
		}
		err := w.createAs(ctx, d, name)
		next, conflict := hub.ConflictingSource(err)
		if !conflict {
			return err
		}
		existing = next
	}
}

// createAs creates the source of a document under a name, and waits for it.
func (w *work) createAs(ctx context.Context, d document, name string) error {
	created, err := w.create(ctx, d, name)
	if err == nil {
		w.expect(d, created.ID)
		w.entitle(d, created.ID, name)
	}
	return err
}

// conflict returns the error for a source that exists already.
func (w *work) conflict(existing hub.Source) error {
	name := "a question"
	if existing.Kind() != hub.SourceOfQuestion && existing.FileName != "" {
		name = base.Quote(existing.FileName)
	}
	if w.isOwn(existing.ID) {
		return fmt.Errorf("the service refused it as a duplicate of another document of this knowledge base (source %s, %s). Remove one of the two", existing.ID, name)
	}
	if w.Managed.Contains(existing.ID) {
		return fmt.Errorf("another resource of this configuration created the source %s (%s) in this run. Remove the document from one of the two resources", existing.ID, name)
	}
	const belongs = "the chatbot already has the source %s (%s), which does not belong to this knowledge base. If another resource gives it up in this run, apply again. Otherwise "
	if w.adopt {
		return fmt.Errorf(belongs+"delete it: it is not the same as the document, so that it is not taken over", existing.ID, name)
	}
	return fmt.Errorf(belongs+"delete it, or set adopt = true to take it over", existing.ID, name)
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
	created, err := w.CreateSource(ctx, w.chatbot, func() (hub.Source, error) { return w.upload(ctx, d, name) })
	if errors.Is(err, hub.ErrFileChanged) {
		err = errChanged
	}
	return created, err
}

// upload uploads a file that still has the planned content. It is opened once, so that all attempts read the same file.
func (w *work) upload(ctx context.Context, d document, name string) (hub.Source, error) {
	file, err := d.file.open()
	switch {
	case errors.Is(err, base.ErrReplaced), errors.Is(err, base.ErrNotRegular), errors.Is(err, fs.ErrNotExist):
		return hub.Source{}, hub.ErrFileChanged
	case err != nil:
		return hub.Source{}, fmt.Errorf("unable to read the file: %w", base.WithoutPath(err))
	}
	defer func() { _ = file.Close() }()
	u := hub.Upload{Name: name, Size: d.file.size, ReferenceSourceLink: d.link,
		Open: func() (io.ReadCloser, error) { return io.NopCloser(io.NewSectionReader(file, 0, d.file.size+1)), nil }}
	if _, err := hex.Decode(u.SHA256[:], []byte(d.hash)); err != nil {
		return hub.Source{}, err
	}
	return w.Hub.UploadSource(ctx, w.chatbot, u)
}

// existing returns a listed source that a document can take over.
func (w *work) existing(d document, name string) (hub.Source, bool) {
	for _, s := range w.byName[d.sourceName(name)] {
		if w.matches(d, s, name) && !w.isOwn(s.ID) && !w.Managed.Contains(s.ID) && !w.Managed.Deleted(s.ID) {
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
	size := s.FileSize == nil || *s.FileSize == 0 || int64(*s.FileSize) == d.file.size
	return s.Kind() == hub.SourceOfFile && hub.SameName(s.FileName, name) && size
}

// takeOver makes an existing source that of a document. It fails if another resource of this run manages or deletes it.
func (w *work) takeOver(d document, existing hub.Source, name string) error {
	if !w.Managed.TakeOver(existing.ID, w) {
		return w.conflict(existing)
	}
	w.expect(d, existing.ID)
	w.entitle(d, existing.ID, name)
	return nil
}
