package toolfunction

import (
	"context"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// private is private state with one value for every key.
type private string

// GetKey implements base.PrivateReader.
func (p private) GetKey(context.Context, string) ([]byte, diag.Diagnostics) { return []byte(p), nil }

// TestHostilePrivateState: a number of iterations that would take years is damage, like text that is not JSON.
func TestHostilePrivateState(t *testing.T) {
	t.Parallel()
	for number, valid := range map[string]bool{"1": true, "100000": true, "1000000": true, "1000001": false, "4611686018427387904": false, "1e99": false, "0": false, "-1": false} {
		var diags diag.Diagnostics
		h := loadHashes(t.Context(), private(fmt.Sprintf(`{"salt":"AAAA","iterations":%s,"hashes":{"x":"AAAA"}}`, number)), &diags)
		if (h != nil) != valid || diags.HasError() == valid {
			t.Errorf("%s iterations: %v %v", number, h, diags)
		}
	}
}
