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

// cookie is what Terraform and OpenTofu set for the plugins they start.
const cookie = "TF_PLUGIN_MAGIC_COOKIE"

func main() { os.Exit(run(os.Args[1:], os.Getenv, os.Stdout, os.Stderr)) }

// run gives the code to exit with.
func run(args []string, getenv func(string) string, stdout, stderr *os.File) int {
	if len(args) > 0 && args[0] == "export" {
		// A terminal that closes (SIGHUP) must not leave anything behind either.
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

// misused is the code of a command line that makes no sense.
const misused = 2

// answer is what a person is told, and the code to exit with. No text means that the provider is to be served.
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
		return false, fmt.Sprintf("Error: there is no subcommand %q.\n\n%s", flags.Arg(0), about), misused
	case *showVersion:
		return false, "terraform-provider-aichatbothub " + version + "\n", 0
	case !debug && getenv(cookie) == "":
		return false, about, 1 // as every plugin that a person has started
	}
	return debug, "", 0
}

// about is what the program says to a person.
const about = `terraform-provider-aichatbothub %s

This is the Terraform provider for AI Chatbot Hub and the other GPT-trainer
white labels. Terraform and OpenTofu start it by themselves: write

  terraform {
    required_providers {
      aichatbothub = { source = "aichatbothub/aichatbothub" }
    }
  }

into a configuration and run "terraform init". By hand it does one thing, which
is to write the configuration of an account that already exists:

  export AICHATBOTHUB_API_KEY=…
  terraform-provider-aichatbothub export -dir ./bots

Options:

  export -h    how to export
  -version     print the version
  -debug       serve the provider so that a debugger can attach
  -h           print this
`
