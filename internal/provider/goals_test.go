package provider_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// onePlan are the requests of a plan of any number of objects of one chatbot (goals.md P1).
var onePlan = map[string]int{"GET /chatbot/{uuid}": 1, "GET /chatbot/{uuid}/data-sources": 1, "GET /chatbot/{uuid}/agents": 1, "GET /chatbot/{uuid}/source-tags": 1}

// routes returns the number of requests of each route.
func routes(e *acctest.Env) map[string]int {
	got := map[string]int{}
	for _, r := range e.Requests() {
		got[r.Route]++
	}
	return got
}

const oneChatbot = `
terraform {
  required_providers {
    aichatbothub = { source = "aichatbothub/aichatbothub" }
  }
}

resource "aichatbothub_chatbot" "t" {
  name = "Support"
}

resource "aichatbothub_source" "t" {
  count             = SOURCES
  chatbot_id        = aichatbothub_chatbot.t.id
  wait_for_training = false
  qa                = { question = "Question ${count.index}?", answer = "Answer." }
}

resource "aichatbothub_agent" "t" {
  count      = 20
  chatbot_id = aichatbothub_chatbot.t.id
  type       = "pre-canned"
  name       = "Agent ${count.index}"
}

resource "aichatbothub_source_tag" "t" {
  count      = 20
  chatbot_id = aichatbothub_chatbot.t.id
  name       = "Tag ${count.index}"
  color      = "#0071F9"
}
`

// TestGoalP1Plan: with a real Terraform, a plan sends four requests, whatever the number of sources and -parallelism (goals.md P1).
func TestGoalP1Plan(t *testing.T) {
	t.Parallel()
	c, e := acctest.NewCLI(t), acctest.Start(t)
	dir := t.TempDir()
	tf := c.Terraform(t, dir, e, nil)
	for _, n := range []int{1, 100} {
		if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(strings.Replace(oneChatbot, "SOURCES", fmt.Sprint(n), 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := tf.Init(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := tf.Apply(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, parallel := range []int{1, 10, 50} {
			e.Forget()
			if changes, err := tf.Plan(t.Context(), tfexec.Parallelism(parallel)); err != nil || changes {
				t.Errorf("%d sources: the plan has changes: %t, %v", n, changes, err)
			}
			if got := routes(e); !maps.Equal(got, onePlan) {
				t.Errorf("a plan of %d sources, %d at a time, sent %v, want %v", n, parallel, got, onePlan)
			}
		}
	}
	if err := tf.Destroy(t.Context()); err != nil || len(e.Chatbots()) != 0 {
		t.Errorf("destroy: %v, %d chatbots left", err, len(e.Chatbots()))
	}
}

// addObjects adds a chatbot with n sources, 20 agents and 20 tags to the service, and returns a read request for each.
func addObjects(t testing.TB, e *acctest.Env, s *acctest.Server, n int) []*tfprotov6.ReadResourceRequest {
	t.Helper()
	bot := e.AddChatbot(mockhub.Chatbot{Name: "Support"})
	var reads []*tfprotov6.ReadResourceRequest
	add := func(typeName string, ids map[string]string) {
		reads = append(reads, &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: s.Config(typeName, acctest.Strings(ids))})
	}
	add("aichatbothub_chatbot", map[string]string{"id": bot})
	for i := range n {
		id := e.AddSource(bot, mockhub.Source{Type: "qa", Title: fmt.Sprint("Source ", i)})
		add("aichatbothub_source", map[string]string{"chatbot_id": bot, "id": id})
	}
	for range 20 {
		add("aichatbothub_agent", map[string]string{"chatbot_id": bot, "id": e.AddAgent(bot, mockhub.Agent{})})
		add("aichatbothub_source_tag", map[string]string{"chatbot_id": bot, "id": e.AddTag(bot, mockhub.SourceTag{})})
	}
	return reads
}

// refresh sends read requests, several in parallel, and returns how many of the objects exist.
func refresh(t testing.TB, s *acctest.Server, reads []*tfprotov6.ReadResourceRequest, parallel int) int {
	t.Helper()
	next := make(chan *tfprotov6.ReadResourceRequest)
	var mu sync.Mutex
	var wg sync.WaitGroup
	there := 0
	for range parallel {
		wg.Go(func() {
			for req := range next {
				resp, err := s.ReadResource(t.Context(), req)
				switch {
				case err != nil:
					t.Error(err)
				case len(resp.Diagnostics) > 0:
					t.Error(req.TypeName, resp.Diagnostics[0].Summary, resp.Diagnostics[0].Detail)
				default:
					if null, err := resp.NewState.IsNull(); err == nil && !null {
						mu.Lock()
						there++
						mu.Unlock()
					}
				}
			}
		})
	}
	for _, req := range reads {
		next <- req
	}
	close(next)
	wg.Wait()
	return there
}

// TestGoalP1Refresh is TestGoalP1Plan at the level of the protocol, with more objects. Of 5,000 sources it reads every fifth.
func TestGoalP1Refresh(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1000, 5000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			s := e.Server(t)
			reads := addObjects(t, e, s, n)
			if n > 1000 {
				every := n / 1000
				some := slices.Concat(reads[:1], reads[len(reads)-40:]) // the chatbot, the agents and the tags
				for i := 1; i <= n; i += every {
					some = append(some, reads[i])
				}
				reads = some
			}
			if there := refresh(t, s, reads, 10); there != len(reads) {
				t.Errorf("%d of %d objects were found", there, len(reads))
			}
			if got := routes(e); !maps.Equal(got, onePlan) {
				t.Errorf("a refresh of %d sources sent %v, want %v", n, got, onePlan)
			}
		})
	}
}

// TestGoalP6StartSendsNothing: no request is sent for schemas, for validation and for the configuration of the provider, and the schemas are
// the same in every call (goals.md P6).
func TestGoalP6StartSendsNothing(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	s := e.Server(t)
	again, err := s.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	sameSchemas(t, s.Schema.ResourceSchemas, again.ResourceSchemas)
	sameSchemas(t, s.Schema.DataSourceSchemas, again.DataSourceSchemas)
	sameSchemas(t, s.Schema.EphemeralResourceSchemas, again.EphemeralResourceSchemas)
	sameSchemas(t, s.Schema.ListResourceSchemas, again.ListResourceSchemas)
	for name, action := range s.Schema.ActionSchemas {
		sameSchemas(t, map[string]*tfprotov6.Schema{name: action.Schema}, map[string]*tfprotov6.Schema{name: again.ActionSchemas[name].Schema})
	}
	for name := range s.Schema.ResourceSchemas {
		config := s.Config(name, map[string]tftypes.Value{})
		if _, err := s.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: name, Config: config}); err != nil {
			t.Error(err)
		}
	}
	if err := s.NewRun(e); err != nil {
		t.Error(err)
	}
	if got := routes(e); len(got) > 0 {
		t.Errorf("the start sent %v", got)
	}
}
