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

// Failure says what was being done to which object when the service or the way to it failed.
type Failure struct {
	Doing  string // "create", "read", "update", "delete" or "list"
	Noun   string // "chatbot"
	Object string // which one, for people: `"Support" (43474da7…)`; may be empty
	// Attribute finds the attribute of a body's field, such as ["rate_limit", "0"]; nil when there is none to blame.
	Attribute func(loc []string) (path.Path, bool)
	// Import is the type of the resource and what stands before the id in its import id. A create needs it: it may have made something
	// that it cannot be sure of.
	Import []string
	// Next is what to do next where it is more special than what the kind of error suggests.
	Next string
}

// Report writes err as a small letter: what failed, which one, the service's own words, what to do next. Problems that name a field
// of the body stand at its attribute.
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
	if next == "" {
		next = f.advice(err)
	}
	diags.AddError(summary, strings.TrimSpace(fmt.Sprintf("%s: %s.\n\n%s", subject, strings.TrimSuffix(err.Error(), "."), next)))
}

// atAttributes reports the fields of a 422 at their attributes. It says whether all of them had one.
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
		diags.AddAttributeError(visible(p), summary, fmt.Sprintf("%s: the service refused %s (%d): %s. Correct the value and apply again.",
			subject, p, e.Status, strings.TrimSuffix(field.Msg, ".")))
	}
	return true
}

// visible is the attribute whose line Terraform can show: it points at the whole resource for a path into a nested attribute.
func visible(p path.Path) path.Path {
	if name, ok := p.Steps()[0].(path.PathStepAttributeName); ok {
		return path.Root(string(name))
	}
	return p
}

// advice is what to do next, from the kind of error.
func (f Failure) advice(err error) string {
	var answer *hub.AnswerError
	e := hub.AsError(err)
	if lost, ok := errors.AsType[*hub.LostError](err); ok && f.Doing == "create" {
		return f.lost(lost)
	}
	switch {
	case errors.Is(err, context.Canceled):
		return f.unsure(err, "The run was interrupted.")
	case hub.IsUnauthorized(err):
		return "The API key was refused. Check api_key in the provider block or AICHATBOTHUB_API_KEY: it must be a key of this deployment, made in the account settings of the web app, without \"Bearer\" in front."
	case hub.IsThrottled(err):
		return "The service asks for fewer requests. Set requests_per_minute in the provider block, or run Terraform with a smaller -parallelism, and apply again."
	case errors.As(err, &answer) && answer.HTML:
		return "Check base_url: it must be the address of an AI Chatbot Hub (or GPT-trainer) deployment, such as " + hub.DefaultBaseURL + ". A proxy or a login page in front of it looks the same."
	case e != nil && e.Status == http.StatusForbidden:
		return "The service refuses this to the key. Limits of the plan look like this, and so do objects of another account."
	case e != nil && e.Status < http.StatusInternalServerError:
		return ""
	case e != nil:
		return f.unsure(err, "The service is in trouble. Apply again later.")
	case answer != nil:
		return f.unsure(err, "If this repeats, the deployment behind base_url may be a version this provider does not know; please report it.")
	}
	return f.unsure(err, "Check the network and base_url. If the service is only slow, raise request_timeout in the provider block.")
}

// unsure adds, for a create whose answer was lost, that the object may exist: applying again could make a second one.
func (f Failure) unsure(err error, advice string) string {
	if f.Doing != "create" || !hub.IsAmbiguous(err) {
		return advice
	}
	return advice + fmt.Sprintf(" It is not known whether the %s was created. Look for it in the web app before applying again: import it or delete it there if it exists, or there will be two.", f.Noun)
}

// lost is what to do about a create of which the lists do not tell what became of it.
func (f Failure) lost(err *hub.LostError) string {
	if len(err.Candidates) == 0 {
		f.Doing = "" // there is no doubt whether it was done
		return f.advice(err)
	}
	next := fmt.Sprintf("Look at what is new in the web app before applying again. If it is the %s of this configuration, ", f.Noun)
	if len(f.Import) > 0 {
		return next + fmt.Sprintf("import it (NAME is the name of this resource, and the id one of those above), otherwise leave it. If nobody needs it, delete it there:\n\n%s",
			ImportBlock(f.Import[0], append(slices.Clone(f.Import[1:]), string(err.Candidates[0]))...))
	}
	return next + "import it; if nobody needs it, delete it there."
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

// NoChatbot reports, at the attribute that names it, a chatbot that is not there.
func NoChatbot(diags *diag.Diagnostics, at path.Path, id string) {
	diags.AddAttributeError(at, "Chatbot not found",
		fmt.Sprintf("The account has no chatbot with the id %s. Check the id, and that the API key is of the account that the chatbot belongs to.", id))
}
