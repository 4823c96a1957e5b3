package faults_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestOneOddObject: an object whose fields the service answers in an unknown form changes no plan, stops no list, and makes one warning that
// names the object and the fields whose attributes the state keeps (api.md §1).
func TestOneOddObject(t *testing.T) {
	t.Parallel()
	tf, e := attach(t), acctest.Start(t)
	e.SetQuirks(func(q *mockhub.Quirks) { q.SessionEcho = true })
	answer := func(fields map[string]map[string]string) {
		e.SetQuirks(func(q *mockhub.Quirks) { q.AnswerFields = fields })
	}
	tf.write(allKinds(e, 1) + dataSources)
	if ok, output := tf.apply(); !ok {
		t.Fatal(output)
	}
	ids := map[string]string{}
	for _, o := range tf.state() {
		ids[o.Address] = o.ID
	}
	all := map[string]map[string]string{}
	for address, fields := range odd {
		if ids[address] == "" {
			t.Fatalf("the state has no %s", address)
		}
		answer(map[string]map[string]string{ids[address]: fields.managed})
		empty, output := tf.plan()
		warning := strings.Join(strings.Fields(output), " ")
		names := []string{}
		for field := range fields.managed {
			names = append(names, field)
		}
		slices.Sort(names)
		if list := "does not know: " + strings.Join(names, ", ") + "."; !empty || strings.Count(output, "Unreadable fields in the answer") != 1 ||
			!strings.Contains(warning, ids[address]) || !strings.Contains(strings.ReplaceAll(warning, "│ ", ""), list) {
			t.Errorf("%s: the plan is empty: %t; want one warning with %s and %q:\n%s", address, empty, ids[address], list, output)
		}
		answer(map[string]map[string]string{ids[address]: fields.unmanaged})
		if empty, output := tf.plan(); !empty || strings.Contains(output, "Warning") {
			t.Errorf("%s with fields that are not managed: the plan is empty: %t:\n%s", address, empty, output)
		}
		all[ids[address]] = fields.managed
	}
	answer(all)
	tf.write(allKinds(e, 2) + dataSources)
	if ok, output := tf.apply(); !ok {
		t.Errorf("an update of all objects fails: %s", output)
	}
	answer(nil)
	if empty, output := tf.plan(); !empty {
		t.Errorf("after the update, with readable answers: %s", output)
	}
	answer(all)
	if ok, output := tf.destroy(); !ok {
		t.Errorf("a destroy fails: %s", output)
	}
	if left := objects(e); len(left) > 0 {
		t.Errorf("the destroy leaves %v", left)
	}
}
