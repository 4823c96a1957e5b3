package source_test

import (
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-exec/tfexec"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// fileType is the type of the attribute file.
var fileType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"path": tftypes.String, "content": tftypes.String, "content_base64": tftypes.String, "name": tftypes.String}}

// fileValue returns a value of the attribute file.
func fileValue(members map[string]string) tftypes.Value {
	all := map[string]tftypes.Value{}
	for name := range fileType.AttributeTypes {
		all[name] = tftypes.NewValue(tftypes.String, nil)
	}
	maps.Copy(all, acctest.Strings(members))
	return tftypes.NewValue(fileType, all)
}

// run is one run of Terraform: it applies objects with a limited number of calls at a time.
type run struct {
	*testing.T
	e       *acctest.Env
	s       *acctest.Server
	chatbot string
	slots   int
}

// newRun starts a run in a synctest bubble. Its requests use no network.
func newRun(t *testing.T, e *acctest.Env, chatbot string, slots int) *run {
	t.Helper()
	return &run{t, e, e.Server(t, func(cfg *hub.Config) {
		cfg.PollInterval, cfg.PollFirst = 0, 0
	}, e.WithoutNetwork), chatbot, slots}
}

// step is a call of a run.
type step struct {
	file   string // the name
	delete bool
}

// object returns a source that does not exist yet, and its configuration.
func (r *run) object(name string) (*acctest.Object, tftypes.Value) {
	o := r.s.Object("aichatbothub_source")
	values := acctest.Strings(map[string]string{"chatbot_id": r.chatbot})
	values["file"] = fileValue(map[string]string{"name": name, "content": "Hello " + name})
	return o, o.Configuration(values)
}

// create creates a source.
func (r *run) create(name string) (*acctest.Object, error) {
	o, config := r.object(name)
	p, err := o.Plan(config)
	if err == nil {
		_, err = o.Apply(config, p)
	}
	return o, err
}

// walk makes the calls as core does: each as soon as a slot is free. olds are the sources that deletes delete, by name. It returns the
// errors by the name of the file.
func (r *run) walk(olds map[string]*acctest.Object, steps ...step) map[string]error {
	if err := r.s.NewRun(r.e); err != nil {
		r.Fatal(err)
	}
	errs := map[string]error{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	slots := make(chan struct{}, r.slots)
	for _, s := range steps {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			var err error
			if s.delete {
				none := r.s.Object("aichatbothub_source").State
				p, planErr := olds[s.file].Plan(none)
				if err = planErr; err == nil {
					_, err = olds[s.file].Apply(none, p)
				}
			} else {
				_, err = r.create(s.file)
			}
			if err != nil {
				mu.Lock()
				defer mu.Unlock()
				errs[s.file] = err
			}
		})
	}
	wg.Wait()
	return errs
}

// TestFolderRenamed: all keys of for_each change and no file name does. The creates meet the sources that the same run deletes, and wait for
// the deletes, also while trained sources take up the slots.
func TestFolderRenamed(t *testing.T) {
	t.Parallel()
	for name, quirk := range map[string]func(*mockhub.Quirks){"trained at once": func(*mockhub.Quirks) {}, "trained in a minute": slow, "list": func(q *mockhub.Quirks) { q.SourceOrderRandom = true }} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const n = 12
			e := acctest.Start(t, quirk)
			chatbot := e.SeedChatbot()
			synctest.Test(t, func(t *testing.T) {
				r := newRun(t, e, chatbot, 4)
				olds := map[string]*acctest.Object{}
				file := func(i int) string { return fmt.Sprintf("%d.txt", i) }
				steps := []step{{file: file(0)}, {file: file(1)}}
				for i := range n {
					o, err := r.create(file(i))
					if err != nil {
						t.Fatal(err)
					}
					olds[file(i)] = o
					steps = append(steps, step{file(i), true})
					if i+2 < n {
						steps = append(steps, step{file: file(i + 2)})
					}
				}
				for name, err := range r.walk(olds, steps...) {
					t.Errorf("%s: %v", name, err)
				}
			})
			if got := len(e.Sources(chatbot)); got != n {
				t.Errorf("the chatbot has %d sources, want %d", got, n)
			}
		})
	}
}

// TestFolderRenamedThroughTerraform: the same with a real Terraform, and fewer files than it has slots.
func TestFolderRenamedThroughTerraform(t *testing.T) {
	t.Parallel()
	const n = 6
	c, e := acctest.NewCLI(t), acctest.Start(t)
	chatbot, dir := e.SeedChatbot(), t.TempDir()
	config := fmt.Sprintf(`
terraform {
  required_providers {
    aichatbothub = { source = "aichatbothub/aichatbothub" }
  }
}
variable "folder" { type = string }
resource "aichatbothub_source" "t" {
  for_each   = toset([for i in range(%d) : "${var.folder}/${i}.txt"])
  chatbot_id = %q
  file       = { name = basename(each.key), content = each.key }
}
`, n, chatbot)
	write(t, dir, "main.tf", config)
	tf := c.Terraform(t, dir, e, nil)
	if err := tf.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"one", "two"} {
		if err := tf.Apply(t.Context(), tfexec.Var("folder="+folder)); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(e.Sources(chatbot)); got != n {
		t.Errorf("the chatbot has %d sources, want %d", got, n)
	}
}

// TestRenamedOneByOne: with -parallelism=1 a create cannot wait for a delete. The error says first to apply again, which creates the source.
// It never has an import block once the run has deleted a source of the chatbot.
func TestRenamedOneByOne(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		steps []step
		block bool
	}{
		"create first": {[]step{{file: "a.txt"}, {"a.txt", true}, {"b.txt", true}, {file: "b.txt"}}, true},
		"delete first": {[]step{{"b.txt", true}, {file: "a.txt"}, {"a.txt", true}, {file: "b.txt"}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			chatbot := e.SeedChatbot()
			synctest.Test(t, func(t *testing.T) {
				r := newRun(t, e, chatbot, 1)
				olds := map[string]*acctest.Object{}
				for _, name := range []string{"a.txt", "b.txt"} {
					o, err := r.create(name)
					if err != nil {
						t.Fatal(err)
					}
					olds[name] = o
				}
				errs := r.walk(olds, c.steps...)
				if len(errs) != 1 || errs["a.txt"] == nil {
					t.Fatalf("%v", errs)
				}
				text := errs["a.txt"].Error()
				again, at := strings.Index(text, "Apply again first"), strings.Index(text, "import {")
				if again < 0 || (at >= 0) != c.block || at >= 0 && at < again {
					t.Errorf("%s", text)
				}
				if errs := r.walk(nil, step{file: "a.txt"}); len(errs) > 0 {
					t.Errorf("the next apply: %v", errs)
				}
			})
			if got := len(e.Sources(chatbot)); got != 2 {
				t.Errorf("the chatbot has %d sources, want 2", got)
			}
		})
	}
}

// TestCreatedAtOnce: of two creates of one file name at the same time, the second one names the cause, and has no import block.
func TestCreatedAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := mockhub.New(mockhub.Options{}) // in the bubble, so that a request that it holds counts as blocked
		defer h.Close()
		e := &acctest.Env{Hub: h, URL: "https://hub.test"}
		r := newRun(t, e, e.SeedChatbot(), 2)
		answer := make(chan struct{})
		e.Inject(mockhub.Fault{Route: upload, Process: true, Hold: answer, Mutate: func(b []byte) []byte { return b }})
		create := func() <-chan error {
			done := make(chan error, 1)
			go func() {
				_, err := r.create("a.txt")
				done <- err
			}()
			synctest.Wait()
			return done
		}
		first := create() // exists, and its id is not known yet
		second := create()
		close(answer)
		if err := <-first; err != nil {
			t.Error(err)
		}
		if err := <-second; err == nil || !strings.Contains(err.Error(), "created it in this run") || strings.Contains(err.Error(), "import {") {
			t.Errorf("%v", err)
		}
	})
}
