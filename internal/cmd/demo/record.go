package main

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// recordedColumns is the width of a recording, and recordedRows the number of lines that it shows at a time.
const (
	recordedColumns = 80
	recordedRows    = 32
)

// recordedSteps are the steps of a recording. All of them would take too long to watch.
var recordedSteps = []string{"A first chatbot", "A change of the prompt", "Import", "Drift", "A question"}

// recordedOptions are the options of a run that is recorded.
var recordedOptions = options{color: true, columns: func() int { return recordedColumns }}

// recording returns an SVG file that shows the recorded steps in the output of a run, one screen after the other.
func recording(output string) (string, error) {
	steps := split(normalize(output))
	var screens [][]string
	for _, title := range recordedSteps {
		i := slices.IndexFunc(steps, func(step []string) bool { return strings.HasSuffix(plainText(step[0]), ". "+title) })
		if i < 0 {
			return "", fmt.Errorf("the output has no step %q", title)
		}
		parts, err := paginate(steps[i])
		if err != nil {
			return "", fmt.Errorf("step %q: %w", title, err)
		}
		screens = append(screens, parts...)
	}
	return svg(screens), nil
}

// Parts of the output that are different in each run.
var (
	duration = regexp.MustCompile(`(\x1b\[2m\()\d+\.\d s(?:, )?`)
	noTime   = regexp.MustCompile(`  \x1b\[2m\(\)\x1b\[0m`)
	after    = regexp.MustCompile(` complete after \d+s`)
	port     = regexp.MustCompile(`127\.0\.0\.1:\d+`)
	stamp    = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`)
	objectID = regexp.MustCompile(`\b[0-9a-f]{32}\b`)
	idOf     = regexp.MustCompile(`(?m)^ +([a-z_]+\.[a-z_]+): [^\[\n]*\n? +\[id=([0-9a-f]{32})\]`)
)

// normalize replaces the ids, times and ports of a run, so that the recordings of two runs are the same.
func normalize(output string) string {
	output = noTime.ReplaceAllString(duration.ReplaceAllString(output, "$1"), "")
	output = after.ReplaceAllString(output, " complete after 0s")
	output = port.ReplaceAllString(output, "127.0.0.1:54321")
	output = stamp.ReplaceAllString(output, "2026-01-01T12:00:00Z")
	names := map[string]string{}
	for _, m := range idOf.FindAllStringSubmatch(output, -1) {
		names[m[2]] = m[1]
	}
	return objectID.ReplaceAllStringFunc(output, func(id string) string {
		return fmt.Sprintf("%x", sha256.Sum256([]byte(names[id])))[:32]
	})
}

var stepTitle = regexp.MustCompile(`^\d+\. `)

// split returns the lines of each step.
func split(output string) [][]string {
	var steps [][]string
	for line := range strings.Lines(output) {
		line = strings.TrimRight(line, "\n")
		if stepTitle.MatchString(plainText(line)) {
			steps = append(steps, nil)
		}
		if last := len(steps) - 1; last >= 0 {
			steps[last] = append(steps[last], line)
		}
	}
	return steps
}

// paginate distributes the lines of a step to screens. A command, or a sentence, and what follows stay together.
func paginate(lines []string) ([][]string, error) {
	var screens [][]string
	var screen, part []string
	flush := func() {
		if len(screen)+len(part) > recordedRows {
			screens = append(screens, screen)
			screen = nil
		}
		screen, part = append(screen, part...), nil
	}
	for i, line := range lines {
		if text := plainText(line); i > 0 && lines[i-1] == "" && strings.HasPrefix(text, "   $ ") {
			flush()
		}
		part = append(part, line)
	}
	flush()
	screens = append(screens, screen)
	for i, screen := range screens {
		for len(screen) > 0 && screen[len(screen)-1] == "" {
			screen = screen[:len(screen)-1]
		}
		if len(screen) > recordedRows {
			return nil, fmt.Errorf("a command with its output has %d lines, and a screen %d", len(screen), recordedRows)
		}
		screens[i] = screen
	}
	return screens, nil
}

var colorCode = regexp.MustCompile(`\x1b\[(\d+)m`)

// plainText returns a text without colors.
func plainText(text string) string { return colorCode.ReplaceAllString(text, "") }
