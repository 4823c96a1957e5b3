package faq

import (
	"regexp"
	"strings"
)

var (
	atx        = regexp.MustCompile(`^(#{1,6})(?:[ \t]+(.*))?$`)
	closingATX = regexp.MustCompile(`(^|[ \t]+)#+$`)
	underline  = regexp.MustCompile(`^(=+|-+)$`)
	fence      = regexp.MustCompile("^(```+[^`]*|~~~+.*)$")
	listMarker = regexp.MustCompile(`^([-+*]|[0-9]{1,9}[.)])([ \t]+|$)`)
	rawHTML    = regexp.MustCompile(`(?i)^<(pre|script|style|textarea)([ \t>]|$)`)
)

// indentation returns the number of columns before the text of a line. A tab ends at the next multiple of four.
func indentation(line string) int {
	columns := 0
	for _, r := range line {
		switch r {
		case ' ':
			columns++
		case '\t':
			columns += 4 - columns%4
		default:
			return columns
		}
	}
	return columns
}

// atxHeading returns the level and the text of a heading such as "## Text ##".
func atxHeading(line string) (level int, text string, ok bool) {
	m := atx.FindStringSubmatch(line)
	if m == nil {
		return 0, "", false
	}
	return len(m[1]), closingATX.ReplaceAllString(m[2], ""), true
}

// isFence reports whether a line begins a block of code.
func isFence(line string) bool { return fence.MatchString(line) }

// fenceOf returns the characters that begin a block of code, and that end it.
func fenceOf(line string) string { return line[:len(line)-len(strings.TrimLeft(line, line[:1]))] }

// isBreak reports whether a line is a thematic break, such as "---" or "* * *".
func isBreak(line string) bool {
	marks := strings.NewReplacer(" ", "", "\t", "").Replace(line)
	return len(marks) >= 3 && strings.ContainsAny(marks[:1], "-*_") && strings.Trim(marks, marks[:1]) == ""
}
