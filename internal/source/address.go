package source

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/managed"
)

// sameLink reports whether two reference_source_link are equal. They are addresses, which the service may write in another form.
func sameLink(a, b string) bool { return hub.SameText(a, b) || hub.SameAddress(a, b) }

// linkOrPrior returns the link of a response, or the prior one where the response has none or an equal one.
func linkOrPrior(answer string, prior types.String) types.String {
	if answer != "" && !prior.IsNull() && !prior.IsUnknown() && sameLink(answer, prior.ValueString()) {
		return prior
	}
	return base.NonEmptyOrPrior(answer, prior)
}

// planAddresses plans the prior value of an address where the configured one is equal, and returns the attributes that replace the source.
// The framework applies semantic equality to answers, not to plans.
func (m *resourceModel) planAddresses(state, config resourceModel) (replacing path.Paths) {
	switch {
	case m.URL.Equal(state.URL) || m.recordsURL(state):
	case hasValue(m.URL) && hasValue(state.URL) && hub.SameAddress(m.URL.ValueString(), state.URL.ValueString()):
		m.URL = state.URL
	default:
		replacing = append(replacing, path.Root("url"))
	}
	switch link := m.ReferenceSourceLink; {
	case config.ReferenceSourceLink.IsNull(): // not managed: whatever the service has is kept
		m.ReferenceSourceLink = state.ReferenceSourceLink
	case link.Equal(state.ReferenceSourceLink) || state.ReferenceSourceLink.IsNull():
	case hasValue(link) && sameLink(link.ValueString(), state.ReferenceSourceLink.ValueString()):
		m.ReferenceSourceLink = state.ReferenceSourceLink
	default:
		replacing = append(replacing, path.Root("reference_source_link"))
	}
	return replacing
}

// recordsURL reports whether the plan only stores the url of a source. After the import of a web page whose type and file name do not show
// that it is one, the state has a file with the address as its name.
func (m *resourceModel) recordsURL(state resourceModel) bool {
	return hasValue(m.URL) && state.URL.IsNull() && state.QA.IsNull() && state.ContentSHA256.IsNull() && hub.SameAddress(m.URL.ValueString(), state.FileName.ValueString())
}

// hasValue reports whether a value is known and not null.
func hasValue(v types.String) bool { return !v.IsNull() && !v.IsUnknown() }

// useAddress warns that another resource plans a web page with an equal address for the same chatbot, which the service may refuse
// (api.md §3). url is the address as the configuration has it, which tells resources apart: two resources with the same text are not noticed.
// The warning has no attribute, because Terraform would show the line with the address, which can contain a secret.
func (r *Resource) useAddress(plan resourceModel, url types.String, creates bool, diags *diag.Diagnostics) {
	if r.Managed == nil || !hasValue(url) || plan.ChatbotID.IsUnknown() {
		return
	}
	name := managed.Name{Chatbot: plan.chatbot(), Name: hub.NormalAddress(url.ValueString())}
	if r.Managed.Names.Use(name, url.ValueString(), creates) == "" {
		return
	}
	diags.AddWarning("Duplicate address",
		fmt.Sprintf("Two sources of chatbot %s have the address %s, written in two forms. They differ for example in a slash at the end. "+
			"The service may treat them as one web page, and then refuses the second source. Remove one of the two resources.", plan.ChatbotID.ValueString(), base.Quote(url.ValueString())))
}
