// Command demo demonstrates the provider without an account. It builds the provider from this source tree, starts a mock of the service,
// and runs a real Terraform: it creates a chatbot, applies a configuration of examples/, changes a prompt, imports an agent, corrects drift,
// stops managing the default agent, asks a question, and destroys everything.
//
// Usage:
//
//	demo [-keep] [-full]
//	demo -record FILE
//
// With -keep (or KEEP=1 in the environment) it stops after the second step and keeps the mock and the configuration until Enter or Ctrl-C.
// It always removes all files at the end. With -full (or FULL=1) it prints all lines of Terraform's output. With -record it writes a picture
// of some steps of the run to an SVG file.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/term"
)

func main() {
	// Files are also removed after SIGPIPE (the reader of the output has ended) and SIGHUP (the terminal was closed).
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	opts := options{color: wantsColor(os.Stdout), columns: func() int { return columns(os.Stdout) }}
	flag.BoolVar(&opts.keep, "keep", isSet("KEEP"), "stop after the second step, and keep the mock and the configuration until Enter or Ctrl-C")
	flag.BoolVar(&opts.full, "full", isSet("FULL"), "print all lines of Terraform's output")
	record := flag.String("record", "", "write a picture of the run to this SVG `file`, instead of printing it")
	flag.Parse()
	if term.IsTerminal(int(os.Stdin.Fd())) {
		opts.stdin = os.Stdin
	}
	var err error
	if *record != "" {
		err = recordTo(ctx, *record)
	} else {
		err = run(ctx, opts, os.Stdout)
	}
	interrupted := ctx.Err() != nil
	stop()
	switch {
	case err == nil:
	case interrupted && errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, "\nInterrupted. All files of the demo have been removed.")
		os.Exit(130)
	default:
		fmt.Fprintf(os.Stderr, "\nThe demo failed: %s\n", err)
		os.Exit(1)
	}
}

// isSet reports whether an environment variable switches something on.
func isSet(name string) bool { return os.Getenv(name) != "" && os.Getenv(name) != "0" }

// wantsColor reports whether f is a terminal that shows colors.
func wantsColor(f *os.File) bool {
	return term.IsTerminal(int(f.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// defaultColumns is the width of output that is not for a terminal.
const defaultColumns = 80

// columns returns the width of a terminal, or defaultColumns if f is none.
func columns(f *os.File) int {
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
		return width
	}
	return defaultColumns
}

// recordTo runs the demo and writes its recording to a file.
func recordTo(ctx context.Context, file string) error {
	var out bytes.Buffer
	if err := run(ctx, recordedOptions, io.MultiWriter(&out, os.Stdout)); err != nil {
		return err
	}
	svg, err := recording(out.String())
	if err != nil {
		return err
	}
	return os.WriteFile(file, []byte(svg), 0o600)
}
