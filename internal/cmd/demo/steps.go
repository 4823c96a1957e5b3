package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// firstChatbot writes a small configuration and applies it.
func (d *demo) firstChatbot(ctx context.Context) error {
	d.step("A first chatbot")
	d.say("These settings select the mock. With an account, only the key is needed:")
	d.gap()
	d.shell("$ export AICHATBOTHUB_BASE_URL="+quoted(d.url), "$ export AICHATBOTHUB_API_KEY="+quoted(d.hub.Key()))
	d.gap()
	d.say("A chatbot, and the prompt of the agent that the service creates with each chatbot:")
	d.gap()
	err := d.write("main.tf",
		"terraform {",
		"  required_providers {",
		"    aichatbothub = {",
		`      source  = "aichatbothub/aichatbothub"`,
		`      version = "~> 0.1"`,
		"    }",
		"  }",
		"}",
		"",
		`resource "aichatbothub_chatbot" "shop" {`,
		`  name = "Northwind Books support"`,
		"}",
		"",
		`resource "aichatbothub_default_agent" "answers" {`,
		"  chatbot_id = aichatbothub_chatbot.shop.id",
		`  prompt     = "You answer the customers of Northwind Books."`,
		"}")
	if err != nil {
		return err
	}
	if _, err := d.command("init", shortenInit, func() error { return d.tf.Init(ctx) }); err != nil {
		return err
	}
	d.requests()
	d.gap()
	return d.apply(ctx)
}

// team replaces the configuration by that of the scenario and applies it.
func (d *demo) team(ctx context.Context) error {
	d.step("A team of agents")
	d.say("The files of %s extend this chatbot. main.tf adds an agent that hands conversations over to a person, and one that labels conversations. "+
		"answers.tf has a longer prompt, and a function with which the agent finds orders:", scenario)
	d.gap()
	if err := os.Remove(filepath.Join(d.work, "main.tf")); err != nil {
		return err
	}
	if err := os.CopyFS(d.work, os.DirFS(d.source)); err != nil {
		return err
	}
	if err := d.cat("answers.tf"); err != nil {
		return err
	}
	d.say("The token is a secret, so it is in a separate file that is not checked in:")
	d.gap()
	d.secret = "made-up-" + rand.Text()
	if err := d.write("secret.auto.tfvars", fmt.Sprintf("orders_token = %q", d.secret)); err != nil {
		return err
	}
	if err := d.plan(ctx); err != nil {
		return err
	}
	if err := d.applyPlan(ctx); err != nil {
		return err
	}
	d.gap()
	return d.checkSecret()
}

// editPrompt edits the prompt.
func (d *demo) editPrompt(ctx context.Context) error {
	d.step("A change of the prompt")
	d.say("One line of answers.tf is edited:")
	d.gap()
	const before, after = "    Be brief and friendly.\n", "    Be brief and friendly, and answer in the language of the visitor.\n"
	if err := d.edit("answers.tf", before, after); err != nil {
		return err
	}
	if err := d.plan(ctx); err != nil {
		return err
	}
	if err := d.applyPlan(ctx); err != nil {
		return err
	}
	d.gap()
	d.say("The next plan is empty. It reads all agents with one request:")
	d.gap()
	return d.planNothing(ctx)
}

// importAgent imports an agent that was created in the web app.
func (d *demo) importAgent(ctx context.Context) error {
	d.step("Import")
	chatbot := d.chatbot()
	const hours = "We are open from 9 to 18, Monday to Saturday."
	agent := d.hub.AddAgent(chatbot, mockhub.Agent{Type: "pre-canned", Name: "Opening hours", Description: "When the shop is open.", DefaultMessage: new(hours), Enabled: true})
	d.say("A colleague has created the agent \"Opening hours\" in the web app. Terraform takes it over:")
	d.gap()
	err := d.write("hours.tf",
		"import {",
		"  to = aichatbothub_agent.hours",
		fmt.Sprintf("  id = %q", chatbot+"/"+agent),
		"}",
		"",
		`resource "aichatbothub_agent" "hours" {`,
		"  chatbot_id      = aichatbothub_chatbot.shop.id",
		`  type            = "pre-canned"`,
		`  name            = "Opening hours"`,
		fmt.Sprintf("  default_message = %q", hours),
		"}")
	if err != nil {
		return err
	}
	if err := d.plan(ctx); err != nil {
		return err
	}
	return d.applyPlan(ctx)
}

// drift changes an agent outside Terraform.
func (d *demo) drift(ctx context.Context) error {
	d.step("Drift")
	agents := d.hub.Agents(d.chatbot())
	i := slices.IndexFunc(agents, func(a mockhub.Agent) bool { return a.Type == "human-escalation" })
	if i < 0 {
		return fmt.Errorf("step %d: the service has no human-escalation agent", d.steps)
	}
	d.hub.EditAgent(agents[i].UUID, func(a *mockhub.Agent) { a.Enabled, a.ModifiedAt = false, time.Time{} })
	d.say("A colleague disables the agent that hands conversations over to a person, in the web app. The next plan shows the change, and apply reverts it:")
	d.gap()
	if err := d.plan(ctx); err != nil {
		return err
	}
	if err := d.applyPlan(ctx); err != nil {
		return err
	}
	if agent, _ := d.hub.Agent(agents[i].UUID); !agent.Enabled {
		return fmt.Errorf("step %d: the agent is still disabled", d.steps)
	}
	return nil
}

// stopManaging removes the default agent from the configuration.
func (d *demo) stopManaging(ctx context.Context) error {
	d.step("The default agent is no longer managed")
	d.say("The service created the default agent, so Terraform never deletes it. Removing its resource from the configuration restores its original settings:")
	d.gap()
	d.shell("$ rm answers.tf")
	if err := os.Remove(filepath.Join(d.work, "answers.tf")); err != nil {
		return err
	}
	if err := d.apply(ctx); err != nil {
		return err
	}
	agent, ok := d.hub.Agent(d.hub.DefaultAgent(d.chatbot()))
	if !ok || agent.Name != "General Q&A" || len(agent.Functions) > 0 {
		return fmt.Errorf("step %d: the default agent is %q with %d tool functions", d.steps, agent.Name, len(agent.Functions))
	}
	d.gap()
	d.say("The agent has its original name and prompt again, and no tool function:")
	d.gap()
	d.quote(fmt.Sprintf("name   = %q", agent.Name), fmt.Sprintf("prompt = %q", agent.Prompt))
	return nil
}

// destroy destroys everything and checks that the service has no chatbots.
func (d *demo) destroy(ctx context.Context) error {
	d.step("Destroy")
	if err := d.change("destroy -auto-approve", func() error { return d.tf.Destroy(ctx) }); err != nil {
		return err
	}
	if left := d.hub.Chatbots(); len(left) > 0 {
		return fmt.Errorf("step %d: the service still has %d chatbots", d.steps, len(left))
	}
	d.gap()
	d.say("The service has no chatbots.")
	return nil
}

// handOver prints commands for another terminal. enter says whether Enter stops the mock; Ctrl-C always does.
func (d *demo) handOver(enter bool) {
	d.step("Try it")
	cli := d.cli()
	if found, err := exec.LookPath(cli); errors.Is(err, exec.ErrNotFound) || found != d.tf.ExecPath() {
		cli = quoted(d.tf.ExecPath())
	}
	d.say("The mock keeps running with this chatbot and its agents. Enter these commands in another terminal:")
	d.gap()
	d.shell(
		"export TF_CLI_CONFIG_FILE="+quoted(d.install.ConfigFile),
		"export AICHATBOTHUB_BASE_URL="+quoted(d.url),
		"export AICHATBOTHUB_API_KEY="+quoted(d.hub.Key()),
		"cd "+quoted(d.work),
		cli+" plan")
	d.gap()
	d.say("You can edit the configuration there, and run %s apply, test or destroy. %s shows the objects and the requests in a browser.", d.cli(), d.url)
	d.gap()
	end := "Ctrl-C"
	if enter {
		end = "Enter"
	}
	d.say("Press %s here to stop the mock and to remove the folder.", end)
}

// finish prints the end of the demo, after all files have been removed.
func (d *demo) finish(kept bool, took time.Duration) {
	d.gap()
	if kept {
		d.say("The mock has stopped and the folder has been removed.")
		return
	}
	d.prose(bold, "   ", "   ", fmt.Sprintf("Done in %s with %d requests. The mock has no objects, and the temporary folder has been removed.", seconds(took), d.seen))
	d.gap()
	d.say("What to try next:")
	d.gap()
	d.table(
		"make demo KEEP=1", "stop after step 2, and keep the mock running",
		"docs/index.md", "how to use the provider with an account",
		"examples/", "the configurations in the documentation",
		"make test", "all checks of CI",
		"go run . mock", "the mock alone, for a configuration of yours",
		"go run . probe", "how a deployment behaves, with the key of an account (docs/guides/which-service.md)")
	d.gap()
}

// chatbot is the id of the only chatbot.
func (d *demo) chatbot() string { return d.hub.Chatbots()[0].UUID }

// plain returns the value of a JSON string, and other JSON unchanged.
func plain(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return string(raw)
	}
	return s
}

// quoted quotes a text for a shell.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
