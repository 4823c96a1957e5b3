package base

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Failure describes an operation on an object that failed.
type Failure struct {
	Doing  string // "create", "read", "update", "delete" or "list"
	Noun   string // "chatbot"
	Object string // which one, as shown to the user: `"Support" (43474da7…)`; may be empty
	// Attribute finds the attribute of a body's field, such as ["rate_limit", "0"]; nil when no attribute is the cause.
	Attribute func(loc []string) (path.Path, bool)
	// Import is the type of the resource and what stands before the id in its import id. A create needs it, because it may have
	// created an object that it cannot identify.
	Import []string
	// Next is what to do next where it is more specific than the advice for the kind of error. It is left out if the service did not answer
	// (hub.IsBlocked) or the run was interrupted.
	Next string
	// Done is what the operation did before it failed, with what that means for the next apply, such as Tainted.
	Done string
}

// Tainted is Failure.Done of a create that made its object and failed afterwards. noun is the name of the object.
func Tainted(noun string) string {
	return fmt.Sprintf("The %s exists. It is in the state and tainted, because its create did not finish, so the next apply replaces it. "+
		"To keep it, run \"terraform untaint\" before the next apply, which then does the rest as an update.", noun)
}

// Report adds err as an error: what failed, for which object, the service's message, and what to do next. An error that names a field of
// the body is added at the attribute.
func (f Failure) Report(diags *diag.Diagnostics, err error) {
	summary := fmt.Sprintf("Unable to %s %s", f.Doing, f.Noun)
	subject := capitalized(f.Noun)
	if f.Object != "" {
		subject += " " + f.Object
	}
	if e := hub.AsError(err); e != nil && f.Attribute != nil && f.atAttributes(diags, e, summary, subject) {
		return
	}
	next := f.Next
	switch {
	case next == "":
		next = f.advice(err)
	case hub.IsBlocked(err), errors.Is(err, context.Canceled):
		next = Advice(err) // Next explains answers of the service
	}
	diags.AddError(summary, f.withDone(fmt.Sprintf("%s: %s.\n\n%s", subject, strings.TrimSuffix(ErrorText(err), "."), next)))
}

// withDone appends Done to a detail.
func (f Failure) withDone(detail string) string {
	return strings.TrimSpace(strings.TrimSpace(detail) + "\n\n" + f.Done)
}

// atAttributes reports the fields of a 422 at their attributes. It does so only if all of them have one, and returns whether it did.
func (f Failure) atAttributes(diags *diag.Diagnostics, e *hub.Error, summary, subject string) bool {
	if len(e.Fields) == 0 {
		return false
	}
	for _, field := range e.Fields {
		if _, ok := f.Attribute(field.Loc); !ok {
			return false
		}
	}
	for _, field := range e.Fields {
		p, _ := f.Attribute(field.Loc)
		diags.AddAttributeError(visible(p), summary, f.withDone(fmt.Sprintf("%s: the service refused %s (%d): %s. Correct the value, and apply again.",
			subject, describePath(p), e.Status, strings.TrimSuffix(field.Msg, "."))))
	}
	return true
}

// visible returns the root attribute of a path. Terraform shows the line of a root attribute, but not of a nested one.
func visible(p path.Path) path.Path {
	if name, ok := p.Steps()[0].(path.PathStepAttributeName); ok {
		return path.Root(string(name))
	}
	return p
}

// advice returns what the user can do about an error.
func (f Failure) advice(err error) string {
	if f.Doing != "create" {
		return Advice(err)
	}
	if lost, ok := errors.AsType[*hub.LostError](err); ok && len(lost.Candidates) > 0 {
		return f.lost(lost)
	} else if ok {
		return Advice(err) // the object does not exist
	}
	if e := hub.AsError(err); e != nil && e.Status == http.StatusConflict {
		return "The service refused the create because of an object that exists already, and does not say which one. Look for it in the web app. Then import it, or delete it there and apply again."
	}
	if answer, ok := errors.AsType[*hub.AnswerError](err); hub.IsAmbiguous(err) && !(ok && answer.HTML) {
		return fmt.Sprintf("%s It is not known whether the %s was created. Look for it in the web app before the next apply. If it exists, import it or delete it there: the next apply would create a second one.",
			Advice(err), f.Noun)
	}
	return Advice(err)
}

// lost returns the advice for a create whose answer was lost, where one of several new objects may be its own.
func (f Failure) lost(err *hub.LostError) string {
	next := fmt.Sprintf("Look at the new objects in the web app before the next apply, and delete those that are not needed. If one of them is the %s of this configuration, import it", f.Noun)
	if len(f.Import) == 0 {
		return next + "."
	}
	return next + ". NAME is the name of this resource, and the last id is that of the object:\n\n" +
		ImportBlock(f.Import[0], append(slices.Clone(f.Import[1:]), string(err.Candidates[0]))...)
}

// ReportList reports that objects could not be listed. chatbot is the chatbot whose objects these are, or empty when the chatbots
// themselves could not be listed.
func (f Failure) ReportList(diags *diag.Diagnostics, chatbot hub.ID, err error) {
	switch {
	case chatbot == "":
		Failure{Doing: "list", Noun: "chatbots"}.Report(diags, err)
	case hub.IsGone(err):
		NoChatbot(diags, path.Root("chatbot_id"), string(chatbot))
	default:
		f.Object = "of chatbot " + string(chatbot)
		f.Report(diags, err)
	}
}

// capitalized returns a noun with an upper case first letter.
func capitalized(noun string) string { return strings.ToUpper(noun[:1]) + noun[1:] }

// CheckID says what to do about the id of an object that does not exist.
func CheckID(noun string) string {
	return fmt.Sprintf("Check the id, and that the API key belongs to the account of the %s.", noun)
}

// NoChatbot reports that a chatbot does not exist, at the attribute that has its id.
func NoChatbot(diags *diag.Diagnostics, at path.Path, id string) {
	diags.AddAttributeError(at, "Chatbot not found",
		fmt.Sprintf("The account has no chatbot with the id %s. It may have been deleted. %s", id, CheckID("chatbot")))
}
