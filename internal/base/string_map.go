package base

import (
	"crypto/rand"
	"encoding/hex"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// StringMap returns the elements of a map of strings that are known and not null. The result is never nil.
func StringMap(m types.Map) map[string]string {
	out := make(map[string]string, len(m.Elements()))
	for key, v := range m.Elements() {
		if text, ok := v.(types.String); ok && !text.IsNull() && !text.IsUnknown() {
			out[key] = text.ValueString()
		}
	}
	return out
}

// StringMapValue returns a map of strings as a value.
func StringMapValue[T ~string](texts map[string]T) types.Map {
	values := make(map[string]attr.Value, len(texts))
	for key, text := range texts {
		values[key] = types.StringValue(string(text))
	}
	return types.MapValueMust(types.StringType, values)
}

// SortedKeys returns the keys of a map in alphabetical order.
func SortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// RandomID returns 32 random hexadecimal digits, the id of an object that the service does not have.
func RandomID() string {
	raw := make([]byte, 16)
	_, _ = rand.Read(raw) // never returns an error
	return hex.EncodeToString(raw)
}
