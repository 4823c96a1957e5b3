package main

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// command runs a command of Terraform and returns its output. text is the command for the printed line.
func (d *demo) command(text string, run func() error) (string, error) {
	var out bytes.Buffer
	d.tf.SetStdout(&out)
	defer d.tf.SetStdout(nil)
	start := d.begin(d.paint(cyan, "$ "+d.cli()+" "+text))
	if err := run(); err != nil {
		d.stopped(err)
		return "", fmt.Errorf("step %d, %s %s: %w", d.steps, d.cli(), text, err)
	}
	d.done(start)
	return out.String(), nil
}

// cli is the name of the program.
func (d *demo) cli() string {
	if d.program.Name == "OpenTofu" {
		return "tofu"
	}
	return "terraform"
}

// plan runs plan and prints its important lines. want says whether the plan must have changes.
func (d *demo) plan(ctx context.Context, want bool) error {
	var changes bool
	_, err := d.command("plan", func() (err error) {
		changes, err = d.tf.Plan(ctx, tfexec.Out("plan"))
		return err
	})
	if err != nil {
		return err
	}
	text, err := d.tf.ShowPlanFileRaw(ctx, "plan")
	if err != nil {
		return err
	}
	d.quote(planLines(text)...)
	d.requests()
	switch {
	case want && !changes:
		return fmt.Errorf("step %d: the plan has no changes:\n%s", d.steps, text)
	case !want && changes:
		return fmt.Errorf("step %d: the plan has changes:\n%s", d.steps, text)
	}
	return nil
}

// apply applies the printed plan.
func (d *demo) apply(ctx context.Context) error {
	d.gap()
	return d.runAndPrint("apply", func() error { return d.tf.Apply(ctx, tfexec.DirOrPlan("plan")) })
}

// runAndPrint runs a command that changes objects, and prints the lines about them.
func (d *demo) runAndPrint(text string, run func() error) error {
	output, err := d.command(text, run)
	if err != nil {
		return err
	}
	d.quote(applyLines(output)...)
	d.requests()
	return nil
}

// requests prints the requests to the mock since the last call.
func (d *demo) requests() {
	all := d.hub.Requests()
	news := all[d.seen:]
	d.seen = len(all)
	var routes []string
	count := map[string]int{}
	for _, r := range news {
		if count[r.Route] == 0 {
			routes = append(routes, r.Route)
		}
		count[r.Route]++
	}
	for i, route := range routes {
		if count[route] > 1 {
			routes[i] = fmt.Sprintf("%d × %s", count[route], route)
		}
	}
	switch len(news) {
	case 0:
		d.aside("no request to the service")
	case 1:
		d.aside("1 request to the service: %s", routes[0])
	default:
		d.aside("%d requests to the service: %s", len(news), strings.Join(routes, ", "))
	}
}

// planLines returns the important lines of a plan: the action of each object, the changed attributes of updates (without values that are
// not known yet), and the summary.
func planLines(text string) []string {
	var lines []string
	changing := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		switch trimmed := strings.TrimSpace(line); {
		case strings.HasPrefix(line, "  # "):
			changing = strings.HasSuffix(line, "will be updated in-place")
			lines = append(lines, trimmed)
		case line == "" || strings.HasPrefix(line, "  # ("):
			changing = false
		case strings.HasPrefix(line, "Plan: "), strings.HasPrefix(line, "No changes."):
			lines = append(lines, line)
		case changing && !strings.HasSuffix(line, "(known after apply)"):
			lines = append(lines, cut(strings.TrimPrefix(line, "  ")))
		}
	}
	return lines
}

// width is the maximum length of the lines of a plan.
const width = 110

// cut truncates a line.
func cut(line string) string {
	if r := []rune(line); len(r) > width {
		return string(r[:width-1]) + "…"
	}
	return line
}

var finished = regexp.MustCompile(`(?m)^.*(?: complete after | complete \[|[a-z] complete!).*$`)

// applyLines returns the lines of an apply about completed changes.
func applyLines(text string) []string { return finished.FindAllString(text, -1) }
