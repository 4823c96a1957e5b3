package toolfunction

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// outgoing is what a request says about headers.
type outgoing struct {
	headers *hub.Headers      // all of them; nil sends none, and the service keeps what it has
	hidden  map[string]string // those of them that nobody may see
	record  *record           // of the secrets after the request
}

// outgoing decides what an update says about headers. With secrets in the configuration, the service gets exactly those and the visible
// ones, when either differ from what it has. Without, the hidden ones that it has are sent along with changed visible ones: an update
// replaces headers whole.
func (r *Resource) outgoing(ctx context.Context, state, plan, config *resourceModel, rec *record, diags *diag.Diagnostics) outgoing {
	out := outgoing{hidden: texts(config.SecretHeaders), record: rec}
	visible, same := texts(plan.Headers), sameHeaders(plan.Headers, state.Headers)
	var err error
	switch {
	case config.SecretHeaders.IsNull() && same:
		return out
	case config.SecretHeaders.IsNull():
		if out.hidden = r.hiddenAtService(ctx, state, rec, diags); diags.HasError() {
			return out
		}
		maps.DeleteFunc(out.hidden, func(name, _ string) bool { return has(visible, name) })
		out.record = rec.without(visible)
	default:
		reasons := r.secretChanges(ctx, state, plan, config.SecretHeaders, rec)
		if out.record, err = newRecord(out.hidden); err != nil {
			diags.AddError("Unable to hash secret headers", err.Error())
			return out
		}
		if same && len(reasons) == 0 {
			return out
		}
	}
	out.headers = new(merge(visible, out.hidden))
	return out
}

// hiddenAtService reads the hidden headers that the service has.
func (r *Resource) hiddenAtService(ctx context.Context, state *resourceModel, rec *record, diags *diag.Diagnostics) map[string]string {
	f, err := r.Hub.ToolFunction(ctx, state.chatbot(), state.agent(), state.hubID())
	switch {
	case err != nil:
		state.failure("update", nil).Report(diags, err)
		return nil
	case f.Headers == nil:
		diags.AddAttributeError(path.Root("headers"), "Unable to update tool function",
			fmt.Sprintf("Tool function %s: an update of headers replaces all of them, and the service does not show which secret ones there are, so they could not be kept. "+
				"Write secret_headers_wo into the configuration, {} for none.", state.object()))
		return nil
	}
	_, hidden := split(f.Headers, texts(state.Headers), rec)
	return hidden
}

// checkSecrets notes where an answer shows other hidden headers than were sent.
func (o *outgoing) checkSecrets(answer hub.Headers, refusals *base.NotApplied) {
	if o.headers == nil || answer == nil {
		return
	}
	for name, value := range o.hidden {
		if at, ok := find(answer, name); !ok || answer[at] != value {
			refusals.Add("secret_headers_wo")
			return
		}
	}
}

// redactions are the texts that no error may repeat: the values of secrets, and what follows the scheme in "Bearer abc", because an
// answer could quote that alone. A rest of a few letters is none: taking it out would leave other words in pieces.
func redactions(secrets ...map[string]string) []string {
	var out []string
	for _, headers := range secrets {
		for _, value := range headers {
			out = append(out, value)
			if _, rest, _ := strings.Cut(value, " "); len(strings.TrimSpace(rest)) >= 6 {
				out = append(out, strings.TrimSpace(rest))
			}
		}
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) }) // a part after the whole
	return out
}

// firstHeaders is what a create says about headers: all there are.
func firstHeaders(plan, config *resourceModel, diags *diag.Diagnostics) outgoing {
	out := outgoing{hidden: texts(config.SecretHeaders)}
	out.headers = new(merge(texts(plan.Headers), out.hidden))
	if !config.SecretHeaders.IsNull() {
		var err error
		if out.record, err = newRecord(out.hidden); err != nil {
			diags.AddError("Unable to hash secret headers", err.Error())
		}
	}
	return out
}
