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
	"syscall"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/export"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/probe"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// version is set by the release build.
var version = "dev"

// cookie is the environment variable that Terraform and OpenTofu set for the plugins they start.
const cookie = "TF_PLUGIN_MAGIC_COOKIE"

func main() { os.Exit(run(os.Args[1:], os.Getenv, os.Stdout, os.Stderr)) }

// run runs the command line args and returns the exit code.
func run(args []string, getenv func(string) string, stdout, stderr *os.File) int {
	if len(args) > 0 && subcommands[args[0]] != nil {
		// SIGHUP: the terminal was closed.
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
		defer stop()
		signal.Ignore(syscall.SIGPIPE) // or it would end before it has deleted what it made, when nobody reads its output
		context.AfterFunc(ctx, stop)   // a second signal ends the program at once
		return subcommands[args[0]](ctx, subcommand.Command{Args: args[1:], Version: version, Getenv: getenv, Stdout: stdout, Stderr: stderr, Terminal: subcommand.IsTerminal(stderr)})
	}
	debug, text, code, err := answer(args, getenv)
	switch {
	case err != nil:
		_, _ = fmt.Fprintf(stderr, "Error: %s.\n\n%s", err, text)
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

// subcommands are the subcommands by name. Each returns the exit code.
var subcommands = map[string]func(context.Context, subcommand.Command) int{
	"export": export.Run,
	"probe":  probe.Run,
}

// answer returns the text to print for a person and the exit code. An empty text means that the provider is to be served. The error is that of
// the command line.
func answer(args []string, getenv func(string) string) (debug bool, text string, code int, err error) {
	about := fmt.Sprintf(about, version)
	flags := flag.NewFlagSet("terraform-provider-aichatbothub", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.BoolVar(&debug, "debug", false, "")
	showVersion := flags.Bool("version", false, "")
	err = flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return false, about, subcommand.OK, nil
	case err != nil:
		return false, about, subcommand.Failed, err
	case flags.NArg() > 0:
		return false, about, subcommand.Failed, fmt.Errorf("unknown subcommand %q", flags.Arg(0))
	case *showVersion:
		return false, "terraform-provider-aichatbothub " + version + "\n", subcommand.OK, nil
	case !debug && getenv(cookie) == "":
		return false, about, subcommand.Failed, nil // like every plugin that is started by hand
	}
	return debug, "", subcommand.OK, nil
}

// about is the help text.
const about = `terraform-provider-aichatbothub %s

This is the Terraform provider for AI Chatbot Hub and the other GPT-trainer
white labels. Terraform and OpenTofu start it themselves. Add this to a
configuration:

  terraform {
    required_providers {
      aichatbothub = { source = "aichatbothub/aichatbothub" }
    }
  }

Then run "terraform init". Two subcommands are run by hand, with the API key in
the environment variable AICHATBOTHUB_API_KEY:

  export -dir ./bots   write the configuration of an existing account
  probe                try out how a deployment behaves where its documentation
                       is silent, on a chatbot of its own that it deletes again

Options:

  export -h    print the options of export
  probe -h     print the options of probe
  -version     print the version
  -debug       serve the provider so that a debugger can attach
  -h           print this
`
