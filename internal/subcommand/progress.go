package subcommand

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"unicode/utf8"
)

// IsTerminal reports whether f is a terminal.
func IsTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Say writes a message. Errors are ignored, because they do not affect what a subcommand does.
func Say(out io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(out, format, args...) }

// lineWidth is the width of a terminal in which the help fits.
const lineWidth = 80

// Progress shows the progress of a subcommand on one line of a terminal. It is safe for concurrent use.
type Progress struct {
	out   io.Writer // nil shows nothing
	mu    sync.Mutex
	width int // the number of characters in the current line
}

// Progress returns the progress line of the command, which shows nothing if Stderr is not a terminal.
func (c Command) Progress() *Progress {
	if !c.Terminal {
		return &Progress{}
	}
	return &Progress{out: c.Stderr}
}

// Show replaces the line. "" removes it.
func (p *Progress) Show(line string) {
	if p.out == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	n := utf8.RuneCountInString(line)
	// Spaces clear the line, because not every terminal supports an escape sequence for that.
	Say(p.out, "\r%s%s", line, strings.Repeat(" ", max(0, p.width-n)))
	if p.width = n; line == "" {
		Say(p.out, "\r")
	}
}
