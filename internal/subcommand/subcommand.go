// Package subcommand has what the subcommands of the program share: their arguments, exit codes and progress line.
package subcommand

import (
	"io"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// Command is one run of a subcommand.
type Command struct {
	Args           []string // the arguments after the name of the subcommand
	Version        string   // the version of this build
	Getenv         func(string) string
	Stdout, Stderr io.Writer
	Terminal       bool // Stderr is a terminal
	// Options change the configuration of the client. Tests shorten waits with them.
	Options []provider.Option
}

// The exit codes.
const (
	OK          = 0
	Failed      = 1 // also for an invalid command line
	Finding     = 2 // it ran and found what it is there to find
	Interrupted = 130
)
