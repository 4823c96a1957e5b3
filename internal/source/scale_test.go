package source_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestThreeHundred makes, trains, refreshes and destroys 300 sources with the request counts of P1 and P4, counted in the service.
func TestThreeHundred(t *testing.T) {
	t.Parallel()
	const n = 300
	e := acctest.StartSlow(t, 100*time.Millisecond) // as goals.md sets it
	chatbot := e.SeedChatbot()
	none(t, e, chatbot)
	config := e.Config(strings.Replace(source(chatbot, `qa = { question = "Question ${count.index}?", answer = "Answer ${count.index}." }`), "{", fmt.Sprintf("{\n  count = %d", n), 1))
	e.Test(t,
		resource.TestStep{Config: config, Check: func(*terraform.State) error {
			t.Logf("%d sources: %d creates, %d lists while they were trained", n, e.Count(createQA), e.Count(list))
			return e.ExpectCount(createQA, n)(nil)
		}},
		resource.TestStep{PreConfig: e.Forget, Config: config, PlanOnly: true},
		resource.TestStep{PreConfig: func() {
			// The step before ran two plans, each in its own provider.
			if lists, all := e.Count(list), e.Count(""); lists > 3 || all != lists {
				t.Errorf("plans of %d sources cost %d lists and %d requests", n, lists, all)
			}
			e.Forget()
		}, Config: e.Config("")},
	)
	bulks, singles := e.Count(bulk), e.Count(remove)
	t.Logf("%d sources: deleted with %d bulk requests and %d single ones", n, bulks, singles)
	if most := n / 10 * 5 / 4; bulks+singles > most {
		t.Errorf("%d sources took %d bulk and %d single deletes, want %d at most", n, bulks, singles, most)
	}
}

// TestHundredInTraining: a hundred sources that train for a minute share the polls, so there are at most 14 lists (goals.md P3). It runs on
// the clock of a synctest bubble, with the waits that the provider has by default.
func TestHundredInTraining(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, slow)
	chatbot := e.SeedChatbot()
	synctest.Test(t, func(t *testing.T) {
		s := e.Server(t, func(cfg *hub.Config) {
			cfg.PollInterval, cfg.PollFirst = 0, 0
		}, e.WithoutNetwork)
		qaType := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"question": tftypes.String, "answer": tftypes.String}}
		var wg sync.WaitGroup
		for i := range 100 {
			wg.Go(func() {
				config := acctest.Strings(map[string]string{"chatbot_id": chatbot})
				config["qa"] = tftypes.NewValue(qaType, acctest.Strings(map[string]string{"question": fmt.Sprint("Q", i), "answer": "A"}))
				config["wait_for_training"] = tftypes.NewValue(tftypes.Bool, true)
				if diags := s.Create("aichatbothub_source", config, func() {}); len(diags) > 0 {
					t.Error(diags[0].Summary, diags[0].Detail)
				}
			})
		}
		start := time.Now()
		wg.Wait()
		if took := time.Since(start); took < time.Minute {
			t.Errorf("the waits ended after %s, before the training", took)
		}
	})
	t.Logf("100 sources in training for a minute: %d lists", e.Count(list))
	if n := e.Count(list); n > 14 {
		t.Errorf("%d lists, want 14 at most", n)
	}
}

// TestInterrupted sends Ctrl-C to a real Terraform while it waits for training: the source is in the state, not tainted and not trained,
// and the next apply waits on.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	c, e := acctest.NewCLI(t), acctest.Start(t, slow)
	chatbot, dir := e.SeedChatbot(), t.TempDir()
	config := "terraform {\n required_providers {\n  aichatbothub = { source = \"aichatbothub/aichatbothub\" }\n }\n}\n" + source(chatbot, `file = { content = "Hello", name = "a.txt" }`)
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	tf := c.Terraform(t, dir, e, nil)
	if err := tf.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	reached := make(chan struct{}, 1)
	e.Inject(mockhub.Fault{Route: list, Reached: reached, Mutate: func(b []byte) []byte { return b }})

	var out bytes.Buffer
	cmd := exec.CommandContext(t.Context(), c.Path, "apply", "-auto-approve", "-no-color")
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &out
	for name, value := range c.Installation.Env(map[string]string{"AICHATBOTHUB_BASE_URL": e.URL, "AICHATBOTHUB_API_KEY": e.Key()}) {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-reached // it has taken its first look, so it is waiting
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // Terraform says by its status that it was interrupted
	if !strings.Contains(out.String(), "Source not trained yet") {
		t.Errorf("nothing is said about the training:\n%s", out.String())
	}
	state, err := tf.Show(t.Context())
	if err != nil || state.Values == nil || len(state.Values.RootModule.Resources) != 1 {
		t.Fatalf("the source is not in the state: %v\n%s", err, out.String())
	}
	if r := state.Values.RootModule.Resources[0]; r.Tainted || r.AttributeValues["trained"] != false || r.AttributeValues["id"] != only(t, e, chatbot).UUID {
		t.Errorf("tainted %t, %v", r.Tainted, r.AttributeValues)
	}

	e.Clock().Advance(time.Hour)
	e.Forget()
	if err := tf.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	if state, err = tf.Show(t.Context()); err != nil || state.Values.RootModule.Resources[0].AttributeValues["trained"] != true || e.Count(upload) != 0 {
		t.Errorf("after the next apply: %v, %d uploads", err, e.Count(upload))
	}
	if err := tf.Destroy(t.Context()); err != nil {
		t.Error(err)
	}
}
