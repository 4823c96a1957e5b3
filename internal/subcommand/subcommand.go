// Package subcommand has what the subcommands of the program share: their definition, command line, exit codes, and progress line.
package subcommand

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// Definition defines a subcommand.
type Definition struct {
	Name    string
	Summary string // what it does, in the help of the program
	Usage   string // the text of -h, which fits a terminal of 80 columns and 24 lines
	// Operands are the names of the arguments that are not options. All of them are required.
	Operands []string
	// Define defines the options in flags, and returns the function that runs the subcommand with their values. That returns the exit code, or an
	// error to print, for which the exit code is Failed.
	Define func(flags *flag.FlagSet) func(ctx context.Context, c Command) (code int, err error)
}

// Command is one run of a subcommand.
type Command struct {
	Args           []string // the arguments after the name of the subcommand
	Version        string   // the version of this build
	Getenv         func(string) string
	Stdout, Stderr io.Writer
	Terminal       bool // Stderr is a terminal
	// Options change the configuration of the client. Tests shorten waits with them.
	Options []provider.Option

	name     string
	operands []string
	baseURL  string // of the option -base-url; "" without it
	limited  bool   // it has the option -requests-per-minute
}

// The exit codes.
const (
	OK          = 0
	Failed      = 1 // also for an invalid command line
	Finding     = 2 // it ran and found what it is there to find
	Interrupted = 130
)

// UsageError is an error of the command line. It is printed with the usage.
type UsageError struct{ Message string }

// Error implements error.
func (e *UsageError) Error() string { return e.Message }

// Misuse returns a UsageError.
func Misuse(format string, args ...any) error { return &UsageError{fmt.Sprintf(format, args...)} }

// Run parses the command line, runs the subcommand, prints its error, and returns the exit code.
func (d *Definition) Run(ctx context.Context, c Command) int {
	flags := flag.NewFlagSet(d.Name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	run := d.Define(flags)
	c.limited = flags.Lookup(requestsOption) != nil
	var err error
	if c.operands, err = operands(flags, c.Args); err == nil {
		err = d.checkOperands(c.operands)
	}
	code := OK
	if err == nil {
		c.name = d.Name
		code, err = run(ctx, c)
	}
	var misuse *UsageError
	switch {
	case errors.Is(err, flag.ErrHelp):
		Say(c.Stdout, "%s", d.Usage)
		return OK
	case errors.As(err, &misuse): // the whole help would move the error out of a terminal
		synopsis, _, _ := strings.Cut(d.Usage, "\n\n")
		c.Note("Error: %s.\n\n%s\n\nThe option -h prints the help.\n", misuse, strings.TrimSpace(synopsis))
		return Failed
	case err != nil:
		c.Report(err, c.Advice(err))
		return Failed
	}
	return code
}

// Report prints an error, and sentences about what the user can do, or "".
func (c Command) Report(err error, advice string) {
	text := base.ErrorText(err)
	if last := text[strings.LastIndex(text, "\n")+1:]; !strings.HasPrefix(last, " ") { // not the end of a list
		text = strings.TrimSuffix(text, ".") + "."
	}
	c.Note("Error: %s\n", strings.TrimSpace(text+"\n"+advice))
}

// Note writes a message about the run to Stderr. On a terminal, its lines are broken at words.
func (c Command) Note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if c.Terminal {
		text = base.Wrap(text, lineWidth)
	}
	Say(c.Stderr, "%s", text)
}

// InvalidOption returns the UsageError for an error of package flag, in the words of the help, which calls a flag an option.
func InvalidOption(err error) error {
	return Misuse("%s", strings.NewReplacer("flag provided but not defined: ", "unknown option ", " for flag -", " for -", "flag needs an argument: ", "a value is missing for ").Replace(err.Error()))
}

// operands parses a command line. Options may follow operands.
func operands(flags *flag.FlagSet, args []string) ([]string, error) {
	var found []string
	for {
		if err := flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, InvalidOption(err)
		}
		rest := flags.Args()
		if len(rest) == 0 {
			return found, nil
		}
		if n := len(args) - len(rest); n > 0 && args[n-1] == "--" {
			return append(found, rest...), nil
		}
		found, args = append(found, rest[0]), rest[1:]
	}
}

func (d *Definition) checkOperands(found []string) error {
	switch n := len(d.Operands); {
	case len(found) > n:
		return Misuse("unexpected argument %q", found[n])
	case len(found) < n:
		return Misuse("%s is missing", d.Operands[len(found)])
	}
	return nil
}

// requestsOption is the name of an option, and baseURLOption one as it is written.
const requestsOption, baseURLOption = "requests-per-minute", "-base-url"

// RequestsPerMinute defines the option -requests-per-minute. 0, its default, means no limit.
func RequestsPerMinute(flags *flag.FlagSet) *int {
	n := 0
	flags.Func(requestsOption, "", func(raw string) (err error) {
		if n, err = strconv.Atoi(raw); err != nil || n < 1 {
			return errors.New("must be 1 or more")
		}
		return nil
	})
	return &n
}

// Duration defines an option whose value is a duration. Unlike flag.DurationVar, its error says what a duration looks like.
func Duration(flags *flag.FlagSet, value *time.Duration, name string) {
	flags.Func(name, "", func(raw string) error {
		d, err := time.ParseDuration(raw)
		if err != nil {
			return errors.New("must be a duration in hours, minutes or seconds, such as 720h, 15m or 2.5s")
		}
		*value = d
		return nil
	})
}

// Operand returns the nth argument that is not an option.
func (c Command) Operand(n int) string { return c.operands[n] }

// WithBaseURL returns the command for the deployment at the value of the option -base-url. With "", that is the one of the environment.
func (c Command) WithBaseURL(url string) Command {
	c.baseURL = url
	return c
}

// Config returns the configuration of the client: from the options, else from the environment.
func (c Command) Config() (hub.Config, error) {
	cfg, err := provider.FromEnvironment(c.Getenv, baseURLOption, c.baseURL)
	if err != nil {
		return cfg, err
	}
	cfg.UserAgent = "terraform-provider-aichatbothub/" + c.Version + " " + c.name
	for _, option := range c.Options {
		option(&cfg)
	}
	return cfg, nil
}
