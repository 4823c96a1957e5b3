package message

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// maxReceived is how much of an answer an error repeats, in bytes.
const maxReceived = 2000

// reportAskError reports a question that was refused or that got no complete answer.
func (m *resourceModel) reportAskError(err error, diags *diag.Diagnostics) {
	if asked, ok := errors.AsType[*hub.AskError](err); ok {
		m.reportNoAnswer(asked, diags)
		return
	}
	if hub.IsGone(err) {
		reportSessionNotFound(m.SessionID, diags)
		return
	}
	f := m.failure("send")
	if refusal := hub.AsError(err); refusal != nil && !refusal.HTML {
		switch refusal.Status {
		case http.StatusNotFound, http.StatusConflict: // the session itself can still be read
			diags.AddAttributeError(path.Root("session_id"), "Session has ended",
				fmt.Sprintf("Session %s exists, but accepts no more questions: %s. The question was not asked. Replace the session. NAME is the name of its resource:\n\n"+
					"  terraform apply -replace=aichatbothub_session.NAME\n\nThis asks the questions of all messages of the session again, which costs credits.", m.SessionID.ValueString(), strings.TrimSuffix(err.Error(), ".")))
			return
		case http.StatusBadRequest, http.StatusForbidden:
			f.Next = "The service refused the question. The account may have no message credits left, its plan may not allow the request, or the session may have ended. " +
				"To replace a session that has ended, run \"terraform apply -replace=aichatbothub_session.NAME\", where NAME is the name of its resource."
		}
	}
	f.Report(diags, err)
}

// reportSessionNotFound reports a session that does not exist, at the attribute that refers to it.
func reportSessionNotFound(session types.String, diags *diag.Diagnostics) {
	diags.AddAttributeError(path.Root("session_id"), "Session not found",
		fmt.Sprintf("The account has no session with the id %s. It may have been deleted. If this configuration manages it, the next apply creates the session and its messages again. Otherwise %s",
			session.ValueString(), "check"+strings.TrimPrefix(base.CheckID("session"), "Check")))
}

// reportNoAnswer reports a question that the service accepted, or may have accepted, and did not answer completely.
func (m *resourceModel) reportNoAnswer(asked *hub.AskError, diags *diag.Diagnostics) {
	received := "Nothing of the answer was received."
	if asked.Received != "" {
		received = fmt.Sprintf("This part of the answer was received (%d bytes):\n\n%s", len(asked.Received), truncate(asked.Received, maxReceived))
	}
	diags.AddAttributeError(path.Root("query"), "No complete answer", fmt.Sprintf(
		"Message %s: %s.\n\n%s\n\nThe question was not sent again, because each answer costs credits and this one may already have cost some. %s",
		m.object(), strings.TrimSuffix(asked.Reason, "."), received, blockedAdvice(asked)+m.noAnswerAdvice(asked)))
}

// blockedAdvice returns what to do first if the service itself did not answer, or "".
func blockedAdvice(asked *hub.AskError) string {
	if hub.IsBlocked(asked) {
		return base.Advice(asked) + " "
	}
	return ""
}

// noAnswerAdvice returns what to do about a question without a complete answer.
func (m *resourceModel) noAnswerAdvice(asked *hub.AskError) string {
	session := m.SessionID.ValueString()
	switch {
	case asked.ID != "":
		return fmt.Sprintf("The service stored it as message %s, and the resource is tainted: the next apply deletes that message and asks again. "+
			"To keep the message as it is, run \"terraform untaint\" before the next apply.", asked.ID)
	case len(asked.Candidates) > 0:
		return fmt.Sprintf("Any of these messages could be the one of this resource, so none was taken into the state:\n\n%s\n\n"+
			"Compare them in the web app or with the data source aichatbothub_messages, and delete those that are not needed. To keep one, import it. Otherwise the next apply asks again. "+
			"NAME is the name of this resource, and the last id is that of the message:\n\n%s",
			idLines(asked.Candidates), base.ImportBlock("aichatbothub_message", session, string(asked.Candidates[0])))
	case !asked.Since.IsZero():
		return "The resource is in the state without an id, and tainted: the next plan looks for the message, and the next apply deletes it and asks again. " +
			"To keep the message as it is, run \"terraform untaint\" before the next apply."
	}
	return fmt.Sprintf("The next apply asks again. The answer can still have arrived: look for the message in the web app or with the data source aichatbothub_messages. "+
		"To keep it, import it. NAME is the name of this resource, and MESSAGE the id of the message:\n\n%s", base.ImportBlock("aichatbothub_message", session, "MESSAGE"))
}

// reportAmbiguous reports that several messages could be the one of this resource.
func (m *resourceModel) reportAmbiguous(asked *hub.AskError, diags *diag.Diagnostics) {
	diags.AddError("Several messages found", fmt.Sprintf("Message %s: %s. Any of these messages could be the one of this resource:\n\n%s\n\n"+
		"Compare them in the web app or with the data source aichatbothub_messages, delete those that are not needed, and apply again.",
		m.object(), asked.Reason, idLines(asked.Candidates)))
}

// warnIfTruncated warns when the service ended the answer at its length limit.
func (m *resourceModel) warnIfTruncated(diags *diag.Diagnostics) {
	if m.FinishReason.ValueString() == hub.FinishLength {
		diags.AddAttributeWarning(path.Root("query"), "Answer truncated",
			fmt.Sprintf("Message %s: the answer reached the length limit of the service, so the end of response is missing (finish_reason is %q). "+
				"Ask for a shorter answer in the question or in the prompt of the agent.", m.object(), hub.FinishLength))
	}
}

// idLines formats ids, one on a line.
func idLines(ids []hub.ID) string {
	lines := make([]string, 0, len(ids))
	for _, id := range ids {
		lines = append(lines, "  "+string(id))
	}
	return strings.Join(lines, "\n")
}

// truncate shortens text to n bytes and appends how many bytes are missing.
func truncate(text string, n int) string {
	if len(text) <= n {
		return text
	}
	short := prefix(text, n)
	return fmt.Sprintf("%s…\n\n(%d more bytes)", short, len(text)-len(short))
}

// prefix returns at most the first n bytes of text and never splits a character.
func prefix(text string, n int) string {
	n = min(n, len(text))
	for n > 0 && n < len(text) && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
