package toolfunction

import (
	"context"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

const (
	hashesKey  = "secret_headers" // in private state
	iterations = 100_000          // for new hashes; stored hashes keep the number they were made with
	// maxIterations bounds the time of a hash, because a state file can have any number.
	maxIterations = 10 * iterations
)

// secretHashes is what private state stores about secret headers: enough to detect that a value differs, too little to recover it. It is
// nil for a tool function whose secret headers were never managed.
type secretHashes struct {
	Salt       []byte `json:"salt"`
	Iterations int    `json:"iterations"`
	// Hashes has the hashes of the values by lower-case header name.
	Hashes map[string][]byte `json:"hashes"`
	// Drift has the differences that the last refresh found at the service, by lower-case header name.
	Drift map[string]string `json:"drift,omitempty"`
}

// The reasons to send a secret header, as the warning in the plan states them.
const (
	reasonNew     = "not sent yet"
	reasonChanged = "the configuration has another value"
	reasonRemoved = "not in the configuration any more, will be removed"
	reasonDrifted = "the service has another value"
	reasonMissing = "missing at the service"
	reasonUnknown = "the service has it and the configuration does not, will be removed"
)

// hashSecrets hashes the values of secret headers with a new salt.
func hashSecrets(secrets map[string]string) (*secretHashes, error) {
	h := &secretHashes{Salt: make([]byte, 16), Iterations: iterations, Hashes: map[string][]byte{}}
	_, _ = rand.Read(h.Salt) // never fails
	for name, value := range secrets {
		hash, err := h.hash(name, value)
		if err != nil {
			return nil, err
		}
		h.Hashes[strings.ToLower(name)] = hash
	}
	return h, nil
}

// hashCache caches hashes for the life of the process, because a refresh and the following plan need the same ones. Its keys are digests,
// so it contains no secret.
var hashCache sync.Map

// hash is slow to compute, so that a weak secret cannot be found by trial. It includes the name: the same value has another hash under
// another name.
func (h *secretHashes) hash(name, value string) ([]byte, error) {
	input := strings.ToLower(name) + ":" + value
	key := sha256.Sum256(fmt.Appendf(nil, "%d %x %s", h.Iterations, h.Salt, input))
	if cached, ok := hashCache.Load(key); ok {
		if hash, ok := cached.([]byte); ok {
			return hash, nil
		}
	}
	hash, err := pbkdf2.Key(sha256.New, input, h.Salt, h.Iterations, sha256.Size)
	if err == nil {
		hashCache.Store(key, hash)
	}
	return hash, err
}

// has reports whether a header was sent as a secret.
func (h *secretHashes) has(name string) bool {
	return h != nil && h.Hashes[strings.ToLower(name)] != nil
}

// matches reports whether a secret header has this value.
func (h *secretHashes) matches(name, value string) bool {
	hash, err := h.hash(name, value)
	return err == nil && subtle.ConstantTimeCompare(hash, h.Hashes[strings.ToLower(name)]) == 1
}

// without returns a copy without headers that are visible from now on.
func (h *secretHashes) without(visible map[string]string) *secretHashes {
	if h == nil {
		return nil
	}
	next := *h
	next.Hashes = maps.Clone(h.Hashes)
	for name := range visible {
		delete(next.Hashes, strings.ToLower(name))
	}
	return &next
}

// drift returns the reasons by which the secret headers at the service differ from the hashes, by lower-case name.
func (h *secretHashes) drift(secret map[string]string) map[string]string {
	reasons := map[string]string{}
	for name := range h.Hashes {
		if !hasHeader(secret, name) {
			reasons[name] = reasonMissing
		}
	}
	for name, value := range secret {
		switch {
		case !h.has(name):
			reasons[strings.ToLower(name)] = reasonUnknown
		case !h.matches(name, value):
			reasons[strings.ToLower(name)] = reasonDrifted
		}
	}
	return reasons
}

// changes returns the reasons to send the configured secret headers, by name. An unknown value is no reason, and neither are headers that
// are configured as visible.
func (h *secretHashes) changes(secrets map[string]types.String, visible map[string]string) map[string]string {
	reasons := map[string]string{}
	if h == nil {
		h = &secretHashes{}
	}
	for name, reason := range h.Drift {
		if configured, ok := findHeader(secrets, name); ok {
			reasons[configured] = reason
		} else if !hasHeader(visible, name) {
			reasons[name] = reason
		}
	}
	for name := range h.Hashes {
		if !hasHeader(secrets, name) && !hasHeader(visible, name) {
			reasons[name] = reasonRemoved
		}
	}
	for name, value := range secrets {
		switch {
		case !h.has(name):
			reasons[name] = reasonNew
		case !value.IsUnknown() && !h.matches(name, value.ValueString()):
			reasons[name] = reasonChanged
		}
	}
	return reasons
}

// formatReasons formats names with their reasons, one on a line. It never prints a value.
func formatReasons(reasons map[string]string) string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(reasons)) {
		shown := name
		if !isToken(name) { // it comes from the service
			shown = fmt.Sprintf("%q", name)
		}
		lines = append(lines, "  "+shown+": "+reasons[name])
	}
	return strings.Join(lines, "\n")
}

// loadHashes reads the hashes from private state. It returns nil when there are none.
func loadHashes(ctx context.Context, from base.PrivateReader, diags *diag.Diagnostics) *secretHashes {
	raw, more := from.GetKey(ctx, hashesKey)
	diags.Append(more...)
	if len(raw) == 0 {
		return nil
	}
	var h secretHashes
	if err := json.Unmarshal(raw, &h); err != nil || h.Iterations < 1 || h.Iterations > maxIterations {
		diags.AddError("Invalid private state", "The private state of the tool function is damaged: its hashes of the secret headers cannot be read. "+
			"Remove the tool function from the state with \"terraform state rm\", and import it again.")
		return nil
	}
	return &h
}

// save writes the hashes to private state.
func (h *secretHashes) save(ctx context.Context, to base.PrivateWriter, diags *diag.Diagnostics) {
	var raw []byte
	if h != nil {
		raw, _ = json.Marshal(h) // plain data is always valid
	}
	diags.Append(to.SetKey(ctx, hashesKey, raw)...)
}
