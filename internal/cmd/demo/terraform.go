package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// command runs a command of Terraform and prints it with the lines of its output that matter. It returns the whole output. text is what a
// person types after the name of the program.
func (d *demo) command(text string, shorten func(string) []string, run func() error) (string, error) {
	var out bytes.Buffer
	d.tf.SetStdout(&out)
	defer d.tf.SetStdout(nil)
	start := d.begin(d.paint(cyan, "$ "+d.cli()+" "+text))
	if err := run(); err != nil {
		d.stopped(err)
		return "", fmt.Errorf("step %d, %s %s: %w", d.steps, d.cli(), text, err)
	}
	lines := strings.Split(strings.Trim(strings.ReplaceAll(out.String(), "\r\n", "\n"), "\n"), "\n")
	remark := ""
	if !d.full {
		all := filled(lines)
		lines = shorten(out.String())
		if hidden := all - filled(lines); hidden > 0 {
			remark = fmt.Sprintf(", %d of %d lines not shown", hidden, all)
		}
	}
	d.done(start, remark)
	d.quote(joinBroken(lines)...)
	return out.String(), nil
}

// filled returns the number of lines that are not empty.
func filled(lines []string) (n int) {
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n
}

// cli is the name of the program.
func (d *demo) cli() string {
	if d.program.Name == "OpenTofu" {
		return "tofu"
	}
	return "terraform"
}

// planFile is the name of the file of the saved plan.
const planFile = "plan.tfplan"

// plan saves a plan, which must have changes.
func (d *demo) plan(ctx context.Context) error {
	var changes bool
	text, err := d.command("plan -out="+planFile, d.shorten, func() (err error) {
		changes, err = d.tf.Plan(ctx, tfexec.Out(planFile))
		return err
	})
	if err != nil {
		return err
	}
	d.requests()
	if !changes {
		return fmt.Errorf("step %d: the plan has no changes:\n%s", d.steps, text)
	}
	return nil
}

// planNothing plans, and the plan must have no changes.
func (d *demo) planNothing(ctx context.Context) error {
	var changes bool
	text, err := d.command("plan", d.shorten, func() (err error) {
		changes, err = d.tf.Plan(ctx)
		return err
	})
	if err != nil {
		return err
	}
	d.requests()
	if changes {
		return fmt.Errorf("step %d: the plan has changes:\n%s", d.steps, text)
	}
	return nil
}

// applyPlan applies the saved plan.
func (d *demo) applyPlan(ctx context.Context) error {
	d.gap()
	if d.savedPlans++; d.savedPlans == 1 {
		d.say("This runs the saved plan, so Terraform neither plans again nor asks for a confirmation:")
		d.gap()
	}
	return d.change(planCommand, func() error { return d.tf.Apply(ctx, tfexec.DirOrPlan(planFile)) })
}

const planCommand = "apply " + planFile

// apply plans and applies without a confirmation.
func (d *demo) apply(ctx context.Context) error {
	return d.change("apply -auto-approve", func() error { return d.tf.Apply(ctx) })
}

// change runs a command that changes objects.
func (d *demo) change(text string, run func() error) error {
	_, err := d.command(text, d.shorten, run)
	if err == nil {
		d.requests()
	}
	return err
}

// requests prints the requests to the mock since the last call.
func (d *demo) requests() {
	all := d.hub.Requests()
	news := len(all) - d.seen
	var routes []string
	count := map[string]int{}
	for _, r := range all[d.seen:] {
		if count[r.Route]++; count[r.Route] == 1 {
			routes = append(routes, r.Route)
		}
	}
	d.seen = len(all)
	// Terraform works in parallel, so the order of arrival means little, and another one in each run would be confusing.
	known := d.hub.Routes()
	slices.SortStableFunc(routes, func(a, b string) int { return slices.Index(known, a) - slices.Index(known, b) })
	for i, route := range routes {
		if count[route] > 1 {
			route = fmt.Sprintf("%d × %s", count[route], route)
		}
		routes[i] = strings.ReplaceAll(route, " ", unbroken)
	}
	switch news {
	case 0:
		d.aside("no request to the service")
	case 1:
		d.aside("1 request to the service: %s", routes[0])
	default:
		d.aside("%d requests to the service: %s", news, strings.Join(routes, ", "))
	}
}
