package main

import (
	"context"
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
	raw, err := os.ReadFile(filepath.Join(d.work, "main.tf"))
	if err != nil {
		return err
	}
	d.say("A chatbot for a web site and a private twin, from %s/main.tf:", scenario)
	d.gap()
	_, block, _ := strings.Cut(string(raw), "resource ")
	block, _, _ = strings.Cut(block, "\n}\n")
	d.quote(strings.Split("resource "+block+"\n}", "\n")...)
	d.gap()
	if _, err := d.command("init", func() error { return d.tf.Init(ctx) }); err != nil {
		return err
	}
	d.requests()
	return nil
}

// firstApply makes the chatbots.
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
	return nil
}

// change edits a variable.
func (d *demo) change(ctx context.Context) error {
	d.step("A change")
	d.say("Visitors are to send fewer messages. A variable says so:")
	d.gap()
	if err := d.write("terraform.tfvars", "rate_limit = { messages = 5, seconds = 60 }"); err != nil {
		return err
	}
	if err := d.plan(ctx, true); err != nil {
		return err
	}
	if err := d.apply(ctx); err != nil {
		return err
	}
	d.gap()
	d.say("Now configuration and service agree, so another plan is empty:")
	return d.plan(ctx, false)
}

// takeOver imports a chatbot that Terraform did not make.
func (d *demo) takeOver(ctx context.Context) error {
	d.step("Import")
	id := d.hub.AddChatbot(mockhub.Chatbot{Name: "Sales", Visibility: "public"})
	d.say("Somebody made a chatbot \"Sales\" in the web app long ago. Terraform takes it over as it is:")
	d.gap()
	err := d.write("sales.tf",
		"import {",
		"  to = aichatbothub_chatbot.sales",
		fmt.Sprintf("  id = %q", id),
		"}",
		"",
		`resource "aichatbothub_chatbot" "sales" {`,
		`  name       = "Sales"`,
		`  visibility = "public"`,
		"}")
	if err != nil {
		return err
	}
	if err := d.plan(ctx, true); err != nil {
		return err
	}
	return d.apply(ctx)
}

// drift changes a chatbot behind Terraform's back.
func (d *demo) drift(ctx context.Context) error {
	d.step("Drift")
	outputs, err := d.tf.Output(ctx)
	if err != nil {
		return err
	}
	live := plain(outputs["live_id"].Value)
	if !d.hub.EditChatbot(live, func(b *mockhub.Chatbot) { b.Visibility, b.ModifiedAt = "private", time.Time{} }) {
		return fmt.Errorf("step %d: the service has no chatbot %s", d.steps, live)
	}
	d.say("Somebody sets the live chatbot to private in the web app, and it vanishes from the web site.")
	d.say("The next plan sees it, and apply puts it right:")
	d.gap()
	if err := d.plan(ctx, true); err != nil {
		return err
	}
	if err := d.apply(ctx); err != nil {
		return err
	}
	if bot, _ := d.hub.Chatbot(live); bot.Visibility != "hybrid" {
		return fmt.Errorf("step %d: the live chatbot is still %s", d.steps, bot.Visibility)
	}
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
	d.say("The mock keeps running with these two chatbots. In another terminal, type:")
	d.gap()
	d.quote(
		"export TF_CLI_CONFIG_FILE="+quoted(d.install.ConfigFile),
		"export AICHATBOTHUB_BASE_URL="+quoted(d.url),
		"export AICHATBOTHUB_API_KEY="+quoted(d.hub.Key()),
		"cd "+quoted(d.work),
		cli+" plan")
	d.gap()
	d.say("Edit main.tf there, add resources, run %s apply, test or destroy: it is all yours.", d.cli())
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
