package acctest

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
)

// ExpectBodies is a check that the requests of a route since the last Forget had these JSON bodies, in this order. The order of keys and
// white space are ignored.
func (e *Env) ExpectBodies(route string, want ...string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		got := e.Bodies(route)
		if !slices.EqualFunc(got, want, func(a, b string) bool { return NormalJSON(a) == NormalJSON(b) }) {
			return fmt.Errorf("%s got %q, want %q", route, got, want)
		}
		return nil
	}
}

// NormalJSON returns a JSON text with sorted keys and without white space, and any other text as it is.
func NormalJSON(text string) string {
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return text
	}
	out, _ := json.Marshal(v) // it comes from valid JSON
	return string(out)
}
