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
)

const (
	privateKey = "secret_headers" // in private state
	iterations = 100_000          // of the hash; a record keeps its own number, so this one can be raised
)

// record is what private state knows about the secret headers that were sent: enough to notice that one differs, and too little to
// tell what it is. A nil record is of a tool function whose secrets were never managed here.
type record struct {
	Salt       []byte `json:"salt"`
	Iterations int    `json:"iterations"`
	// Hashes are by lower-case name.
	Hashes map[string][]byte `json:"hashes"`
	// Drift is what the latest refresh found different at the service, by lower-case name.
	Drift map[string]string `json:"drift,omitempty"`
}

// What can have happened to a secret header, as the plan's warning says it.
const (
	isNew     = "not sent yet"
	isOther   = "its value in the configuration is another one"
	isDropped = "no longer in the configuration, it will be removed"
	isEdited  = "its value at the service is another one"
	isMissing = "the service lacks it"
	isExtra   = "the service has it and the configuration does not, it will be removed"
)

// newRecord remembers secrets by name under a new salt.
func newRecord(secrets map[string]string) (*record, error) {
	r := &record{Salt: make([]byte, 16), Iterations: iterations, Hashes: map[string][]byte{}}
	_, _ = rand.Read(r.Salt) // never fails
	for name, value := range secrets {
		hash, err := r.hash(name, value)
		if err != nil {
			return nil, err
		}
		r.Hashes[fold(name)] = hash
	}
	return r, nil
}

// hashed remembers hashes for the life of the process, because a refresh and the plan behind it ask for the same ones. Its keys are
// digests, so that it holds no secret.
var hashed sync.Map

// hash is slow, so that a weak secret cannot be found by trying. It is bound to the name: the same value under another name has
// another hash.
func (r *record) hash(name, value string) ([]byte, error) {
	input := fold(name) + ":" + value
	key := sha256.Sum256(fmt.Appendf(nil, "%d %x %s", r.Iterations, r.Salt, input))
	if known, ok := hashed.Load(key); ok {
		if hash, ok := known.([]byte); ok {
			return hash, nil
		}
	}
	hash, err := pbkdf2.Key(sha256.New, input, r.Salt, r.Iterations, sha256.Size)
	if err == nil {
		hashed.Store(key, hash)
	}
	return hash, err
}

// has says whether a header was sent as a secret.
func (r *record) has(name string) bool {
	return r != nil && r.Hashes[fold(name)] != nil
}

// is says whether a recorded header has this value.
func (r *record) is(name, value string) bool {
	hash, err := r.hash(name, value)
	return err == nil && subtle.ConstantTimeCompare(hash, r.Hashes[fold(name)]) == 1
}

// without gives the record without names that are shown from now on.
func (r *record) without(visible map[string]string) *record {
	if r == nil {
		return nil
	}
	next := *r
	next.Hashes = maps.Clone(r.Hashes)
	for name := range visible {
		delete(next.Hashes, fold(name))
	}
	return &next
}

// look finds the drift of hidden headers at the service.
func (r *record) look(hidden map[string]string) map[string]string {
	drift := map[string]string{}
	for name := range r.Hashes {
		if !has(hidden, name) {
			drift[name] = isMissing
		}
	}
	for name, value := range hidden {
		switch {
		case !r.has(name):
			drift[fold(name)] = isExtra
		case !r.is(name, value):
			drift[fold(name)] = isEdited
		}
	}
	return drift
}

// changes says which of the configured secrets differ from what the service has, as far as is known, and why, by name. A value that is
// not known yet is no difference. Headers of the visible ones are no business of the record.
func (r *record) changes(secrets map[string]types.String, visible map[string]string) map[string]string {
	reasons := map[string]string{}
	if r == nil {
		r = &record{}
	}
	for name, reason := range r.Drift {
		if written, ok := find(secrets, name); ok {
			reasons[written] = reason
		} else if !has(visible, name) {
			reasons[name] = reason
		}
	}
	for name := range r.Hashes {
		if !has(secrets, name) && !has(visible, name) {
			reasons[name] = isDropped
		}
	}
	for name, value := range secrets {
		switch {
		case !r.has(name):
			reasons[name] = isNew
		case !value.IsUnknown() && !r.is(name, value.ValueString()):
			reasons[name] = isOther
		}
	}
	return reasons
}

// list writes names with the reasons, and never a value.
func list(reasons map[string]string) string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(reasons)) {
		shown := name
		if !token(name) {
			shown = fmt.Sprintf("%q", name) // the service's own, whatever it is
		}
		lines = append(lines, "  "+shown+": "+reasons[name])
	}
	return strings.Join(lines, "\n")
}

// privateReader is the private state that a request brings.
type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// privateWriter is the private state that a response takes.
type privateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// load reads the record; nil when there is none.
func load(ctx context.Context, from privateReader, diags *diag.Diagnostics) *record {
	raw, more := from.GetKey(ctx, privateKey)
	diags.Append(more...)
	if len(raw) == 0 {
		return nil
	}
	var r record
	if err := json.Unmarshal(raw, &r); err != nil {
		diags.AddError("Broken private state", "What the state remembers of the secret headers cannot be read. Remove the tool function from the state and import it again.")
		return nil
	}
	return &r
}

// save writes the record; a nil one is none.
func (r *record) save(ctx context.Context, to privateWriter, diags *diag.Diagnostics) {
	var raw []byte
	if r != nil {
		raw, _ = json.Marshal(r) // plain data
	}
	diags.Append(to.SetKey(ctx, privateKey, raw)...)
}
