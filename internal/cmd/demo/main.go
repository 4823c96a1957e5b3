// Command demo demonstrates the provider without an account. It builds the provider from this source tree, starts a mock of the service,
// applies a configuration of examples/ with a real Terraform, changes a prompt, imports an agent, corrects drift, stops managing the
// default agent, asks a question, and destroys everything.
//
// Usage:
//
//	demo [-keep]
//
// With -keep (or KEEP=1 in the environment) it stops after the first apply and keeps the mock and the configuration until Ctrl-C. In both
// cases it removes all files at the end.
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
	// Files are also removed after SIGPIPE (the reader of the output has ended) and SIGHUP (the terminal was closed).
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	opts := options{color: wantsColor(os.Stdout)}
	flag.BoolVar(&opts.keep, "keep", os.Getenv("KEEP") != "" && os.Getenv("KEEP") != "0",
		"stop after the first apply, and keep the mock and the configuration until Ctrl-C")
	flag.Parse()
	err := run(ctx, opts, os.Stdout)
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

// wantsColor reports whether f is a terminal that shows colors.
func wantsColor(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
