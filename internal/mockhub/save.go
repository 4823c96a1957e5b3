package mockhub

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// stateFormat is the version of the saved form. It is raised by changes that are not compatible with old files.
const stateFormat = 1

// Save returns all stored objects as JSON for Load. It does not include the key, quirks, clock, request log and faults.
func (h *Hub) Save() ([]byte, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.store.Format = stateFormat
	raw, err := json.MarshalIndent(h.store, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("mockhub: save: %w", err)
	}
	return append(raw, '\n'), nil
}

// Load replaces all stored objects by those that Save returned. After an error the hub is unchanged.
func (h *Hub) Load(raw []byte) error {
	var s store
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		return err
	}
	if s.Format != stateFormat {
		return fmt.Errorf("it has format %d, not %d", s.Format, stateFormat)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.store = s
	return nil
}
