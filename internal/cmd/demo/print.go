package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// The SGR codes of the colors.
const (
	bold   = "1"
	dim    = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
	cyan   = "36"
)

// printer prints the output. Write errors are ignored, because a closed pipe causes SIGPIPE.
type printer struct {
	w     io.Writer
	color bool
	steps int
}

func (p *printer) print(text string) { _, _ = io.WriteString(p.w, text) }

// paint returns the text in a color, if colors are enabled.
func (p *printer) paint(color, text string) string {
	if !p.color || color == "" || text == "" {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

// title prints a title.
func (p *printer) title(text string) { p.print("\n" + p.paint(bold, text) + "\n\n") }

// step prints the title of a numbered step.
func (p *printer) step(text string) {
	p.steps++
	p.print("\n" + p.paint(bold, fmt.Sprintf("%d. %s", p.steps, text)) + "\n\n")
}

// say prints a sentence.
func (p *printer) say(format string, args ...any) {
	p.print("   " + fmt.Sprintf(format, args...) + "\n")
}

// aside prints an additional remark.
func (p *printer) aside(format string, args ...any) {
	p.print("   " + p.paint(dim, "↳ "+fmt.Sprintf(format, args...)) + "\n")
}

// gap prints an empty line.
func (p *printer) gap() { p.print("\n") }

// begin prints the beginning of a line for work that takes time. done or stopped prints the end of the line.
func (p *printer) begin(text string) time.Time {
	p.print("   " + text)
	return time.Now()
}

func (p *printer) done(start time.Time) {
	p.print(p.paint(dim, fmt.Sprintf("  (%s)", seconds(time.Since(start)))) + "\n")
}

// stopped prints the end of the line of begin after an error.
func (p *printer) stopped(err error) {
	word := "failed"
	if errors.Is(err, context.Canceled) {
		word = "interrupted"
	}
	p.print("  " + p.paint(red, word) + "\n")
}

// quote prints lines of a file or of Terraform's output, in Terraform's colors.
func (p *printer) quote(lines ...string) {
	for _, line := range lines {
		var color string
		switch trimmed := strings.TrimSpace(line); {
		case strings.HasPrefix(trimmed, "# ") && strings.Contains(trimmed, " will be "):
			color = bold
		case strings.HasPrefix(trimmed, "# "):
			color = dim
		case strings.HasPrefix(trimmed, "+ "):
			color = green
		case strings.HasPrefix(trimmed, "- "):
			color = red
		case strings.HasPrefix(trimmed, "~ "):
			color = yellow
		case strings.HasPrefix(trimmed, "$ "), strings.HasPrefix(trimmed, "export "), strings.HasPrefix(trimmed, "cd "):
			color = cyan
		}
		p.print(strings.TrimRight("     "+p.paint(color, line), " ") + "\n")
	}
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
