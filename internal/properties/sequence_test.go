package properties_test

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestMain reads the number of sequences from PROPERTY_CHECKS. The default is 200. Sequences that fail are reported with their seed and not
// stored in files.
func TestMain(m *testing.M) {
	total, err := strconv.Atoi(cmp.Or(os.Getenv("PROPERTY_CHECKS"), "200"))
	if err == nil {
		err = flag.Set("rapid.checks", fmt.Sprint((total+len(kinds)-1)/len(kinds)))
	}
	if err == nil {
		err = flag.Set("rapid.nofailfile", "true")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "PROPERTY_CHECKS:", err)
		os.Exit(2)
	}
	m.Run()
}

// TestSequences: all configurations comply with the rules of Terraform core under all quirks of the mock. A sequence is a create, some
// changes of the configuration and of the object outside Terraform, and a destroy (goals.md R6).
func TestSequences(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			var sequences, steps atomic.Int64
			rapid.Check(t, func(rt *rapid.T) {
				defer w.seed()()
				steps.Add(int64(w.sequence(rt, kind)))
				sequences.Add(1)
			})
			t.Logf("%d sequences with %d steps", sequences.Load(), steps.Load())
		})
	}
}

// TestAllKinds: the registry has all resources.
func TestAllKinds(t *testing.T) {
	t.Parallel()
	w := start(t)
	for kind := range w.attributesOfTypes {
		if n, ok := nouns[kind]; !ok || n.example == nil || !slices.Contains(kinds, kind) {
			t.Errorf("%s is not in nouns, or not in acctest.Nouns", kind)
		}
	}
}

func (w *fixture) sequence(t *rapid.T, kind string) int {
	w.drawQuirks(t)
	l := &life{fixture: w, t: t, kind: kind, Object: w.server.Object(prefix + kind)}
	values := w.configuration(t, kind)
	l.step(values)
	edits := rapid.IntRange(1, 4).Draw(t, "steps")
	for range edits {
		if rapid.IntRange(0, 2).Draw(t, "outside") == 0 {
			l.outside()
		} else {
			values = w.edited(t, kind, values)
		}
		l.step(values)
	}
	l.destroy()
	return edits + 2
}

// life is the object of a sequence.
type life struct {
	*fixture
	*acctest.Object
	t    *rapid.T
	kind string
}

func (l *life) must(doing string, err error) {
	if err != nil {
		l.t.Fatalf("%s of %s: %v\nstate %s", doing, l.kind, err, l.State)
	}
}

// refresh begins a new run and reads the object, like every plan.
func (l *life) refresh() {
	l.must("new run", l.run())
	l.must("refresh", l.Refresh())
}

// step applies a configuration, which sometimes has an unknown value at plan, and checks that the next plan is empty.
func (l *life) step(values map[string]tftypes.Value) {
	config := l.Configuration(values)
	l.must("validate", l.Validate(config))
	l.refresh()
	p, err := l.Plan(config)
	if rapid.IntRange(0, 3).Draw(l.t, "known") == 0 {
		name, early := l.planUnknown(values)
		final, refused := l.Final(early, config)
		if strings.HasSuffix(name, "_id") && p.Replaces && !early.Replaces { // another parent: this apply fails, and the next plan replaces
			if refused == nil {
				l.t.Fatalf("%s: %s was not known and is another one now, and the apply is not refused", l.kind, name)
			}
		} else {
			p, err = final, refused
		}
	}
	l.must("plan", err)
	if l.Empty(p) {
		return
	}
	before := l.State
	warnings, err := l.Apply(config, p)
	if l.cannotTrain(before, values, err) {
		values["retrain_triggers"] = acctest.At(before, "retrain_triggers")
		l.step(values)
		return
	}
	l.must("apply", err)
	l.settled(config, refused(warnings))
}

// cannotTrain reports whether an apply failed because a trigger changed and the service has no request that trains such a source again. Then
// the state keeps the old triggers, so that the next apply trains again.
func (l *life) cannotTrain(before tftypes.Value, values map[string]tftypes.Value, err error) bool {
	const triggers = "retrain_triggers"
	missing := false
	l.SetQuirks(func(q *mockhub.Quirks) { missing = q.RestartMissing != "" })
	if err == nil || !missing || !strings.Contains(err.Error(), "The other request that can train a source failed") || values[triggers].Equal(acctest.At(before, triggers)) {
		return false
	}
	if kept := acctest.At(l.State, triggers); !kept.Equal(acctest.At(before, triggers)) {
		l.t.Fatalf("%s: the training was refused, and the state has the triggers %s instead of the old ones", l.kind, kept)
	}
	return true
}

// planUnknown plans with one attribute that is unknown until apply, and returns its name.
func (l *life) planUnknown(values map[string]tftypes.Value) (name string, p acctest.Planned) {
	partly := map[string]tftypes.Value{}
	var names []string
	for one, v := range values {
		partly[one] = v
		names = append(names, one)
	}
	slices.Sort(names)
	name = rapid.SampledFrom(names).Draw(l.t, "unknown")
	partly[name] = tftypes.NewValue(values[name].Type(), tftypes.UnknownValue)
	config := l.Configuration(partly)
	l.must("validate with unknown "+name, l.Validate(config))
	p, err := l.Plan(config)
	l.must("plan with unknown "+name, err)
	return name, p
}

// settled checks that a refresh changes nothing and that the next plan is empty. Attributes in warnings may differ, and so may those of a
// source that is still in training.
func (l *life) settled(config tftypes.Value, said []string) {
	except := slices.Clone(said)
	if slices.Contains(said, "prompt") {
		except = append(except, "prompt_sha256")
	}
	if len(said) > 0 { // a refresh that finds another value also stores the time
		except = append(except, "modified_at")
	}
	before := l.State
	l.refresh()
	if l.kind == "source" && !truth(acctest.At(before, "wait_for_training")) {
		except = append(except, "status", "trained", "tokens", "file_size", "modified_at")
		if acctest.At(config, "title").IsNull() {
			except = append(except, "title")
		}
	}
	if l.kind == "knowledge_base" && !truth(acctest.At(before, "wait_for_training")) {
		except = append(except, "trained")
	}
	changed := acctest.Differences(before, l.State)
	for _, name := range changed {
		if !slices.Contains(except, name) {
			l.t.Fatalf("a refresh of %s changed %s from %s to %s, and all of %v; warnings were about %v", l.kind, name, acctest.At(before, name), acctest.At(l.State, name), changed, said)
		}
	}
	for _, name := range said {
		if acctest.At(before, name).Equal(acctest.At(l.State, name)) {
			l.t.Fatalf("%s: a warning says that %s was not applied, but it was: %s", l.kind, name, acctest.At(before, name))
		}
	}
	p, err := l.Plan(config)
	l.must("second plan", err)
	if l.Empty(p) {
		return
	}
	for _, name := range acctest.Differences(l.State, p.Value) {
		if len(except) == 0 || !slices.Contains(except, name) && acctest.At(p.Value, name).IsKnown() {
			l.t.Fatalf("the second plan of %s is not empty: %s from %s to %s, replacement %t", l.kind, name, acctest.At(l.State, name), acctest.At(p.Value, name), p.Replaces)
		}
	}
}

// destroy destroys the object and checks that the state is empty.
func (l *life) destroy() {
	l.refresh()
	if l.State.IsNull() {
		return
	}
	none := tftypes.NewValue(l.State.Type(), nil)
	p, err := l.Plan(none)
	l.must("plan of a destroy", err)
	_, err = l.Apply(none, p)
	l.must("destroy", err)
	if !l.State.IsNull() {
		l.t.Fatalf("after its destroy the state of %s is %s", l.kind, l.State)
	}
}

// outside changes one attribute of the object outside Terraform, or deletes the object.
func (l *life) outside() {
	l.refresh()
	if l.State.IsNull() {
		return
	}
	id, err := objectIn(l.kind, l.State)
	if err != nil || id == "" {
		return
	}
	if noun, _ := acctest.NounOf(prefix + l.kind); noun.Remove != nil && rapid.IntRange(0, 4).Draw(l.t, "removed") == 0 {
		noun.Remove(l.Env, id)
		return
	}
	paths := slices.Sorted(maps.Keys(nouns[l.kind].edits))
	if l.kind == "default_agent" { // the provider recognizes the default agent by these
		paths = slices.DeleteFunc(paths, func(path string) bool {
			return slices.Contains([]string{"created_at", "source_ids", "use_all_sources"}, path)
		})
	}
	path := rapid.SampledFrom(paths).Draw(l.t, "outside at")
	nouns[l.kind].edits[path](l.Hub, id)
}

var refusedText = regexp.MustCompile(`but returned other values for: (.*?)\. The next plan`)

// refused are the root attributes with warnings that the service did not apply them.
func refused(warnings []string) []string {
	var names []string
	for _, warning := range warnings {
		if m := refusedText.FindStringSubmatch(warning); m != nil {
			for name := range strings.SplitSeq(m[1], ", ") {
				root, _, _ := strings.Cut(name, ".")
				names = append(names, root)
			}
		}
	}
	return names
}

func truth(v tftypes.Value) bool {
	var b bool
	return v.As(&b) == nil && b
}
