package main

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Lines of Terraform's output that are not shown, and the first lines of such paragraphs. All others are shown, so that no warning is missed.
var (
	progress    = regexp.MustCompile(`^[^ ].*: (?:Refreshing state|Reading|Creating|Modifying|Destroying|Importing|Preparing import|Still [a-z]+)\.\.\.`)
	rule        = regexp.MustCompile(`^─+$`)
	explanation = regexp.MustCompile(`^(?:(?:Terraform|OpenTofu) (?:used the selected providers|will perform the following actions|has compared your real infrastructure)|To perform exactly these actions)`)
)

// finished is a line about an object that has been created, changed or destroyed.
var finished = regexp.MustCompile(`^[^ ].*: \S+ complete `)

// output is the first line of an output.
var output = regexp.MustCompile(`^(\w+) += `)

// object is the line of a plan that says what happens to an object. The block of the object follows.
var object = regexp.MustCompile(`^  # \S+ .*(?:will|must) be `)

// shorten returns the lines of the output of plan, apply or destroy without progress messages, explanations, the attributes of objects that
// are created, imported or destroyed, and outputs that have not changed since the last command.
func (d *demo) shorten(text string) []string {
	text, outputs := cutOutputs(strings.ReplaceAll(text, "\r\n", "\n"))
	var lines []string
	paragraph, block := false, false // whether the rest of one is left out
	gap := false                     // whether the next shown line begins a paragraph
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		switch {
		case block && strings.HasPrefix(line, "  # ("): // why
			lines = append(lines, line)
		case block:
			block = line != "    }"
		case line == "":
			paragraph, gap = false, true
		case progress.MatchString(line):
			gap = gap || len(lines) > 0 && !finished.MatchString(lines[len(lines)-1])
		case paragraph, rule.MatchString(line):
		case explanation.MatchString(line):
			paragraph = true
		default:
			heading := object.MatchString(line)
			if len(lines) > 0 && gap && !(heading && object.MatchString(lines[len(lines)-1])) {
				lines = append(lines, "")
			}
			lines, gap = append(lines, line), false
			block = heading && !strings.Contains(line, "updated in-place") && !strings.Contains(line, "replaced")
		}
	}
	if news := d.newOutputs(outputs); len(news) > 0 {
		lines = append(append(lines, "", "Outputs:", ""), news...)
	}
	return lines
}

// cutOutputs separates the outputs at the end of the text of an apply.
func cutOutputs(text string) (rest, outputs string) {
	rest, outputs, _ = strings.Cut(text, "\nOutputs:\n")
	return rest, outputs
}

// newOutputs returns the lines of the outputs that were not printed before with the same value.
func (d *demo) newOutputs(text string) []string {
	var names []string
	outputs := map[string]string{}
	for line := range strings.Lines(text) {
		if m := output.FindStringSubmatch(line); m != nil {
			names = append(names, m[1])
		}
		if len(names) > 0 {
			outputs[names[len(names)-1]] += line
		}
	}
	var lines []string
	for _, name := range names {
		if value := strings.TrimSpace(outputs[name]); d.outputs[name] != value {
			d.outputs[name] = value
			lines = append(lines, strings.Split(value, "\n")...)
		}
	}
	return lines
}

// shortenInit returns the lines of the output of init about the provider and the end.
func shortenInit(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\r\n"); strings.HasPrefix(line, "- Installed ") || strings.Contains(line, "successfully initialized") {
			lines = append(lines, line)
		}
	}
	return lines
}

// brokenAt is the width at which Terraform breaks the lines of texts, such as warnings, if its output is not a terminal. Most have one character less.
const brokenAt = 78

// joinBroken joins lines that Terraform has broken, so that they can be broken again for the width of the terminal. A line is broken where the
// first word of the next one has no room.
func joinBroken(lines []string) []string {
	var out []string
	last := "" // the line before, without what it was joined to
	for _, line := range lines {
		word, _, _ := strings.Cut(line, " ")
		width := utf8.RuneCountInString(last)
		if isProse(last) && isProse(line) && width <= brokenAt && width+1+utf8.RuneCountInString(word) >= brokenAt {
			out[len(out)-1] += " " + line
		} else {
			out = append(out, line)
		}
		last = line
	}
	return out
}

// isProse reports whether a line can be a part of a text.
func isProse(line string) bool {
	return line != "" && line[0] != ' ' && !strings.HasPrefix(line, "- ") && !progress.MatchString(line) && !finished.MatchString(line) && !output.MatchString(line)
}
