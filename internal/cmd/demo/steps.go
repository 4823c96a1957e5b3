package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// configuration prints the configuration and runs init.
func (d *demo) configuration(ctx context.Context) error {
	d.step("A configuration")
	raw, err := os.ReadFile(filepath.Join(d.work, "answers.tf"))
	if err != nil {
		return err
	}
	d.say("%s has a chatbot, an agent that hands conversations over to a person, an agent that tags conversations, and this:", scenario)
	d.gap()
	d.quote("# answers.tf")
	d.quote(strings.Split(strings.TrimSpace(string(raw)), "\n")...)
	d.gap()
	d.say("The token is a secret, so it is in a separate file that is not checked in:")
	d.gap()
	d.secret = "made-up-" + rand.Text()
	if err := d.write("secret.auto.tfvars", fmt.Sprintf("orders_token = %q", d.secret)); err != nil {
		return err
	}
	if _, err := d.command("init", func() error { return d.tf.Init(ctx) }); err != nil {
		return err
	}
	d.requests()
	return nil
}

// firstApply creates the chatbot and its agents.
func (d *demo) firstApply(ctx context.Context) error {
	d.step("Plan and apply")
	if err := d.plan(ctx, true); err != nil {
		return err
	}
	if err := d.apply(ctx); err != nil {
		return err
	}
	outputs, err := d.tf.Output(ctx)
	if err != nil {
		return err
	}
	d.gap()
	d.say("The outputs are for the web site:")
	for _, name := range slices.Sorted(maps.Keys(outputs)) {
		d.quote(fmt.Sprintf("%-14s = %s", name, plain(outputs[name].Value)))
	}
	d.gap()
	return d.checkSecret()
}

// change edits the prompt.
func (d *demo) change(ctx context.Context) error {
	d.step("A change")
	d.say("One line of the prompt in answers.tf is changed:")
	d.gap()
	const before, after = "    Be brief and friendly.\n", "    Be brief and friendly, and answer in the language of the visitor.\n"
	if err := d.edit("answers.tf", before, after); err != nil {
		return err
	}
	if err := d.plan(ctx, true); err != nil {
		return err
	}
	if err := d.apply(ctx); err != nil {
		return err
	}
	d.gap()
	d.say("The next plan is empty. It reads all agents with one request:")
	return d.plan(ctx, false)
}

// importAgent imports an agent that was created in the web app.
func (d *demo) importAgent(ctx context.Context) error {
	d.step("Import")
	chatbot := d.chatbot()
	const hours = "We are open from 9 to 18, Monday to Saturday."
	agent := d.hub.AddAgent(chatbot, mockhub.Agent{Type: "pre-canned", Name: "Opening hours", Description: "When the shop is open.", DefaultMessage: new(hours), Enabled: true})
	d.say("A colleague has created the agent \"Opening hours\" in the web app. Terraform imports it:")
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
	if err := d.plan(ctx, true); err != nil {
		return err
	}
	return d.apply(ctx)
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
	d.say("A colleague disables the agent that hands conversations over to a person, in the web app.")
	d.say("The next plan shows the change, and apply reverts it:")
	d.gap()
	if err := d.plan(ctx, true); err != nil {
		return err
	}
	if err := d.apply(ctx); err != nil {
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
	d.say("The service created the default agent, so Terraform never deletes it. Removing answers.tf restores its original settings:")
	d.gap()
	if err := os.Remove(filepath.Join(d.work, "answers.tf")); err != nil {
		return err
	}
	if err := d.runAndPrint("apply -auto-approve", func() error { return d.tf.Apply(ctx) }); err != nil {
		return err
	}
	agent, ok := d.hub.Agent(d.hub.DefaultAgent(d.chatbot()))
	if !ok || agent.Name != "General Q&A" || len(agent.Functions) > 0 {
		return fmt.Errorf("step %d: the default agent is %q with %d tool functions", d.steps, agent.Name, len(agent.Functions))
	}
	d.gap()
	d.say("The agent has its original name and prompt again, and no tool function:")
	d.quote(fmt.Sprintf("name   = %q", agent.Name), fmt.Sprintf("prompt = %q", agent.Prompt))
	return nil
}

// destroy destroys everything and checks that the service has no chatbots.
func (d *demo) destroy(ctx context.Context) error {
	d.step("Destroy")
	if err := d.runAndPrint("destroy", func() error { return d.tf.Destroy(ctx) }); err != nil {
		return err
	}
	if left := d.hub.Chatbots(); len(left) > 0 {
		return fmt.Errorf("step %d: the service still has %d chatbots", d.steps, len(left))
	}
	d.say("The service has no chatbots.")
	return nil
}

// handOver prints commands for another terminal.
func (d *demo) handOver() {
	d.step("Try it")
	cli := d.cli()
	if found, err := exec.LookPath(cli); errors.Is(err, exec.ErrNotFound) || found != d.tf.ExecPath() {
		cli = quoted(d.tf.ExecPath())
	}
	d.say("The mock keeps running with this chatbot and its agents. Enter these commands in another terminal:")
	d.gap()
	d.quote(
		"export TF_CLI_CONFIG_FILE="+quoted(d.install.ConfigFile),
		"export AICHATBOTHUB_BASE_URL="+quoted(d.url),
		"export AICHATBOTHUB_API_KEY="+quoted(d.hub.Key()),
		"cd "+quoted(d.work),
		cli+" plan")
	d.gap()
	d.say("You can edit the configuration there, and run %s apply, test or destroy.", d.cli())
	d.say("Press Ctrl-C here to stop the mock and remove the folder.")
}

// finish prints the end of the demo, after all files have been removed.
func (d *demo) finish(kept bool, took time.Duration) {
	d.gap()
	if kept {
		d.say("The mock has stopped and the folder has been removed.")
		return
	}
	d.say("%s", d.paint(bold, fmt.Sprintf("Done in %s with %d requests. The mock has no objects, and the temporary folder has been removed.", seconds(took), d.seen)))
	d.gap()
	d.say("What to try next:")
	d.gap()
	d.quote(
		"make demo KEEP=1   stop after step 2, and keep the mock running",
		"docs/index.md      how to use the provider with an account",
		"examples/          the configurations in the documentation",
		"make test          all checks of CI",
		"go run . mock      the mock alone, for a configuration of yours",
		"go run . probe     how a deployment behaves, with the key of an account (docs/guides/which-service.md)")
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
