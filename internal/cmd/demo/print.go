package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
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

// maxProse is the maximum length of lines of prose. Longer lines are hard to read on wide terminals.
const maxProse = 100

// printer prints the output. Write errors are ignored, because a closed pipe causes SIGPIPE.
type printer struct {
	w       io.Writer
	color   bool
	columns func() int // the current width of the terminal; nil means defaultColumns
	steps   int
}

func (p *printer) print(text string) { _, _ = io.WriteString(p.w, text) }

// width returns the maximum length of a line.
func (p *printer) width() int {
	if p.columns == nil {
		return defaultColumns
	}
	return max(p.columns(), 40) // a narrower terminal breaks the lines itself
}

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
	p.title(fmt.Sprintf("%d. %s", p.steps, text))
}

// say prints a paragraph.
func (p *printer) say(format string, args ...any) {
	p.prose("", "   ", "   ", fmt.Sprintf(format, args...))
}

// aside prints an additional remark.
func (p *printer) aside(format string, args ...any) {
	p.prose(dim, "   ↳ ", "     ", fmt.Sprintf(format, args...))
}

// prose prints a text, broken at spaces. The first line begins with first, the other ones with rest.
func (p *printer) prose(color, first, rest, text string) {
	for _, line := range wrap(first+text, rest, min(p.width(), maxProse)) {
		p.line(color, strings.ReplaceAll(line, unbroken, " "))
	}
}

// line prints a line, which is colored without its indentation.
func (p *printer) line(color, line string) {
	text := strings.TrimLeft(line, " ")
	if text == "" {
		line = ""
	}
	p.print(line[:len(line)-len(text)] + p.paint(color, strings.TrimRight(text, " ")) + "\n")
}

// gap prints an empty line.
func (p *printer) gap() { p.print("\n") }

// begin prints the beginning of a line for work that takes time. done or stopped prints the end of the line.
func (p *printer) begin(text string) time.Time {
	p.print("   " + text)
	return time.Now()
}

// done prints the end of the line of begin: how long the work took, and an optional remark.
func (p *printer) done(start time.Time, remark string) {
	p.print("  " + p.paint(dim, "("+seconds(time.Since(start))+remark+")") + "\n")
}

// stopped prints the end of the line of begin after an error.
func (p *printer) stopped(err error) {
	word := "failed"
	if errors.Is(err, context.Canceled) {
		word = "interrupted"
	}
	p.print("  " + p.paint(red, word) + "\n")
}

// shell prints commands. They are never broken, so that they can be copied.
func (p *printer) shell(commands ...string) {
	for _, command := range commands {
		p.print("   " + p.paint(cyan, command) + "\n")
	}
}

// quote prints lines of a file or of Terraform's output, in Terraform's colors.
func (p *printer) quote(lines ...string) {
	const margin = "     "
	for _, line := range lines {
		text := strings.TrimLeft(line, " ")
		color, hang := style(text)
		for _, part := range wrap(margin+line, margin+line[:len(line)-len(text)]+hang, p.width()) {
			p.line(color, part)
		}
	}
}

// table prints pairs of a short text and its description.
func (p *printer) table(pairs ...string) {
	indent := strings.Repeat(" ", 5+19)
	for pair := range slices.Chunk(pairs, 2) {
		p.prose("", fmt.Sprintf("     %-19s", pair[0]), indent, pair[1])
	}
}

// style returns the color of a line without its indentation, and the additional indentation of the lines into which it is broken.
func style(text string) (color, hang string) {
	const deeper = "    "
	switch {
	case strings.HasPrefix(text, "# ") && (strings.Contains(text, " will be ") || strings.Contains(text, " must be ")):
		return bold, "  "
	case strings.HasPrefix(text, "# "):
		return dim, "# "
	case strings.HasPrefix(text, "+ "):
		return green, deeper
	case strings.HasPrefix(text, "- ") && !initProgress.MatchString(text):
		return red, deeper
	case strings.HasPrefix(text, "~ "), strings.HasPrefix(text, "-/+ "):
		return yellow, deeper
	case strings.HasPrefix(text, "Warning: "):
		return yellow, ""
	case strings.HasPrefix(text, "Error: "):
		return red, ""
	case attribute.MatchString(text), finished.MatchString(text):
		return "", deeper
	}
	return "", ""
}

// initProgress is a line of the output of init, which has no meaning of a removal.
var initProgress = regexp.MustCompile(`^- (?:Finding|Reusing|Installing|Installed|Using) `)

// attribute is the line of an argument, an attribute or an output.
var attribute = regexp.MustCompile(`^[\w"]+ += `)

// unbroken is a space at which wrap does not break a line. It is printed as a space.
const unbroken = "\u00a0"

// wrap breaks a line at spaces into lines of at most width characters. All but the first begin with hang, or with less of it before a long
// word. A word is never broken.
func wrap(line, hang string, width int) []string {
	var lines []string
	indent := len(line) - len(strings.TrimLeft(line, " "))
	for utf8.RuneCountInString(line) > width {
		limit := max(indent, len(string([]rune(line)[:width+1]))) // a space may be just behind the last column
		at := strings.LastIndex(line[indent:limit], " ")
		if at <= 0 {
			at = strings.Index(line[indent:], " ")
		}
		if at <= 0 {
			break
		}
		lines = append(lines, strings.TrimRight(line[:indent+at], " "))
		rest := strings.TrimLeft(line[indent+at:], " ")
		word, _, _ := strings.Cut(rest, " ")
		short := hang[:max(0, min(len(hang), width-utf8.RuneCountInString(word)))]
		line, indent = short+rest, len(short)
	}
	return append(lines, line)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
