package answertest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// result sets the computed attributes after an apply. A case that could not be measured has no answer, so that the next apply asks it.
func (m *model) result(w *run) {
	answers, missed := w.prior, map[string]string{}
	measured := true
	for _, v := range w.cases {
		switch {
		case v.err != nil:
			measured = false
			continue
		case v.missed(w.tries):
			missed[v.name] = strings.Join(v.problems, "; ")
		}
		answers[v.name] = v.answer
	}
	w.keepRemaining()
	m.Answers, m.Missed, m.Sessions = base.StringMapValue(answers), base.StringMapValue(missed), base.StringMapValue(w.kept)
	m.Passed = types.BoolValue(measured && len(missed) == 0)
}

// report reports the cases that missed or could not be measured, and what was left at the service.
func (w *run) report(diags *diag.Diagnostics) {
	w.reportMisses(diags)
	w.reportNotMeasured(diags)
	if len(w.unknown) > 0 {
		slices.Sort(w.unknown)
		quoted := make([]string, 0, len(w.unknown))
		for _, name := range w.unknown {
			quoted = append(quoted, base.Quote(name))
		}
		diags.AddWarning("Cited source not found", fmt.Sprintf("Answer test %s: the chatbot has no source with this id, title, file name or address: %s. No answer can cite it. Correct the name, or add the source. "+
			"A knowledge base uploads the file a/b.md as a-b.md.", w.plan.object(), strings.Join(quoted, ", ")))
	}
	w.reportRemaining(diags)
}

// reportRemaining reports the sessions that could not be deleted. It is one warning, because Terraform shows only the first of several with the same
// summary.
func (w *run) reportRemaining(diags *diag.Diagnostics) {
	if len(w.remaining) == 0 {
		return
	}
	lines := make([]string, 0, len(w.remaining))
	for _, s := range w.remaining {
		where := "in the state"
		if w.kept[s.name] != s.id {
			where = "not in the state"
		}
		lines = append(lines, fmt.Sprintf("  %s: %s, %s", base.Quote(s.name), s.id, where))
	}
	slices.Sort(lines)
	diags.AddWarning("Session not deleted", fmt.Sprintf("Answer test %s: %s could not be deleted: %s.\n\n%s\n\n"+
		"Those in the state are deleted when the case is asked again, or when the answer test is destroyed. Delete the others in the web app.",
		w.plan.object(), base.Count(len(lines), "session"), strings.TrimSuffix(w.remaining[0].err.Error(), "."), strings.Join(lines, "\n")))
}

// reportMisses reports the cases that missed: an error for each, or one warning for all, because Terraform shows only the first of several warnings with
// the same summary. Terraform shows the line of an element of a map.
func (w *run) reportMisses(diags *diag.Diagnostics) {
	var texts []string
	for _, v := range w.cases {
		switch {
		case !v.missed(w.tries):
		case w.plan.missIsError():
			diags.AddAttributeError(path.Root("cases").AtMapKey(v.name), "Answer test missed", w.describeMiss(v))
		default:
			texts = append(texts, w.describeMiss(v))
		}
	}
	if len(texts) > 0 {
		diags.AddWarning("Answer test missed", strings.Join(texts, "\n\n"))
	}
}

// describeMiss describes a case that missed. Unlike other diagnostics it shows the question and the answer, which are its subject.
func (w *run) describeMiss(v *verdict) string {
	var questions []string
	for i, question := range v.ask {
		if len(v.ask) > 1 {
			question = fmt.Sprintf("%d. %s", i+1, question)
		}
		questions = append(questions, cut(printable(question), maxAnswer))
	}
	problems := make([]string, 0, len(v.problems))
	for _, problem := range v.problems {
		problems = append(problems, w.Hub.Redact(problem)+".")
	}
	label := "Question"
	if len(v.ask) > 1 {
		label = "Questions"
	}
	return fmt.Sprintf("Case %s: %d of %s passed.\n\n%s:\n%s\n\nAnswer:\n%s\n\nWhat is wrong:\n%s\n\nThe session %s of chatbot %s is kept, so that its transcript can be read in the web app.\n\n%s",
		base.Quote(v.name), v.passes, tries(v.tried()), label, indented(strings.Join(questions, "\n")), indented(cut(printable(w.Hub.Redact(strings.TrimSpace(v.answer))), maxAnswer)),
		indented(strings.Join(problems, "\n")), v.session, w.plan.ChatbotID.ValueString(), w.afterwards())
}

// tries returns a number of tries in words.
func tries(n int) string {
	if n == 1 {
		return "1 try"
	}
	return fmt.Sprintf("%d tries", n)
}

// afterwards says what a miss holds back, what to do, and what the next apply does.
func (w *run) afterwards() string {
	text := "Correct the prompt, the documents or the case, and apply again. "
	if w.plan.missIsError() {
		text = "Terraform creates and updates nothing that depends on the answer test. " + text
		if w.state.ID.IsNull() {
			return text + "The answer test is in the state and tainted, because its create ended with an error. The next apply replaces it and asks all cases again, which changes nothing of the chatbot."
		}
	}
	return text + "The next apply asks the case again."
}

// reportNotMeasured reports the cases without an answer that could be judged, by reason.
func (w *run) reportNotMeasured(diags *diag.Diagnostics) {
	byReason := map[string][]string{}
	var advice []string
	for _, v := range w.cases {
		if v.err == nil {
			continue
		}
		reason := reasonFor(v.err)
		byReason[reason] = append(byReason[reason], base.Quote(v.name))
		if text := adviceFor(v.err); text != "" && !slices.Contains(advice, text) {
			advice = append(advice, text)
		}
		if errors.Is(v.err, errNoChatbot) {
			base.NoChatbot(diags, path.Root("chatbot_id"), w.plan.ChatbotID.ValueString())
			return
		}
	}
	if len(byReason) == 0 {
		return
	}
	var lines []string
	for _, reason := range base.SortedKeys(byReason) {
		lines = append(lines, fmt.Sprintf("- %s: %s.", strings.Join(byReason[reason], ", "), reason))
	}
	diags.AddError("Answer test not measured", strings.Join(append([]string{
		fmt.Sprintf("Answer test %s: these cases have neither passed nor missed, because the service gave no complete answer:\n\n%s", w.plan.object(), strings.Join(lines, "\n")),
		"The questions of these cases were not sent again, because each answer costs credits and a lost one may already have cost some. " + w.afterNotMeasured()}, advice...), "\n\n"))
}

// afterNotMeasured says what the next apply does.
func (w *run) afterNotMeasured() string {
	if w.state.ID.IsNull() {
		return "The next apply asks all cases, because the create of the answer test ended with an error."
	}
	return "The answers to the other cases are in the state, and the next apply asks these cases."
}

// reasonFor returns why a case could not be measured.
func reasonFor(err error) string {
	reason := strings.TrimSuffix(err.Error(), ".")
	if errors.Is(err, context.Canceled) {
		reason = "the run was interrupted"
	}
	open, _ := errors.AsType[*openError](err)
	notAsked, _ := errors.AsType[*notAskedError](err)
	lost, _ := errors.AsType[*hub.LostError](err)
	none := notAsked != nil || lost != nil && len(lost.Candidates) == 0 // the service lists no new session
	if open != nil && !none && (hub.IsAmbiguous(err) || errors.Is(err, context.Canceled)) {
		reason += ". A session without messages may have been created: look for it in the web app"
	}
	return reason
}

// adviceFor returns what the user can do about the reason.
func adviceFor(err error) string {
	if errors.Is(err, context.Canceled) {
		return "" // the reason says it
	}
	if isRefused(err) && !hub.IsBlocked(err) {
		return "The service refused the question. The account may have no message credits left, or its plan may not allow the request."
	}
	return base.Advice(err)
}
