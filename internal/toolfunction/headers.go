package toolfunction

import (
	"context"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// fold is the form in which header names are compared.
func fold(name string) string { return strings.ToLower(name) }

// find gives the spelling under which headers have a name.
func find[V any](headers map[string]V, name string) (string, bool) {
	if _, ok := headers[name]; ok {
		return name, true
	}
	for other := range headers {
		if fold(other) == fold(name) {
			return other, true
		}
	}
	return "", false
}

// has says whether headers have a name in any spelling.
func has[V any](headers map[string]V, name string) bool {
	_, ok := find(headers, name)
	return ok
}

// split parts the headers that the service has into those that the state shows and the hidden ones. What the state has shown before
// stays shown, in the same spelling; otherwise names that look like credentials are hidden, and those that were configured as secret.
func split(all hub.Headers, shown map[string]string, rec *record) (visible, hidden map[string]string) {
	visible, hidden = map[string]string{}, map[string]string{}
	for name, value := range all {
		before, isShown := find(shown, name)
		_, taken := all[before]
		switch {
		case isShown && !taken:
			visible[before] = value
		case isShown:
			visible[name] = value
		case hub.CredentialHeader(name) || rec.has(name):
			hidden[name] = value
		default:
			visible[name] = value
		}
	}
	return visible, hidden
}

// merge puts visible and hidden headers, which have no name in common, together.
func merge(visible, hidden map[string]string) hub.Headers {
	all := hub.Headers{}
	maps.Copy(all, visible)
	maps.Copy(all, hidden)
	return all
}

// equalHeaders compares without the case of names.
func equalHeaders(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for name, value := range a {
		other, ok := find(b, name)
		if !ok || b[other] != value {
			return false
		}
	}
	return true
}

// sameHeaders says whether two values mean the same. Null and empty are one; what has unknown values is nothing's equal.
func sameHeaders(a, b types.Map) bool {
	return known(a) && known(b) && equalHeaders(texts(a), texts(b))
}

// known says whether a map and everything in it is known.
func known(m types.Map) bool {
	if m.IsUnknown() {
		return false
	}
	for _, v := range m.Elements() {
		if v.IsUnknown() {
			return false
		}
	}
	return true
}

// texts gives the known values of a map of strings; nil for null and unknown.
func texts(m types.Map) map[string]string {
	if m.IsNull() || m.IsUnknown() {
		return nil
	}
	out := make(map[string]string, len(m.Elements()))
	for name, v := range m.Elements() {
		if s, ok := v.(types.String); ok && !s.IsUnknown() && !s.IsNull() {
			out[name] = s.ValueString()
		}
	}
	return out
}

// readHeaders gives the value of `headers` after an answer. An answer without headers changes nothing; one that means the same as
// prior keeps prior's writing, also null or empty.
func readHeaders(all hub.Headers, prior types.Map, rec *record) types.Map {
	if all == nil && !prior.IsUnknown() {
		return prior
	}
	visible, _ := split(all, texts(prior), rec)
	if known(prior) && !prior.IsNull() && equalHeaders(texts(prior), visible) {
		return prior
	}
	if len(visible) == 0 {
		return types.MapNull(types.StringType)
	}
	return headersValue(visible)
}

// headersValue is a value of `headers`.
func headersValue(headers map[string]string) types.Map {
	values := make(map[string]attr.Value, len(headers))
	for name, value := range headers {
		values[name] = types.StringValue(value)
	}
	return types.MapValueMust(types.StringType, values)
}

// keepSameHeaders keeps the prior writing where only the case of names differs.
type keepSameHeaders struct{}

func (keepSameHeaders) Description(context.Context) string {
	return "Upper and lower case of names make no difference."
}

func (k keepSameHeaders) MarkdownDescription(ctx context.Context) string { return k.Description(ctx) }

func (keepSameHeaders) PlanModifyMap(_ context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	if !req.StateValue.IsNull() && !req.PlanValue.IsNull() && sameHeaders(req.StateValue, req.PlanValue) {
		resp.PlanValue = req.StateValue
	}
}
