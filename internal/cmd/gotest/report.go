package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// event is one line of `go test -json` (go doc test2json).
type event struct {
	Action      string
	Package     string
	ImportPath  string // of a build
	Test        string
	Output      string
	Elapsed     float64 // seconds
	FailedBuild string
}

// report collects the events of a run.
type report struct {
	out     io.Writer
	done    int
	failed  bool
	running map[string]*suite // by package
	results []string          // go test's own lines
	skipped map[string][]string
	quiet   bool // nothing was printed since the last tick
}

// suite is a package whose tests run.
type suite struct {
	output  map[string][]string // by test; "" is the package's own
	current map[string]bool
	passed  int
}

func newReport(out io.Writer) *report {
	return &report{out: out, running: map[string]*suite{}, skipped: map[string][]string{}}
}

// errFailed is the outcome of a run with a failure, which has been printed.
var errFailed = errors.New("not all tests passed")

// read follows the events until they end, then prints the summary. A tick asks for a line about what runs.
func (r *report) read(events io.Reader, ticks <-chan time.Time) error {
	lines, failed := make(chan []byte), make(chan error, 1)
	go func() {
		defer close(lines)
		scanner := bufio.NewScanner(events)
		scanner.Buffer(nil, 16<<20)
		for scanner.Scan() {
			lines <- slices.Clone(scanner.Bytes())
		}
		failed <- scanner.Err()
	}()
	for {
		select {
		case line, open := <-lines:
			if !open {
				return cmp.Or(<-failed, r.summary())
			}
			r.line(line)
		case <-ticks:
			r.tick()
		}
	}
}

func (r *report) print(format string, arguments ...any) {
	r.quiet = false
	_, _ = fmt.Fprintf(r.out, format, arguments...) // a closed output ends the process
}

func (r *report) line(line []byte) {
	var e event
	if json.Unmarshal(line, &e) != nil || e.Action == "" {
		r.print("%s\n", line) // not of test2json
		return
	}
	if e.Action == "build-output" {
		r.print("%s", e.Output)
		return
	}
	s := r.running[e.Package]
	if s == nil && e.Package != "" {
		s = &suite{output: map[string][]string{}, current: map[string]bool{}}
		r.running[e.Package] = s
	}
	switch {
	case e.Action == "output":
		s.output[e.Test] = append(s.output[e.Test], e.Output)
	case e.Test == "" && (e.Action == "pass" || e.Action == "fail" || e.Action == "skip"):
		r.packageEnds(e, s)
	case e.Action == "run":
		s.current[e.Test] = true
	case e.Action == "pass" || e.Action == "fail" || e.Action == "skip":
		r.testEnds(e, s)
	}
}

// testEnds prints the output of a test that failed, and keeps the reason of one that was skipped.
func (r *report) testEnds(e event, s *suite) {
	delete(s.current, e.Test)
	switch e.Action {
	case "pass":
		s.passed++
	case "fail":
		r.print("%s", strings.Join(s.output[e.Test], ""))
	case "skip":
		reason := reasonOf(s.output[e.Test])
		r.skipped[reason] = append(r.skipped[reason], short(e.Package)+"."+e.Test)
	}
	delete(s.output, e.Test)
}

// packageEnds prints the progress, and the output that belongs to no test that ended.
func (r *report) packageEnds(e event, s *suite) {
	delete(r.running, e.Package)
	own := s.output[""]
	if n := len(own); n > 0 && e.Action != "fail" {
		r.results = append(r.results, own[n-1])
	}
	if e.Action == "fail" {
		r.failed = true
		for _, test := range slices.Sorted(maps.Keys(s.current)) {
			r.print("%s", strings.Join(s.output[test], ""))
		}
		for _, line := range own {
			if strings.HasPrefix(line, "FAIL\t") {
				r.results = append(r.results, line)
			} else if line != "FAIL\n" && line != "PASS\n" {
				r.print("%s", line)
			}
		}
	}
	if r.done++; s.passed > 0 || e.Action != "skip" {
		r.print("%3d  %-4s %s: %d tests in %.0f s\n", r.done, e.Action, short(e.Package), s.passed, e.Elapsed)
	}
}

// tick prints what runs, if nothing else was printed for a while.
func (r *report) tick() {
	if !r.quiet {
		r.quiet = true
		return
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(r.running)) {
		s := r.running[name]
		parts = append(parts, fmt.Sprintf("%s (%d tests passed)", short(name), s.passed))
	}
	if len(parts) == 0 {
		parts = []string{"building"}
	}
	r.print("     ... %s\n", strings.Join(parts, ", "))
	r.quiet = true
}

// summary prints what was skipped, then go test's own lines, in the order of packages.
func (r *report) summary() error {
	for _, reason := range slices.Sorted(maps.Keys(r.skipped)) {
		r.print("skipped %d: %s\n", len(r.skipped[reason]), reason)
		for _, test := range slices.Sorted(slices.Values(r.skipped[reason])) {
			r.print("     %s\n", test)
		}
	}
	byPackage := func(line string) string { _, after, _ := strings.Cut(line, "\t"); return after }
	slices.SortStableFunc(r.results, func(a, b string) int { return strings.Compare(byPackage(a), byPackage(b)) })
	for _, line := range r.results {
		r.print("%s", line)
	}
	switch {
	case r.failed:
		r.print("FAIL\n")
		return errFailed
	case len(r.running) > 0 || r.done == 0:
		return errors.New("go test ended before its tests")
	}
	return nil
}

// reasonOf is what a test gave as its reason to skip: the last line that it printed, without the position.
func reasonOf(output []string) string {
	for _, line := range slices.Backward(output) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "--- ") || strings.HasPrefix(line, "=== ") {
			continue
		}
		if at, reason, ok := strings.Cut(line, ": "); ok && strings.Contains(at, ".go:") {
			return reason
		}
		return line
	}
	return "no reason given"
}

// short is a package's path inside the module.
func short(path string) string {
	if _, inside, ok := strings.Cut(path, "/terraform-provider-aichatbothub/"); ok {
		return inside
	}
	return path[strings.LastIndex(path, "/")+1:]
}
