package export

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"unicode/utf8"
)

// Terminal says whether a person watches f.
func Terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// say writes for a person. What cannot be written to them changes nothing about the export.
func say(out io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(out, format, args...) }

// progress is one line of a terminal that says how far an export is. Where nobody watches it is nothing.
type progress struct {
	out  io.Writer // nil for nobody
	mu   sync.Mutex
	wide int // characters of the line that is shown
}

// show replaces the line; "" takes it away.
func (p *progress) show(line string) {
	if p.out == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	n := utf8.RuneCountInString(line)
	// Spaces, because not every terminal knows the command that clears a line.
	say(p.out, "\r%s%s", line, strings.Repeat(" ", max(0, p.wide-n)))
	if p.wide = n; line == "" {
		say(p.out, "\r")
	}
}
