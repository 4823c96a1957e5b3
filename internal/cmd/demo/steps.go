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

// configuration shows what will be applied and initialises it.
func (d *demo) configuration(ctx context.Context) error {
	d.step("A configuration")
	raw, err := os.ReadFile(filepath.Join(d.work, "answers.tf"))
	if err != nil {
		return err
	}
	d.say("A chatbot, an agent that hands over to a person, one that labels conversations, and this, from %s:", scenario)
	d.gap()
	d.quote("# answers.tf")
	d.quote(strings.Split(strings.TrimSpace(string(raw)), "\n")...)
	d.gap()
	d.say("The token is a secret, so it has a file of its own that is not checked in:")
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

// firstApply makes the chatbot and its agents.
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
	d.say("The outputs are what the web site needs:")
	for _, name := range slices.Sorted(maps.Keys(outputs)) {
		d.quote(fmt.Sprintf("%-14s = %s", name, plain(outputs[name].Value)))
	}
	d.gap()
	return d.keptSecret()
}

// change edits the prompt.
func (d *demo) change(ctx context.Context) error {
	d.step("A change")
	d.say("Visitors write in many languages. One line of the prompt in answers.tf:")
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
	d.say("Now configuration and service agree, so another plan is empty. One list tells it of all agents, however many:")
	return d.plan(ctx, false)
}

// takeOver imports an agent that Terraform did not make.
func (d *demo) takeOver(ctx context.Context) error {
	d.step("Import")
	chatbot := d.chatbot()
	const hours = "We are open from 9 to 18, Monday to Saturday."
	agent := d.hub.AddAgent(chatbot, mockhub.Agent{Type: "pre-canned", Name: "Opening hours", Description: "When the shop is open.", DefaultMessage: new(hours), Enabled: true})
	d.say("Somebody made an agent \"Opening hours\" in the web app. Terraform takes it over as it is:")
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

// drift changes an agent behind Terraform's back.
func (d *demo) drift(ctx context.Context) error {
	d.step("Drift")
	agents := d.hub.Agents(d.chatbot())
	i := slices.IndexFunc(agents, func(a mockhub.Agent) bool { return a.Type == "human-escalation" })
	if i < 0 {
		return fmt.Errorf("step %d: the service has no agent that hands over", d.steps)
	}
	d.hub.EditAgent(agents[i].UUID, func(a *mockhub.Agent) { a.Enabled, a.ModifiedAt = false, time.Time{} })
	d.say("Somebody switches off, in the web app, the agent that hands over to a person.")
	d.say("The next plan sees it, and apply puts it right:")
	d.gap()
	if err := d.plan(ctx, true); err != nil {
		return err
	}
	if err := d.apply(ctx); err != nil {
		return err
	}
	if agent, _ := d.hub.Agent(agents[i].UUID); !agent.Enabled {
		return fmt.Errorf("step %d: the agent is still off", d.steps)
	}
	return nil
}

// giveBack takes the default agent out of the configuration.
func (d *demo) giveBack(ctx context.Context) error {
	d.step("The default agent is given back")
	d.say("The service made that agent, so Terraform took it over and never deletes it. Without answers.tf, it is as it was:")
	d.gap()
	if err := os.Remove(filepath.Join(d.work, "answers.tf")); err != nil {
		return err
	}
	if err := d.carryOut("apply -auto-approve", func() error { return d.tf.Apply(ctx) }); err != nil {
		return err
	}
	agent, is := d.hub.Agent(d.hub.DefaultAgent(d.chatbot()))
	if !is || agent.Name != "General Q&A" || len(agent.Functions) > 0 {
		return fmt.Errorf("step %d: the default agent is %q with %d tool functions", d.steps, agent.Name, len(agent.Functions))
	}
	d.gap()
	d.say("The service has it with the name and the prompt that it came with, and without the tool function:")
	d.quote(fmt.Sprintf("name   = %q", agent.Name), fmt.Sprintf("prompt = %q", agent.Prompt))
	return nil
}

// destroy takes everything away and looks that it is gone.
func (d *demo) destroy(ctx context.Context) error {
	d.step("Destroy")
	if err := d.carryOut("destroy", func() error { return d.tf.Destroy(ctx) }); err != nil {
		return err
	}
	if left := d.hub.Chatbots(); len(left) > 0 {
		return fmt.Errorf("step %d: the service still has %d chatbots", d.steps, len(left))
	}
	d.say("The service has no chatbot left.")
	return nil
}

// handOver prints what to type in another terminal.
func (d *demo) handOver() {
	d.step("Your turn")
	cli := d.cli()
	if found, err := exec.LookPath(cli); errors.Is(err, exec.ErrNotFound) || found != d.tf.ExecPath() {
		cli = quoted(d.tf.ExecPath())
	}
	d.say("The mock keeps running with this chatbot and its agents. In another terminal, type:")
	d.gap()
	d.quote(
		"export TF_CLI_CONFIG_FILE="+quoted(d.install.ConfigFile),
		"export AICHATBOTHUB_BASE_URL="+quoted(d.url),
		"export AICHATBOTHUB_API_KEY="+quoted(d.hub.Key()),
		"cd "+quoted(d.work),
		cli+" plan")
	d.gap()
	d.say("Edit the prompt in answers.tf there, add resources, run %s apply, test or destroy: it is all yours.", d.cli())
	d.say("Press Ctrl-C here when you have seen enough; the mock and the folder go away then.")
}

// farewell ends the demo, after everything is cleaned up.
func (d *demo) farewell(kept bool, took time.Duration) {
	d.gap()
	if kept {
		d.say("The mock has stopped and the folder is gone.")
		return
	}
	d.say("%s", d.paint(bold, fmt.Sprintf("Done in %s with %d requests. The mock was empty at the end, and the temporary folder is gone.", seconds(took), d.seen)))
	d.gap()
	d.say("What to try next:")
	d.gap()
	d.quote(
		"make demo KEEP=1   the same, but it stops after step 2 and lets you play",
		"docs/index.md      the settings, and how to use the provider with your account",
		"examples/          what the documentation shows, to copy from",
		"make test          everything that CI checks")
	d.gap()
}

// chatbot is the id of the only one there is.
func (d *demo) chatbot() string { return d.hub.Chatbots()[0].UUID }

// plain is a JSON string as it reads without JSON; other values stay as they are.
func plain(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return string(raw)
	}
	return s
}

// quoted is a text as a shell takes it.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
