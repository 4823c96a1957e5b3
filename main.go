// Command terraform-provider-aichatbothub is the Terraform provider for AI Chatbot Hub and the other GPT-trainer white labels. Terraform
// starts it; a person starts it for its subcommand export.
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
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// version is set by the release build.
var version = "dev"

// cookie is the environment variable that Terraform and OpenTofu set for the plugins they start.
const cookie = "TF_PLUGIN_MAGIC_COOKIE"

func main() { os.Exit(run(os.Args[1:], os.Getenv, os.Stdout, os.Stderr)) }

// run runs the command line args and returns the exit code.
func run(args []string, getenv func(string) string, stdout, stderr *os.File) int {
	if len(args) > 0 && args[0] == "export" {
		// SIGHUP: the terminal was closed.
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
		defer stop()
		return export.Run(ctx, export.Command{Args: args[1:], Version: version, Getenv: getenv, Stdout: stdout, Stderr: stderr, Terminal: export.Terminal(stderr)})
	}
	debug, text, code := answer(args, getenv)
	switch {
	case code == misused:
		_, _ = stderr.WriteString(text)
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

// misused is the exit code for an invalid command line.
const misused = 2

// answer returns the text to print for a person and the exit code. An empty text means that the provider is to be served.
func answer(args []string, getenv func(string) string) (debug bool, text string, code int) {
	about := fmt.Sprintf(about, version)
	flags := flag.NewFlagSet("terraform-provider-aichatbothub", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.BoolVar(&debug, "debug", false, "")
	showVersion := flags.Bool("version", false, "")
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return false, about, 0
	case err != nil:
		return false, fmt.Sprintf("Error: %s.\n\n%s", err, about), misused
	case flags.NArg() > 0:
		return false, fmt.Sprintf("Error: unknown subcommand %q.\n\n%s", flags.Arg(0), about), misused
	case *showVersion:
		return false, "terraform-provider-aichatbothub " + version + "\n", 0
	case !debug && getenv(cookie) == "":
		return false, about, 1 // like every plugin that is started by hand
	}
	return debug, "", 0
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

Then run "terraform init". The only command to run by hand is export, which
writes the configuration of an existing account:

  export AICHATBOTHUB_API_KEY=…
  terraform-provider-aichatbothub export -dir ./bots

Options:

  export -h    print the options of export
  -version     print the version
  -debug       serve the provider so that a debugger can attach
  -h           print this
`
