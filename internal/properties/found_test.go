package properties_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestFound has the failures that TestSequences has found, because its random sequences may not find them again.
func TestFound(t *testing.T) {
	t.Parallel()
	trims := func(q *mockhub.Quirks) { q.TrimsText = true }
	for name, found := range map[string]struct {
		kind    string
		quirk   func(*mockhub.Quirks)
		steps   []func(*fixture, map[string]tftypes.Value)
		warning string
	}{
		"no sources instead of all": { // no set argument differs from the prior state, but the update has a field
			kind: "agent", quirk: func(*mockhub.Quirks) {},
			steps: []func(*fixture, map[string]tftypes.Value){
				func(_ *fixture, v map[string]tftypes.Value) { v["use_all_sources"] = yes(true) },
				func(_ *fixture, v map[string]tftypes.Value) {
					delete(v, "use_all_sources")
					v["source_ids"] = texts(tftypes.Set{ElementType: tftypes.String})
				},
			},
		},
		"sources that only the first answer shows": { // a warning said that they were not applied
			kind: "agent", quirk: func(q *mockhub.Quirks) { q.AgentCreateFull, q.AgentUpdateShort = true, true },
			steps: []func(*fixture, map[string]tftypes.Value){func(w *fixture, v map[string]tftypes.Value) {
				delete(v, "use_all_sources")
				v["source_ids"] = texts(tftypes.Set{ElementType: tftypes.String}, w.sources...)
			}},
		},
		"a question from a heredoc": { // each apply replaced the source
			kind: "source", quirk: trims,
			steps: []func(*fixture, map[string]tftypes.Value){
				func(_ *fixture, v map[string]tftypes.Value) {
					v["qa"] = object(v["qa"].Type(), map[string]tftypes.Value{"question": str("How much?\n"), "answer": str(" Ten.\r\n")})
				},
			},
		},
		"a title that is trimmed": { // each plan changed it
			kind: "source", quirk: trims,
			steps: []func(*fixture, map[string]tftypes.Value){func(_ *fixture, v map[string]tftypes.Value) { v["title"] = str("Prices\n") }},
		},
		"a switch that updates ignore": { // a value that was not applied has a warning
			kind: "agent", quirk: func(q *mockhub.Quirks) { q.IgnoresOnUpdate = []string{"enabled"} }, warning: "enabled",
			steps: []func(*fixture, map[string]tftypes.Value){func(_ *fixture, v map[string]tftypes.Value) { delete(v, "use_all_sources") }},
		},
		"a title whose answer is short": { // modified_at was not updated
			kind: "source", quirk: func(q *mockhub.Quirks) { q.SourceUpdateShort = true },
			steps: []func(*fixture, map[string]tftypes.Value){func(*fixture, map[string]tftypes.Value) {}, func(_ *fixture, v map[string]tftypes.Value) { v["title"] = str("Costs") }},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			defer w.seed()()
			w.SetQuirks(found.quirk)
			o := w.server.Object(prefix + found.kind)
			values := w.written(found.kind, map[string]string{"agent": "use_all_sources", "source": "qa"}[found.kind])
			var warnings []string
			for _, change := range found.steps {
				change(w, values)
				warnings = append(warnings, w.apply(t, o, o.Configuration(values), found.warning)...)
			}
			if said := strings.Join(refused(warnings), " "); said != found.warning {
				t.Errorf("warnings are about %q, want %q", said, found.warning)
			}
		})
	}
}

// apply applies a configuration. After it, only the attribute except may differ. It returns the attributes of the warnings.
func (w *fixture) apply(t *testing.T, o *acctest.Object, config tftypes.Value, except string) []string {
	t.Helper()
	must := func(doing string, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", doing, err)
		}
	}
	must("new run", w.run())
	must("refresh", o.Refresh())
	p, err := o.Plan(config)
	must("plan", err)
	warnings, err := o.Apply(config, p)
	must("apply", err)
	before := o.State
	must("new run", w.run())
	must("refresh", o.Refresh())
	if changed := strings.Join(acctest.Differences(before, o.State), " "); changed != except {
		t.Errorf("a refresh changed %q, want %q", changed, except)
	}
	p, err = o.Plan(config)
	must("second plan", err)
	if o.Empty(p) != (except == "") || p.Replaces {
		t.Errorf("the second plan changes %v, replacement %t", acctest.Differences(o.State, p.Value), p.Replaces)
	}
	return warnings
}
