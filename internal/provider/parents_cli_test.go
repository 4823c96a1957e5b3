package provider_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"
	tfjson "github.com/hashicorp/terraform-json"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

// A module that depends on a chatbot and finds it with a data source.
const (
	dependentRoot = `
terraform {
  required_providers {
    aichatbothub = { source = "aichatbothub/aichatbothub" }
  }
}

variable "citations" {
  type    = bool
  default = false
}

variable "others" {
  type    = number
  default = 0
}

resource "aichatbothub_chatbot" "b" {
  name           = "Shop"
  show_citations = var.citations
}

resource "aichatbothub_chatbot" "other" {
  count = var.others
  name  = "Other ${count.index}"
}

module "m" {
  source     = "./m"
  depends_on = [aichatbothub_chatbot.b, aichatbothub_chatbot.other]
}
`
	dependentModule = `
terraform {
  required_providers {
    aichatbothub = { source = "aichatbothub/aichatbothub" }
  }
}

data "aichatbothub_chatbot" "b" {
  name = "Shop"
}

resource "aichatbothub_agent" "t" {
  chatbot_id = data.aichatbothub_chatbot.b.id
  type       = "user-facing"
  name       = "Orders"
}

resource "aichatbothub_tool_function" "t" {
  chatbot_id  = data.aichatbothub_chatbot.b.id
  agent_id    = aichatbothub_agent.t.id
  name        = "find"
  description = "Finds."
  url         = "https://example.com/"
}

resource "aichatbothub_source" "t" {
  chatbot_id = data.aichatbothub_chatbot.b.id
  qa         = { question = "When?", answer = "At 9." }
}

resource "aichatbothub_session" "t" {
  chatbot_id = data.aichatbothub_chatbot.b.id
}

resource "aichatbothub_message" "t" {
  session_id = aichatbothub_session.t.id
  query      = "When?"
}
`
)

// dependent is a real Terraform with that module.
type dependent struct {
	*testing.T
	*acctest.Env
	tf   *tfexec.Terraform
	file string // of a saved plan
}

// plan saves a plan, and checks what it does with the objects of the module. message is what it does with the message, whose session is a
// resource of the module.
func (d *dependent) plan(object, message tfjson.Action, options ...tfexec.PlanOption) {
	d.Helper()
	if _, err := d.tf.Plan(d.Context(), append(options, tfexec.Out(d.file))...); err != nil {
		d.Fatal(err)
	}
	plan, err := d.tf.ShowPlanFile(d.Context(), d.file)
	if err != nil {
		d.Fatal(err)
	}
	for _, change := range plan.ResourceChanges {
		want := object
		if change.Type == "aichatbothub_message" {
			want = message
		}
		if change.Mode == tfjson.ManagedResourceMode && change.ModuleAddress == "module.m" && !slices.Contains(change.Change.Actions, want) {
			d.Errorf("%s: %v, want %s", change.Address, change.Change.Actions, want)
		}
	}
}

// apply applies the saved plan.
func (d *dependent) apply() {
	d.Helper()
	if err := d.tf.Apply(d.Context(), tfexec.DirOrPlan(d.file)); err != nil {
		d.Fatal(err)
	}
}

// unchanged fails the test if a plan has changes.
func (d *dependent) unchanged(options ...tfexec.PlanOption) {
	d.Helper()
	if changes, err := d.tf.Plan(d.Context(), options...); err != nil || changes {
		d.Errorf("changes: %t, %v", changes, err)
	}
}

// TestUnknownParentThroughCLI: with a real Terraform, objects in a module that depends on their chatbot are replaced with the chatbot only.
func TestUnknownParentThroughCLI(t *testing.T) {
	t.Parallel()
	c, e := acctest.NewCLI(t), acctest.Start(t)
	dir := t.TempDir()
	for name, text := range map[string]string{"main.tf": dependentRoot, "m/main.tf": dependentModule} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d := &dependent{T: t, Env: e, tf: c.Terraform(t, dir, e, nil), file: filepath.Join(dir, "plan")}
	if err := d.tf.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := d.tf.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	const update, noop, replace, create = tfjson.ActionUpdate, tfjson.ActionNoop, tfjson.ActionDelete, tfjson.ActionCreate
	cited := tfexec.Var("citations=true")

	d.plan(update, noop, cited, tfexec.Refresh(false))
	d.plan(update, noop, tfexec.Var("others=1"))
	d.plan(update, noop, cited, tfexec.Target("module.m.aichatbothub_tool_function.t"))
	d.plan(update, noop, cited)
	before := d.AllIDs()
	d.apply()
	if after := d.AllIDs(); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("after an update in place the service has %v, and had %v", after, before)
	}
	d.unchanged(cited)

	bot := tfexec.Replace("aichatbothub_chatbot.b")
	d.plan(replace, replace, cited, bot, tfexec.Refresh(false))
	d.plan(replace, replace, cited, bot)
	d.apply()
	d.unchanged(cited)

	e.RemoveChatbot(e.Chatbots()[0].UUID)
	d.plan(create, create, cited)
	d.apply()

	if err := d.tf.Taint(t.Context(), "aichatbothub_chatbot.b"); err != nil {
		t.Fatal(err)
	}
	if err := d.tf.Apply(t.Context(), cited); err == nil || !strings.Contains(err.Error(), "Parent changed after the plan") {
		t.Errorf("error %v, want that the parent changed", err)
	}
	if err := d.tf.Apply(t.Context(), cited); err != nil {
		t.Error(err)
	}
	d.unchanged(cited)
	if err := d.tf.Destroy(t.Context(), cited); err != nil || len(e.Chatbots()) > 0 {
		t.Errorf("destroy: %v, %d chatbots left", err, len(e.Chatbots()))
	}
}
