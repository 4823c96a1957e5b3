// Command demo shows the provider at work, without an account: it builds the provider from this source tree, starts a mock of the
// service, applies a configuration of examples/ with a real Terraform, changes a prompt, imports, meets drift, gives back the agent that
// it took over, and destroys everything.
//
// Usage:
//
//	demo [-keep]
//
// With -keep (or KEEP=1 in the environment) it stops after the first apply and leaves the mock and the configuration there to play
// with, until Ctrl-C. It leaves nothing behind either way.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	// A reader that goes away (SIGPIPE) and a terminal that closes (SIGHUP) must not leave anything behind either.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	opts := options{color: colorful(os.Stdout)}
	flag.BoolVar(&opts.keep, "keep", os.Getenv("KEEP") != "" && os.Getenv("KEEP") != "0",
		"stop after the first apply and leave mock and configuration there until Ctrl-C")
	flag.Parse()
	err := run(ctx, opts, os.Stdout)
	interrupted := ctx.Err() != nil
	stop()
	switch {
	case err == nil:
	case interrupted && errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, "\nInterrupted. Nothing is left behind.")
		os.Exit(130)
	default:
		fmt.Fprintf(os.Stderr, "\nThe demo failed: %s\n", err)
		os.Exit(1)
	}
}

// colorful says whether f is a terminal whose reader wants colour.
func colorful(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
