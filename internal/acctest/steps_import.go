package acctest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// importStep imports an object that is in the state once more, and compares what is read with the state.
func (w *workspace) importStep(step resource.TestStep) error {
	id := cmp.Or(step.ImportStateId, w.legacyState().RootModule().Resources[step.ResourceName].Primary.ID)
	if step.ImportStateIdFunc != nil {
		var err error
		if id, err = step.ImportStateIdFunc(w.legacyState()); err != nil {
			return err
		}
	}
	n, o := w.nodes[step.ResourceName], w.objects[step.ResourceName]
	if err := w.s.NewRun(w.e); err != nil {
		return err
	}
	read := w.s.importedBy(&tfprotov6.ImportResourceStateRequest{TypeName: n.typeName, ID: step.ImportStateIdPrefix + id})
	if err := n.explain(refusal("import", read.Diagnostics)); err != nil || !step.ImportStateVerify {
		return err
	}
	got, err := o.open(read.NewState)
	if err != nil {
		return err
	}
	was, is := map[string]string{}, map[string]string{}
	before, _ := plain(o.State)
	after, _ := plain(got)
	flatten(was, "", before)
	flatten(is, "", after)
	for _, side := range []map[string]string{was, is} {
		for key, value := range side {
			if ignored(key, step.ImportStateVerifyIgnore) || value == "0" && (strings.HasSuffix(key, "#") || strings.HasSuffix(key, "%")) {
				delete(side, key)
			}
		}
	}
	for key := range was {
		if is[key] != was[key] {
			return fmt.Errorf("imported state differs at %s: %q, and was %q", key, is[key], was[key])
		}
	}
	for key := range is {
		if _, ok := was[key]; !ok {
			return fmt.Errorf("imported state has %s: %q", key, is[key])
		}
	}
	return nil
}

// ignored reports whether a key is one of the names or a member of one.
func ignored(key string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(key, name) })
}

// outputValue is an output as `terraform show -json` has it.
func outputValue(v cty.Value) any {
	var out any
	text, err := ctyjson.Marshal(v, v.Type())
	if err == nil {
		decoder := json.NewDecoder(strings.NewReader(string(text)))
		decoder.UseNumber()
		err = decoder.Decode(&out)
	}
	if err != nil {
		panic(err) // of a value that is wholly known after an apply
	}
	return out
}
