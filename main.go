// Command terraform-provider-aichatbothub is the Terraform provider for AI Chatbot Hub and the other GPT-trainer white labels. Terraform
// starts it; a person starts it for its subcommands.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/deletesessions"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/diff"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/export"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mock"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/probe"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// version is set by the release build.
var version = "dev"

// cookie is the environment variable that Terraform and OpenTofu set for the plugins they start.
const cookie = "TF_PLUGIN_MAGIC_COOKIE"

func main() { os.Exit(run(os.Args[1:], os.Getenv, os.Stdout, os.Stderr)) }

// subcommands are the subcommands, in the order of the help.
var subcommands = []*subcommand.Definition{&deletesessions.Subcommand, &diff.Subcommand, &export.Subcommand, &mock.Subcommand, &probe.Subcommand}

// run runs the command line args and returns the exit code.
func run(args []string, getenv func(string) string, stdout, stderr *os.File) int {
	for _, s := range subcommands {
		if len(args) > 0 && args[0] == s.Name {
			return runSubcommand(s, subcommand.Command{Args: args[1:], Version: version, Getenv: getenv, Stdout: stdout, Stderr: stderr, Terminal: subcommand.IsTerminal(stderr)})
		}
	}
	debug, text, code, err := answer(args, getenv)
	switch {
	case err != nil:
		_, _ = fmt.Fprintf(stderr, "Error: %s.\n\nThe option -h prints the help.\n", err)
		return code
	case text != "":
		_, _ = stdout.WriteString(text)
		return code
	}
	if err := provider.Serve(context.Background(), version, debug); err != nil {
		log.Print(err)
		return 1
	}
	return 0
}

// runSubcommand runs a subcommand until its end or a signal, and returns the exit code.
func runSubcommand(s *subcommand.Definition, c subcommand.Command) int {
	// SIGHUP: the terminal was closed.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	signal.Ignore(syscall.SIGPIPE) // or it would end before it has deleted what it made, when nobody reads its output
	context.AfterFunc(ctx, stop)   // a second signal ends the program at once
	return s.Run(ctx, c)
}

// answer returns the text to print for a person and the exit code. An empty text means that the provider is to be served. The error is that of
// the command line.
func answer(args []string, getenv func(string) string) (debug bool, text string, code int, err error) {
	about := help()
	flags := flag.NewFlagSet("terraform-provider-aichatbothub", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.BoolVar(&debug, "debug", false, "")
	showVersion := flags.Bool("version", false, "")
	err = flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return false, about, subcommand.OK, nil
	case err != nil:
		return false, "", subcommand.Failed, subcommand.InvalidOption(err)
	case flags.NArg() > 0:
		return false, "", subcommand.Failed, fmt.Errorf("unknown subcommand %q", flags.Arg(0))
	case *showVersion:
		return false, "terraform-provider-aichatbothub " + version + "\n", subcommand.OK, nil
	case !debug && getenv(cookie) == "":
		return false, about, subcommand.Failed, nil // like every plugin that is started by hand
	}
	return debug, "", subcommand.OK, nil
}

// help returns the help text.
func help() string {
	var list strings.Builder
	for _, s := range subcommands {
		fmt.Fprintf(&list, "  %-15s  %s\n", s.Name, s.Summary)
	}
	return fmt.Sprintf(about, version, &list)
}

const about = `terraform-provider-aichatbothub %s

This is the Terraform provider for AI Chatbot Hub and the other GPT-trainer
white labels. Terraform and OpenTofu start it themselves. "terraform init"
installs it for a configuration with

  terraform {
    required_providers {
      aichatbothub = { source = "aichatbothub/aichatbothub" }
    }
  }

Subcommands are run by hand. -h after a subcommand prints its options:

%s
Options:

  -version  print the version
  -debug    serve the provider so that a debugger can attach
  -h        print this help
`
