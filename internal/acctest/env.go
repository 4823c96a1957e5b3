// Package acctest supports acceptance tests: a mock server for each test, the provider in the test's process, and what tests need to know of
// each noun. Only _test files import it.
package acctest

import (
	"fmt"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/protocol"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// Env is the service of one test.
type Env struct {
	*mockhub.Hub
	URL  string
	keep []string
	slow bool
	cli  bool
}

// Start starts a mock server, which is closed at the end of the test. quirks select a reading of the contract.
func Start(t testing.TB, quirks ...func(*mockhub.Quirks)) *Env {
	t.Helper()
	return StartSlow(t, 0, quirks...)
}

// StartSlow is Start with a service that takes latency for each request.
func StartSlow(t testing.TB, latency time.Duration, quirks ...func(*mockhub.Quirks)) *Env {
	t.Helper()
	h := mockhub.New(mockhub.Options{Latency: latency})
	for _, quirk := range quirks {
		h.SetQuirks(quirk)
	}
	server := httptest.NewServer(h)
	t.Cleanup(func() { h.Close(); server.Close() })
	return &Env{Hub: h, URL: server.URL, slow: latency > 0}
}

// Keep lists chatbots and agents that the test's configuration does not manage: they must exist after the destroy.
func (e *Env) Keep(ids ...string) { e.keep = append(e.keep, ids...) }

// SeedChatbot adds a chatbot for the objects of the test, and returns its id.
func (e *Env) SeedChatbot() string {
	id := e.AddChatbot(mockhub.Chatbot{Name: "Home"})
	e.Keep(id)
	return id
}

// Config returns a configuration for this service: a provider block with further arguments, and body.
func (e *Env) Config(body string, arguments ...string) string {
	return fmt.Sprintf("provider \"aichatbothub\" {\n  api_key  = %q\n  base_url = %q\n  %s\n}\n\n%s", e.Key(), e.URL, strings.Join(arguments, "\n  "), body)
}

// Factories makes the provider in the test's process, with short waits.
func Factories(options ...provider.Option) map[string]func() (tfprotov6.ProviderServer, error) {
	made := provider.New("test", append(options, ShortWaits)...)()
	return map[string]func() (tfprotov6.ProviderServer, error){
		"aichatbothub": func() (tfprotov6.ProviderServer, error) { return protocol.NewServer(made), nil },
	}
}

// wait is for tests that count requests: on a busy machine, deletes of one group can arrive far apart.
func wait(cfg *hub.Config) { cfg.DeleteWait = 5 * time.Second }

// ShortWaits shortens the waits between attempts of a request and between polls.
func ShortWaits(cfg *hub.Config) {
	cfg.BackoffMin, cfg.BackoffMax = time.Millisecond, 20*time.Millisecond
	cfg.PollInterval, cfg.PollFirst = 20*time.Millisecond, time.Millisecond
	cfg.Settle, cfg.Lag = 50*time.Millisecond, time.Millisecond
	cfg.RepeatFirst, cfg.RepeatNext = time.Millisecond, time.Millisecond
}

// allCLI is the environment variable that has every test run through a real Terraform.
const allCLI = "TF_ACC_CLI"

// ThroughCLI has the steps of this test run through a real Terraform. Each kind of behavior has one such test, which shows that Terraform
// and the provider agree.
func (e *Env) ThroughCLI() { e.cli = true }

// Test runs the steps and looks after the destroy: nothing may be left but what Keep named. It runs them at the level of the protocol
// (see protocol), in milliseconds instead of seconds, or through a real Terraform where they need one, or TF_ACC_CLI is set.
func (e *Env) Test(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	s := NewServer(t, e.options()...)
	if e.cli || os.Getenv(allCLI) != "" || s.needsCLI(steps) != "" {
		resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: Factories(e.options()...), Steps: steps,
			CheckDestroy: func(*terraform.State) error { return e.checkDestroy() }})
		return
	}
	e.protocol(t, s, steps)
	if err := e.checkDestroy(); err != nil {
		t.Error(err)
	}
}

func (e *Env) options() []provider.Option {
	if e.slow {
		return []provider.Option{wait}
	}
	return nil
}

func (e *Env) checkDestroy() error {
	var left []string
	for _, bot := range e.Chatbots() {
		left = append(left, bot.UUID)
		for _, a := range e.Agents(bot.UUID) {
			if !a.Default && !slices.Contains(e.keep, a.UUID) {
				left = append(left, "agent "+a.UUID)
			}
		}
	}
	slices.Sort(left)
	want := slices.DeleteFunc(slices.Clone(e.keep), func(id string) bool { _, agent := e.Agent(id); return agent })
	slices.Sort(want)
	if !slices.Equal(left, want) {
		return fmt.Errorf("after destroy the service has %v, want %v", left, want)
	}
	return nil
}

// Bodies returns the bodies of all requests of a route, in order.
func (e *Env) Bodies(route string) []string {
	var bodies []string
	for _, r := range e.Requests() {
		if r.Route == route {
			bodies = append(bodies, string(r.Body))
		}
	}
	return bodies
}

// ExpectCount returns a check of the number of requests of a route since the last Forget.
func (e *Env) ExpectCount(route string, want int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if got := e.Count(route); got != want {
			return fmt.Errorf("%s was requested %d times, want %d", route, got, want)
		}
		return nil
	}
}
