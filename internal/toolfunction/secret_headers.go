package toolfunction

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// headerUpdate is the part of a request that concerns headers.
type headerUpdate struct {
	headers *hub.Headers      // all headers; nil sends none, and the service keeps what it has
	secret  map[string]string // those of them that are secret
	hashes  *secretHashes     // of the secret headers after the request
}

// createHeaders returns the headers of a create request.
func createHeaders(plan, config *resourceModel, diags *diag.Diagnostics) headerUpdate {
	update := headerUpdate{secret: stringMap(config.SecretHeaders)}
	update.headers = new(mergeHeaders(stringMap(plan.Headers), update.secret))
	if !config.SecretHeaders.IsNull() {
		update.rehash(diags)
	}
	return update
}

// updateHeaders returns the headers of an update request. An update replaces all headers. When the configuration has secret headers, the
// request has exactly those and the visible ones, provided that any of them differs from the service. Otherwise the secret headers of the
// service are read and sent back together with changed visible ones.
func (r *Resource) updateHeaders(ctx context.Context, state, plan, config *resourceModel, hashes *secretHashes, diags *diag.Diagnostics) headerUpdate {
	update := headerUpdate{secret: stringMap(config.SecretHeaders), hashes: hashes}
	visible, same := stringMap(plan.Headers), sameHeaders(plan.Headers, state.Headers)
	switch {
	case config.SecretHeaders.IsNull() && same:
		return update
	case config.SecretHeaders.IsNull():
		update.secret = r.readSecretHeaders(ctx, state, hashes, diags)
		maps.DeleteFunc(update.secret, func(name, _ string) bool { return hasHeader(visible, name) })
		update.hashes = hashes.without(visible)
	default:
		reasons := r.secretChanges(ctx, state, plan, config.SecretHeaders, hashes)
		update.rehash(diags)
		if same && len(reasons) == 0 {
			return update
		}
	}
	if !diags.HasError() {
		update.headers = new(mergeHeaders(visible, update.secret))
	}
	return update
}

// rehash computes the hashes of the secret headers.
func (u *headerUpdate) rehash(diags *diag.Diagnostics) {
	var err error
	if u.hashes, err = hashSecrets(u.secret); err != nil {
		diags.AddError("Unable to hash secret headers", fmt.Sprintf("The provider could not compute hashes of the secret headers, so it sent nothing: %s. "+
			"Without these hashes, later changes could not be detected. %s", err, hub.ReportIt))
	}
}

// readSecretHeaders reads the secret headers of the service.
func (r *Resource) readSecretHeaders(ctx context.Context, state *resourceModel, hashes *secretHashes, diags *diag.Diagnostics) map[string]string {
	f, err := r.Hub.ToolFunction(ctx, state.chatbot(), state.agent(), state.hubID(), "")
	switch {
	case err != nil:
		state.failure("update", nil).Report(diags, err)
		return nil
	case f.Headers == nil:
		diags.AddAttributeError(path.Root("headers"), "Unable to update tool function",
			fmt.Sprintf("Tool function %s: an update replaces all headers, and this deployment does not return the secret ones, so the update would remove them. Nothing was sent. "+
				"Add secret_headers_wo to the configuration with the secret headers that the tool function needs, or with {} if it needs none, and apply again.", state.object()))
		return nil
	}
	_, secret := splitHeaders(f.Headers, stringMap(state.Headers), hashes)
	return secret
}

// checkResponse records secret_headers_wo as not applied when a response has other secret headers than were sent.
func (u *headerUpdate) checkResponse(response hub.Headers, notApplied *base.NotApplied) {
	if u.headers == nil || response == nil {
		return
	}
	for name, value := range u.secret {
		if found, ok := findHeader(response, name); !ok || response[found] != value {
			notApplied.Add("secret_headers_wo")
			return
		}
	}
}
