package knowledgebase

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// result sets the computed attributes after an apply. content is that of the plan, as core requires after a success.
func (m *model) result(w *work) {
	m.SourceIDs, m.Failed = base.StringMapValue(w.ids), base.StringMapValue(w.failed)
	m.Trained = types.BoolValue(len(w.failed) == 0 && w.wait)
	m.Revision = types.StringValue(base.RandomID())
}

// refresh updates the state from a list of the chatbot's sources. The key of a source that does not exist is removed, so that the plan adds it.
// It returns these keys.
func (m *model) refresh(sources []hub.Source) (vanished []string) {
	listed := make(map[hub.ID]hub.Source, len(sources))
	for _, s := range sources {
		listed[s.ID] = s
	}
	ids, content, failed, trained := m.sources(), base.StringMap(m.Content), map[string]string{}, true
	before := base.StringMap(m.Failed)
	for key, id := range ids {
		s, found := listed[id]
		if !found {
			delete(ids, key)
			delete(content, key)
			vanished = append(vanished, key)
			continue
		}
		status := hub.ParseTrainingStatus(s.Status)
		switch {
		case s.IsUnreadable("status"): // nothing is known about it, so it stays as it is
			trained = trained && m.Trained.ValueBool()
			if reason := before[key]; reason != "" {
				failed[key] = reason
			}
		case status.Failed:
			failed[key] = hub.TrainingEnd{Source: s, Status: status}.Reason()
		default:
			trained = trained && status.Trained
		}
	}
	for key, reason := range before {
		if _, exists := ids[key]; !exists && content[key] != "" { // it was never created
			failed[key] = reason
		}
	}
	m.SourceIDs, m.Failed = base.StringMapValue(ids), base.StringMapValue(failed)
	m.Trained = types.BoolValue(trained && len(failed) == 0)
	if len(content) != len(m.Content.Elements()) {
		m.Content, m.ContentSHA256 = base.StringMapValue(content), types.StringValue(hashOfAll(content))
	}
	return vanished
}

// awaitUntrained waits for sources whose training an earlier apply did not wait for.
func (w *work) awaitUntrained(all []document, c changes) {
	done := c.newIDs()
	for _, d := range all {
		if id := w.ids[d.key]; id != "" && !done[d.key] {
			w.training[id] = newTraining(d)
		}
	}
}

// idle reports whether there was nothing to do.
func (w *work) idle(c changes) bool {
	return c.none() && len(w.training) == 0 && len(w.failed) == 0 && len(w.remaining) == 0
}

// withoutKeys returns the keys that a map does not have.
func withoutKeys(keys []string, in map[string]string) []string {
	return slices.DeleteFunc(keys, func(key string) bool { _, found := in[key]; return found })
}

// reasons returns the reasons of up to maxNamed documents, and what the user can do about them.
func (w *work) reasons() string {
	var all []string
	for _, key := range base.SortedKeys(w.failed) {
		all = append(all, fmt.Sprintf("- %s: %s.", w.names.of(key), strings.TrimSuffix(w.failed[key], ".")))
	}
	all = append(all, w.remaining...)
	text := "\n\n" + strings.Join(all[:min(len(all), maxNamed)], "\n")
	if rest := len(all) - maxNamed; rest > 0 {
		text += fmt.Sprintf("\n- and %d more", rest)
	}
	return strings.Join(append([]string{text}, w.advice...), "\n\n")
}

// warn warns of the documents that are not trained after a create, and of documents that had no source for a while.
func (w *work) warn(m model, total int, diags *diag.Diagnostics) {
	if len(w.failed) > 0 {
		diags.AddWarning("Sources not trained", fmt.Sprintf("Knowledge base %s: %d of %d sources are not trained. The next apply continues with these only.%s", m.object(), len(w.failed), total, w.reasons()))
	}
	w.warnGaps(m, diags)
}

// warnGaps warns of documents whose old source was deleted before the new one was trained.
func (w *work) warnGaps(m model, diags *diag.Diagnostics) {
	if len(w.gaps) > 0 {
		diags.AddWarning("Documents were missing for a while", fmt.Sprintf("Knowledge base %s: the service allows no second source with the same content or question, so the old source was deleted before the new one was trained: %s. The chatbot did not know these documents in between.",
			m.object(), strings.Join(w.gaps[:min(len(w.gaps), maxNamed)], ", ")))
	}
}

// reportUpdate reports what an update could not do, and sets what the state has then.
func (w *work) reportUpdate(next *model, state model, diags *diag.Diagnostics) {
	w.warnGaps(*next, diags)
	if len(w.failed) == 0 && len(w.remaining) == 0 {
		clear(w.left.Retrained) // the state has the new triggers
		return
	}
	next.Content, next.ContentSHA256 = base.StringMapValue(w.content), types.StringValue(hashOfAll(w.content))
	if w.trigger != "" {
		next.RetrainTriggers = state.RetrainTriggers
	}
	next.Trained = types.BoolValue(false)
	diags.AddError("Unable to update knowledge base", fmt.Sprintf("Knowledge base %s: %s. What was done is in the state, and the next apply continues with the rest.%s",
		next.object(), w.counts(), w.reasons()))
}

// counts returns how many documents failed, and how many old sources remain.
func (w *work) counts() string {
	switch {
	case len(w.remaining) == 0:
		return base.Count(len(w.failed), "document") + " failed"
	case len(w.failed) == 0:
		return base.Count(len(w.remaining), "old source") + " could not be deleted"
	}
	return fmt.Sprintf("%s failed, and %s could not be deleted", base.Count(len(w.failed), "document"), base.Count(len(w.remaining), "old source"))
}
