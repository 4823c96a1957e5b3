package main

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// command runs one command of Terraform and gives what it printed. text is how a person would type it.
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

// cli is the name of the program that runs.
func (d *demo) cli() string {
	if d.program.Name == "OpenTofu" {
		return "tofu"
	}
	return "terraform"
}

// plan plans and shows what matters of it; want says whether there must be something to do.
func (d *demo) plan(ctx context.Context, want bool) error {
	var changes bool
	_, err := d.command("plan", func() (err error) {
		changes, err = d.tf.Plan(ctx, tfexec.Out("plan"))
		return err
	})
	if err != nil {
		return err
	}
	words, err := d.tf.ShowPlanFileRaw(ctx, "plan")
	if err != nil {
		return err
	}
	d.quote(planWords(words)...)
	d.requests()
	switch {
	case want && !changes:
		return fmt.Errorf("step %d: the plan is empty, but there is something to do:\n%s", d.steps, words)
	case !want && changes:
		return fmt.Errorf("step %d: the plan is not empty, but there is nothing to do:\n%s", d.steps, words)
	}
	return nil
}

// apply applies the plan that was shown.
func (d *demo) apply(ctx context.Context) error {
	d.gap()
	return d.carryOut("apply", func() error { return d.tf.Apply(ctx, tfexec.DirOrPlan("plan")) })
}

// carryOut runs a command that changes things, and shows what Terraform says about it.
func (d *demo) carryOut(text string, run func() error) error {
	words, err := d.command(text, run)
	if err != nil {
		return err
	}
	d.quote(applyWords(words)...)
	d.requests()
	return nil
}

// requests tells what the mock was asked since the last time.
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

// planWords are the lines of a plan that a person looks for: what happens to which object, the lines of a change in place (but for
// values that are not known yet), and the sum.
func planWords(text string) []string {
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

// width is how long the lines of a plan may be: a hash on either side of an arrow would fill two lines of a terminal.
const width = 110

// cut shortens a line.
func cut(line string) string {
	if r := []rune(line); len(r) > width {
		return string(r[:width-1]) + "…"
	}
	return line
}

var finished = regexp.MustCompile(`(?m)^.*(?: complete after | complete \[|[a-z] complete!).*$`)

// applyWords are the lines of an apply that say that something was done.
func applyWords(text string) []string { return finished.FindAllString(text, -1) }
