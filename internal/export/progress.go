package export

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"unicode/utf8"
)

// Terminal reports whether f is a terminal.
func Terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// say writes a message. Errors are ignored, because they do not affect the export.
func say(out io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(out, format, args...) }

// progress shows the progress of an export on one line of a terminal.
type progress struct {
	out   io.Writer // nil shows nothing
	mu    sync.Mutex
	width int // the number of characters in the current line
}

// show replaces the line. "" removes it.
func (p *progress) show(line string) {
	if p.out == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	n := utf8.RuneCountInString(line)
	// Spaces clear the line, because not every terminal supports an escape sequence for that.
	say(p.out, "\r%s%s", line, strings.Repeat(" ", max(0, p.width-n)))
	if p.width = n; line == "" {
		say(p.out, "\r")
	}
}
