package session

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// TestRefreshVariables: a value that differs is the one of the service, and an equal one keeps its notation.
func TestRefreshVariables(t *testing.T) {
	t.Parallel()
	prior := types.MapValueMust(types.StringType, map[string]attr.Value{"tier": types.StringValue("gold"), "orders": types.StringValue("12"), "note": types.StringValue("")})
	for name, c := range map[string]struct{ answer, want map[string]string }{
		"equal":     {map[string]string{"tier": "gold", "orders": "12", "note": ""}, map[string]string{"tier": "gold", "orders": "12", "note": ""}},
		"spelling":  {map[string]string{"tier": " gold", "orders": "1.2e1", "page": "/"}, map[string]string{"tier": "gold", "orders": "12", "note": ""}},
		"different": {map[string]string{"tier": "silver", "orders": "13.0", "note": "x"}, map[string]string{"tier": "silver", "orders": "13.0", "note": "x"}},
		"missing":   {map[string]string{"tier": ""}, map[string]string{"tier": "", "note": ""}},
	} {
		if got := base.StringMap(refreshVariables(prior, hub.Session{InitialVariables: c.answer})); !maps.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
	if got := refreshVariables(prior, hub.Session{}); !got.Equal(prior) {
		t.Errorf("an answer that shows none makes %v", got)
	}
}
