package base

import (
	"strings"
	"unicode/utf8"
)

// Wrap breaks the lines of a text at spaces, so that they have at most width characters unless a word is longer. Lines that begin with a space
// remain as they are, as in the diagnostics that Terraform prints.
func Wrap(text string, width int) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, " ") {
			continue
		}
		var out strings.Builder
		used := 0 // characters of the current line
		for word := range strings.SplitSeq(line, " ") {
			n := utf8.RuneCountInString(word)
			switch {
			case out.Len() == 0:
			case used+1+n > width:
				out.WriteByte('\n')
				used = 0
			default:
				out.WriteByte(' ')
				used++
			}
			out.WriteString(word)
			used += n
		}
		lines[i] = out.String()
	}
	return strings.Join(lines, "\n")
}
