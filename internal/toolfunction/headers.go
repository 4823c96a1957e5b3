package toolfunction

import (
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// findHeader returns the spelling of a name in headers. Names are compared without case.
func findHeader[V any](headers map[string]V, name string) (string, bool) {
	if _, ok := headers[name]; ok {
		return name, true
	}
	for other := range headers {
		if strings.EqualFold(other, name) {
			return other, true
		}
	}
	return "", false
}

// hasHeader reports whether headers contain a name. Names are compared without case.
func hasHeader[V any](headers map[string]V, name string) bool {
	_, ok := findHeader(headers, name)
	return ok
}

// splitHeaders splits the headers of the service into visible and secret ones. A header that the state has shown stays visible, in the same
// spelling. Of the others those are secret that look like it or that were configured as secret.
func splitHeaders(all hub.Headers, shown map[string]string, hashes *secretHashes) (visible, secret map[string]string) {
	visible, secret = map[string]string{}, map[string]string{}
	for name, value := range all {
		spelling, isShown := findHeader(shown, name)
		_, taken := all[spelling]
		switch {
		case isShown && !taken:
			visible[spelling] = value
		case isShown:
			visible[name] = value
		case hub.SecretHeader(name, value) || hashes.has(name):
			secret[name] = value
		default:
			visible[name] = value
		}
	}
	return visible, secret
}

// mergeHeaders returns visible and secret headers together. They have no name in common.
func mergeHeaders(visible, secret map[string]string) hub.Headers {
	all := hub.Headers{}
	maps.Copy(all, visible)
	maps.Copy(all, secret)
	return all
}

// equalHeaders compares headers. Names are compared without case.
func equalHeaders(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for name, value := range a {
		other, ok := findHeader(b, name)
		if !ok || b[other] != value {
			return false
		}
	}
	return true
}

// sameHeaders reports whether two values have the same headers. Null and empty are equal. A value that is not fully known equals nothing.
func sameHeaders(a, b types.Map) bool {
	return fullyKnown(a) && fullyKnown(b) && equalHeaders(stringMap(a), stringMap(b))
}

// fullyKnown reports whether a map and all its elements are known.
func fullyKnown(m types.Map) bool {
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

// stringMap returns the elements of a map of strings that are known and not null. It returns nil for a null or unknown map.
func stringMap(m types.Map) map[string]string {
	if m.IsNull() || m.IsUnknown() {
		return nil
	}
	return base.StringMap(m)
}

// readHeaders returns the value of `headers` after a response. The prior value stays when the response has no headers or equal ones.
func readHeaders(all hub.Headers, prior types.Map, hashes *secretHashes) types.Map {
	if all == nil && !prior.IsUnknown() {
		return prior
	}
	visible, _ := splitHeaders(all, stringMap(prior), hashes)
	if fullyKnown(prior) && !prior.IsNull() && equalHeaders(stringMap(prior), visible) {
		return prior
	}
	if len(visible) == 0 {
		return types.MapNull(types.StringType)
	}
	return headersValue(visible)
}

// headersValue returns headers as a value.
func headersValue(headers map[string]string) types.Map {
	values := make(map[string]attr.Value, len(headers))
	for name, value := range headers {
		values[name] = types.StringValue(value)
	}
	return types.MapValueMust(types.StringType, values)
}
