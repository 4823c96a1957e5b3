package knowledgebase

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// warnNotTakenOver warns in the plan of a create with adopt which documents the chatbot does not have, because the apply uploads them. Nothing
// that is planned depends on it.
func (r *Resource) warnNotTakenOver(ctx context.Context, plan model, all []document, diags *diag.Diagnostics) {
	if r.Hub == nil || !plan.Adopt.ValueBool() || plan.ChatbotID.IsUnknown() {
		return
	}
	w := newWork(r, plan, model{}, newProgress())
	if w.list(ctx) != nil { // the apply reports it
		return
	}
	var lines []string
	for _, d := range all {
		if _, _, found := w.adoptable(d); !found {
			lines = append(lines, "- "+w.names.of(d.key)+w.nearest(d))
		}
	}
	if len(lines) == 0 {
		return
	}
	text := strings.Join(lines[:min(len(lines), maxNamed)], "\n")
	if rest := len(lines) - maxNamed; rest > 0 {
		text += fmt.Sprintf("\n- and %d more", rest)
	}
	diags.AddAttributeWarning(path.Root("adopt"), "Documents not taken over",
		fmt.Sprintf("Chatbot %s has no source that is the same as %d of the %s, so the apply uploads:\n\n%s\n\nIf a document is to be taken over, make it equal to its source, and plan again.", w.chatbot, len(lines), base.Count(len(all), "document"), text))
}

// adoptable returns the listed source that is the same as a document that has none, and the name by which it is the same.
func (w *work) adoptable(d document) (s hub.Source, name string, found bool) {
	plain := uploadName(d.key)
	for _, name := range []string{plain, hub.SuccessorName(plain, d.hash)} {
		if s, found := w.existing(d, name); found {
			return s, name, true
		}
	}
	return hub.Source{}, "", false
}

// nearest says how a listed source of the document's name differs; "" if there is none.
func (w *work) nearest(d document) string {
	name := uploadName(d.key)
	for _, s := range w.byName[d.sourceName(name)] {
		switch {
		case s.Kind() != d.kind, w.matches(d, s, name): // another resource of this run has it
		case d.kind == hub.SourceOfQuestion:
			return ": the chatbot has this question with another answer, and will have both"
		case s.FileSize != nil:
			return ": the chatbot has a file of this name with " + otherSize(d, s) + ". A chatbot can have each file name once"
		}
	}
	return ""
}

// otherSize describes the sizes of a source and of a file.
func otherSize(d document, s hub.Source) string {
	return fmt.Sprintf("another size: %s, and the file has %s", base.Count(int64(*s.FileSize), "byte"), base.Count(d.file.size, "byte"))
}

// takeOverConflicting makes the source with which the create of a document conflicts that of the document, if it is the same as the document.
// It decides by the list of sources, because the answer to a create lacks the size.
func (w *work) takeOverConflicting(ctx context.Context, d document, existing hub.Source) error {
	listed, found := w.listed[existing.ID]
	if !found { // it is newer than the list
		sources, err := w.Hub.FreshSources(ctx, w.chatbot, []hub.ID{existing.ID})
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(sources, func(s hub.Source) bool { return s.ID == existing.ID }); i >= 0 {
			listed, found = sources[i], true
		}
	}
	switch name := uploadName(d.key); {
	case found && w.matches(d, listed, name):
		return w.takeOver(d, listed, name)
	case found && d.kind == hub.SourceOfFile && listed.FileSize != nil && hub.SameName(listed.FileName, name) && !w.Managed.Contains(existing.ID):
		return fmt.Errorf("the chatbot already has the source %s (%s), which is not taken over, because it has %s. Put the file that the service has in its place, or delete the source, and apply again",
			existing.ID, base.Quote(listed.FileName), otherSize(d, listed))
	}
	return w.conflict(existing)
}
