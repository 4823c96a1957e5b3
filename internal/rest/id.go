package rest

import (
	"encoding/json"
	"fmt"
	"strings"
)

// ID is the uuid of an object of the service: 32 lower-case hexadecimal digits, no dashes (api.md §1).
// Values come from ParseID or from answers; Route.Path checks them again.
type ID string

// ParseID parses a uuid. It ignores dashes and accepts upper case. Anything but 32 hexadecimal digits is an error.
func ParseID(raw string) (ID, error) {
	id := ID(strings.ToLower(strings.ReplaceAll(strings.TrimSpace(raw), "-", "")))
	if !id.Valid() {
		return "", fmt.Errorf("%q is not an id: an id has 32 hexadecimal digits, such as 43474da7ae3b4b7191ee29c2de798257", shorten(raw, 80))
	}
	return id, nil
}

// Valid reports whether the id has the form of the service and may be used in a path.
func (id ID) Valid() bool {
	if len(id) != 32 {
		return false
	}
	return strings.IndexFunc(string(id), func(r rune) bool { return (r < '0' || r > '9') && (r < 'a' || r > 'f') }) < 0
}

// UnmarshalJSON implements json.Unmarshaler. An invalid id makes the whole answer unusable: it would be used in paths and in the state.
func (id *ID) UnmarshalJSON(raw []byte) error {
	s, ok := plain(raw)
	if !ok {
		if err := json.Unmarshal(raw, &s); err != nil {
			return fmt.Errorf("uuid: %w", err)
		}
	}
	parsed, err := ParseID(s)
	if err != nil {
		return fmt.Errorf("uuid: %s is not an id of 32 hexadecimal digits", quote(raw))
	}
	*id = parsed
	return nil
}
