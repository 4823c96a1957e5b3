package knowledgebase_test

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// killed is the network of a provider that is killed after some requests: the answer to the last one is lost, and later ones do not reach the
// service. It refuses them, so that the abandoned apply ends.
type killed struct {
	next  http.RoundTripper
	after *atomic.Int64 // requests until the kill; each client has its own count
	used  atomic.Int64
}

// RoundTrip implements http.RoundTripper.
func (k *killed) RoundTrip(r *http.Request) (*http.Response, error) {
	n := k.used.Add(1)
	if n > k.after.Load() {
		if r.Body != nil {
			_, _ = io.Copy(io.Discard, r.Body)
			_ = r.Body.Close()
		}
		return &http.Response{StatusCode: http.StatusUnauthorized, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(`{"msg":"killed"}`)), Request: r}, nil
	}
	resp, err := k.next.RoundTrip(r)
	if n == k.after.Load() && err == nil {
		_ = resp.Body.Close()
		return nil, errors.New("killed")
	}
	return resp, err
}

// victim is a knowledge base whose provider can be killed.
type victim struct {
	*env
	server *acctest.Server
	object *acctest.Object
	after  atomic.Int64
	counts *figures
}

// figures are the counts of a test.
type figures struct{ runs, orphans, duplicates, lost atomic.Int64 }

// print writes the counts in one line when the test ends.
func (f *figures) print(t *testing.T, title string) {
	t.Helper()
	t.Cleanup(func() {
		fmt.Printf("%s: runs=%d orphans=%d duplicates=%d lost=%d\n", title, f.runs.Load(), f.orphans.Load(), f.duplicates.Load(), f.lost.Load())
	})
}

const never = 1 << 40

func newVictim(t *testing.T, counts *figures, quirks ...func(*mockhub.Quirks)) *victim {
	t.Helper()
	v := &victim{env: start(t, quirks...), counts: counts}
	v.after.Store(never)
	v.server = v.Server(t, func(cfg *hub.Config) {
		cfg.Network = func(next http.RoundTripper) http.RoundTripper {
			after := &atomic.Int64{}
			after.Store(v.after.Load())
			return &killed{next: next, after: after}
		}
	})
	typeName, _, _ := strings.Cut(address, ".")
	v.object = v.server.Object(typeName)
	return v
}

// configuration returns the configuration of 20 files and 30 questions of an edition.
func (v *victim) configuration(edition int, adopt bool) tftypes.Value {
	files := map[string]string{}
	for i := range 20 {
		files[fmt.Sprintf("doc%02d.md", i)] = fmt.Sprintf("document %d", i)
		if i%3 == edition%3 {
			files[fmt.Sprintf("doc%02d.md", i)] += fmt.Sprintf(", edition %d", edition)
		}
	}
	v.files(files)
	questions := map[string]tftypes.Value{}
	for i := range 30 {
		answer := "The answer."
		if i%4 == edition%4 {
			answer = fmt.Sprintf("The answer %d of edition %d.", i, edition)
		}
		questions[fmt.Sprintf("Question %d?", i)] = tftypes.NewValue(tftypes.String, answer)
	}
	return v.object.Configuration(map[string]tftypes.Value{
		"chatbot_id": tftypes.NewValue(tftypes.String, v.chatbot), "adopt": tftypes.NewValue(tftypes.Bool, adopt),
		"questions": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, questions),
		"folder":    v.folderValue(),
	})
}

// apply refreshes, plans and applies in a run whose provider is killed after some requests. What a killed run returns is lost.
func (v *victim) apply(config tftypes.Value, after int64) error {
	v.after.Store(after)
	before := *v.object
	err := v.server.NewRun(v.Env)
	if err == nil {
		err = v.object.Refresh()
	}
	var p acctest.Planned
	if err == nil {
		p, err = v.object.Plan(config)
	}
	if err == nil && !v.object.Empty(p) {
		_, err = v.object.Apply(config, p)
	}
	if after != never {
		*v.object = before
		return nil
	}
	return err
}

// check fails unless the service has the sources of the state, and no other ones.
func (v *victim) check(t *testing.T, name string) {
	t.Helper()
	var ids map[string]tftypes.Value
	if err := acctest.At(v.object.State, "source_ids").As(&ids); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	v.counts.runs.Add(1)
	managed := map[string]bool{}
	for key, value := range ids {
		var id string
		if err := value.As(&id); err != nil || managed[id] {
			v.counts.duplicates.Add(1)
			t.Errorf("%s: %s has the id %s: %v", name, key, id, err)
		}
		managed[id] = true
	}
	sources := v.Sources(v.chatbot)
	for _, s := range sources {
		if !managed[s.UUID] {
			v.counts.orphans.Add(1)
			t.Errorf("%s: orphan %s%s (%s)", name, s.FileName, s.Question, s.Answer)
		}
	}
	v.counts.lost.Add(int64(50 - min(len(ids), 50)))
	if len(sources) != 50 || len(ids) != 50 {
		t.Errorf("%s: %d sources, and %d in the state; want 50", name, len(sources), len(ids))
	}
}

// TestKilled: after a provider was killed, the next apply leaves neither a duplicate nor an orphan. After a create it needs adopt.
func TestKilled(t *testing.T) {
	t.Parallel()
	var f figures
	f.print(t, "R10 killed")
	seeds := cases(t) / 4 // each has a killed create and a killed update, for two readings
	for name, quirk := range map[string]func(*mockhub.Quirks){"default": func(*mockhub.Quirks) {}, "no duplicates": func(q *mockhub.Quirks) { q.DuplicateFiles = "never" }} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(seeds) {
				r := rand.New(rand.NewPCG(seed, 1))
				v := newVictim(t, &f, quirk)
				one := v.configuration(0, true)
				title := fmt.Sprintf("%s, seed %d", name, seed)
				killedAfter := 1 + r.Int64N(60)
				if err := v.apply(one, killedAfter); err != nil {
					t.Fatalf("%s: %v", title, err)
				}
				if err := v.apply(one, never); err != nil {
					t.Fatalf("%s: after a create that was killed after %d requests: %v", title, killedAfter, err)
				}
				v.check(t, title+", create")
				two := v.configuration(1, false)
				killedAfter = 1 + r.Int64N(60)
				if err := v.apply(two, killedAfter); err != nil {
					t.Fatalf("%s: %v", title, err)
				}
				if err := v.apply(two, never); err != nil {
					t.Fatalf("%s: after an update that was killed after %d requests: %v", title, killedAfter, err)
				}
				v.check(t, title+", update")
			}
		})
	}
}

// cases returns the number of faults: FAULT_CASES, or 16.
func cases(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv("FAULT_CASES"), "16"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestInterrupted: after Ctrl-C at any moment the state has what was done, and the next apply leaves neither a duplicate nor an orphan, without
// adopt.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	var f figures
	f.print(t, "R10 interrupted")
	for seed := range uint64(cases(t) / 2) {
		r := rand.New(rand.NewPCG(seed, 2))
		v := newVictim(t, &f)
		for edition, doing := range []string{"create", "update"} {
			config := v.configuration(edition, false)
			after := 2 + r.Int64N(60)
			if err := v.interrupt(config, after); err != nil {
				t.Logf("seed %d, %s interrupted after %d requests: %v", seed, doing, after, err)
			}
			if v.object.State.IsNull() { // nothing was created
				v.isEmpty(t, fmt.Sprintf("seed %d", seed))
			}
			v.object = v.object.On(v.Server(t))
			if err := v.rerun(config); err != nil {
				t.Fatalf("seed %d: after an interrupted %s, %d requests: %v", seed, doing, after, err)
			}
			v.check(t, fmt.Sprintf("seed %d, %s interrupted after %d requests", seed, doing, after))
		}
	}
}

// rerun refreshes, plans and applies.
func (v *victim) rerun(config tftypes.Value) error {
	err := v.object.Refresh()
	var p acctest.Planned
	if err == nil {
		p, err = v.object.Plan(config)
	}
	if err == nil {
		_, err = v.object.Apply(config, p)
	}
	return err
}

// interrupt applies in a new provider process, which is stopped after some requests, and keeps the state that it returns.
func (v *victim) interrupt(config tftypes.Value, after int64) error {
	var sent atomic.Int64
	var s *acctest.Server
	s = v.Server(v.t, func(cfg *hub.Config) {
		cfg.Network = func(next http.RoundTripper) http.RoundTripper {
			return roundTrip(func(r *http.Request) (*http.Response, error) {
				if sent.Add(1) == after {
					if _, err := s.StopProvider(v.t.Context(), &tfprotov6.StopProviderRequest{}); err != nil {
						return nil, err
					}
				}
				return next.RoundTrip(r)
			})
		}
	})
	v.object = v.object.On(s)
	return v.rerun(config)
}

type roundTrip func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// isEmpty fails if the chatbot has sources although the state has none.
func (v *victim) isEmpty(t *testing.T, name string) {
	t.Helper()
	if n := len(v.Sources(v.chatbot)); n > 0 {
		t.Errorf("%s: %d orphans, and nothing in the state", name, n)
	}
}
