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

// How much of a question and of an answer an error repeats, in bytes.
const (
	maxLine     = 80
	maxReceived = 2000
)

// askFailed reports a question that was not taken, or got no proper answer.
func (m *resourceModel) askFailed(err error, diags *diag.Diagnostics) {
	if asked, ok := errors.AsType[*hub.AskError](err); ok {
		m.noAnswer(asked, diags)
		return
	}
	if hub.IsGone(err) {
		noSession(m.SessionID, diags)
		return
	}
	f := m.failure("send")
	if refusal := hub.AsError(err); refusal != nil {
		switch refusal.Status {
		case http.StatusNotFound, http.StatusConflict: // the session itself can still be read
			diags.AddAttributeError(path.Root("session_id"), "Session has ended",
				fmt.Sprintf("The session %s exists but takes no more questions: %s. Nothing was asked. Make a new session in its place, with the address of its resource for NAME:\n\n"+
					"  terraform apply -replace=aichatbothub_session.NAME\n\nAll messages of the session are asked anew then.", m.SessionID.ValueString(), strings.TrimSuffix(err.Error(), ".")))
			return
		case http.StatusBadRequest, http.StatusForbidden:
			f.Next = "The question was not taken. Out of message credits, or out of what the plan of the account allows, looks like this. So may a session that has ended; " +
				"terraform apply -replace=aichatbothub_session.NAME makes a new one in its place."
		}
	}
	f.Report(diags, err)
}

// noSession reports, at the attribute that names it, a session that is not there.
func noSession(session types.String, diags *diag.Diagnostics) {
	diags.AddAttributeError(path.Root("session_id"), "Session not found",
		fmt.Sprintf("The session %s does not exist, or not any more. If this configuration has the session as a resource, the next plan makes it anew, with all its messages: apply again. "+
			"Otherwise check the id, and that the API key is of the account that the session belongs to.", session.ValueString()))
}

// noAnswer reports a question that the service took, or may have taken, and did not answer properly.
func (m *resourceModel) noAnswer(asked *hub.AskError, diags *diag.Diagnostics) {
	received := "Nothing was received of the answer."
	if asked.Received != "" {
		received = fmt.Sprintf("This was received of the answer (%d bytes):\n\n%s", len(asked.Received), cut(asked.Received, maxReceived))
	}
	diags.AddAttributeError(path.Root("query"), "No proper answer", fmt.Sprintf(
		"Message %s: %s.\n\n%s\n\nThe question was not sent again: each answer costs credits, and this one may have cost some. %s",
		m.object(), strings.TrimSuffix(asked.Reason, "."), received, m.next(asked)))
}

// next says what to do about a question without a proper answer.
func (m *resourceModel) next(asked *hub.AskError) string {
	session := m.SessionID.ValueString()
	switch {
	case asked.ID != "":
		return fmt.Sprintf("The service keeps it as message %s, and the resource is tainted: the next apply deletes that message and asks again. "+
			"To keep it as it is instead, run terraform untaint on the resource.", asked.ID)
	case len(asked.Candidates) > 0:
		var lines []string
		for _, id := range asked.Candidates {
			lines = append(lines, "  "+string(id))
		}
		return fmt.Sprintf("It cannot be told which of these messages is its own, so none was taken over:\n\n%s\n\n"+
			"Compare them in the web app or with the data source aichatbothub_messages. To keep one, import it (NAME is the name of this resource); without that, the next apply asks again. "+
			"Delete in the web app what nobody needs.\n\n%s",
			strings.Join(lines, "\n"), base.ImportBlock("aichatbothub_message", session, string(asked.Candidates[0])))
	case !asked.Since.IsZero():
		return "The resource is in the state without an id, and tainted: the next plan looks for the message, and the next apply deletes it and asks again. " +
			"To keep it as it is instead, run terraform untaint on the resource before."
	}
	return fmt.Sprintf("The next apply asks again. If the answer got into the session after all, you can keep it instead: look for it in the web app or with the data source aichatbothub_messages, "+
		"and import it (NAME is the name of this resource):\n\n%s", base.ImportBlock("aichatbothub_message", session, "MESSAGE"))
}

// warnOfLength says that the answer ends in the middle.
func (m *resourceModel) warnOfLength(diags *diag.Diagnostics) {
	if m.FinishReason.ValueString() == hub.FinishLength {
		diags.AddAttributeWarning(path.Root("query"), "Answer cut short",
			fmt.Sprintf("Message %s: the answer was longer than the service lets it be, so the end of response is missing (finish_reason is %q). "+
				"Ask for a shorter answer, in the question or in the prompt of the agent.", m.object(), hub.FinishLength))
	}
}

// line is the first line of a question, short enough for an error.
func line(query types.String) string {
	first, rest, _ := strings.Cut(strings.TrimSpace(query.ValueString()), "\n")
	if first = strings.TrimSpace(first); rest != "" || len(first) > maxLine {
		first = head(first, maxLine) + "…"
	}
	return first
}

// cut shortens a text to n bytes and says so.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	short := head(text, n)
	return fmt.Sprintf("%s…\n\n(%d more bytes)", short, len(text)-len(short))
}

// head is the first n bytes of a text, less where a character would be split.
func head(text string, n int) string {
	n = min(n, len(text))
	for n > 0 && n < len(text) && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
