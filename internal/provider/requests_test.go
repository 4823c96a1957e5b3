package provider_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

// TestRequests counts the requests of a real Terraform with the real provider.
func TestRequests(t *testing.T) {
	t.Parallel()
	c, e := acctest.NewCLI(t), acctest.Start(t)
	dir := t.TempDir()
	config := `
terraform {
  required_providers {
    aichatbothub = { source = "aichatbothub/aichatbothub" }
  }
}

resource "aichatbothub_chatbot" "t" {
  name = "Support"
}

resource "aichatbothub_agent" "t" {
  count      = 5
  chatbot_id = aichatbothub_chatbot.t.id
  type       = "pre-canned"
  name       = "Agent ${count.index}"
}

resource "aichatbothub_tool_function" "t" {
  count       = 5
  chatbot_id  = aichatbothub_chatbot.t.id
  agent_id    = aichatbothub_agent.t[count.index].id
  name        = "look_up"
  description = "Looks something up."
  url         = "https://example.com/look-up"
}
`
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	tf := c.Terraform(t, dir, e, nil)
	for _, step := range []struct {
		name string
		run  func() error
		want map[string]int
	}{
		{"init", func() error { return tf.Init(t.Context()) }, nil},
		{"validate", func() error { _, err := tf.Validate(t.Context()); return err }, nil},
		{"the first plan", func() error { _, err := tf.Plan(t.Context()); return err }, nil},
		{"apply", func() error { return tf.Apply(t.Context()) }, map[string]int{"POST /chatbot/create": 1, "POST /chatbot/{uuid}/agent/create": 5,
			"POST /agent/{uuid}/update": 5, "POST /agent/{uuid}/function/create": 5}},
		{"the next plan", func() error { _, err := tf.Plan(t.Context()); return err }, map[string]int{"GET /chatbot/{uuid}": 1, "GET /chatbot/{uuid}/agents": 1}},
	} {
		e.Forget()
		if err := step.run(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		got := map[string]int{}
		for _, r := range e.Requests() {
			got[r.Route]++
		}
		for route := range got {
			if step.want[route] != got[route] {
				t.Errorf("%s sent %d × %s, want %d", step.name, got[route], route, step.want[route])
			}
		}
		for route, want := range step.want {
			if got[route] == 0 {
				t.Errorf("%s sent no %s, want %d", step.name, route, want)
			}
		}
	}
	if err := tf.Destroy(t.Context()); err != nil || len(e.Chatbots()) != 0 {
		t.Errorf("destroy: %v, %d chatbots left", err, len(e.Chatbots()))
	}
}
