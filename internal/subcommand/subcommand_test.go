package subcommand

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"strings"
	"testing"
)

// copyOf is a subcommand with an option and two operands, which says what it was given.
var copyOf = Definition{
	Name: "copy", Usage: "Usage: copy FROM TO\n", Operands: []string{"FROM", "TO"},
	Define: func(flags *flag.FlagSet) func(context.Context, Command) (int, error) {
		force := flags.Bool("force", false, "")
		return func(_ context.Context, c Command) (int, error) {
			switch c.Operand(0) {
			case "missing":
				return OK, errors.New("there is no file")
			case "same":
				return OK, Misuse("FROM and TO are the same")
			case "found":
				return Finding, nil
			}
			Say(c.Stdout, "%s to %s, force %v", c.Operand(0), c.Operand(1), *force)
			return OK, nil
		}
	},
}

// TestRun: options may stand anywhere, and every ending has its exit code and its output.
func TestRun(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]struct {
		code           int
		stdout, stderr string
		usage          bool // on stderr
	}{
		"a b":                 {code: OK, stdout: "a to b, force false"},
		"-force a b":          {code: OK, stdout: "a to b, force true"},
		"a b -force":          {code: OK, stdout: "a to b, force true"},
		"a -force=false b":    {code: OK, stdout: "a to b, force false"},
		"a -- -b":             {code: OK, stdout: "a to -b, force false"},
		"-force -- -a -force": {code: OK, stdout: "-a to -force, force true"},
		"found b":             {code: Finding},
		"missing b":           {code: Failed, stderr: "Error: there is no file\n"},
		"same b":              {code: Failed, stderr: "Error: FROM and TO are the same.\n", usage: true},
		"":                    {code: Failed, stderr: "Error: FROM is missing.\n", usage: true},
		"a":                   {code: Failed, stderr: "Error: TO is missing.\n", usage: true},
		"a b c":               {code: Failed, stderr: "Error: unexpected argument \"c\".\n", usage: true},
		"a b -fast":           {code: Failed, stderr: "Error: flag provided but not defined: -fast.\n", usage: true},
		"-force=maybe a b":    {code: Failed, stderr: "Error: invalid boolean value \"maybe\" for -force", usage: true},
		"-h":                  {code: OK, stdout: "Usage: copy FROM TO\n"},
		"a b --help":          {code: OK, stdout: "Usage: copy FROM TO\n"},
	} {
		var stdout, stderr bytes.Buffer
		code := copyOf.Run(t.Context(), Command{Args: strings.Fields(args), Stdout: &stdout, Stderr: &stderr})
		if code != want.code || stdout.String() != want.stdout || !strings.HasPrefix(stderr.String(), want.stderr) ||
			(want.stderr == "") != (stderr.Len() == 0) || strings.Contains(stderr.String(), "\n\nUsage: copy") != want.usage {
			t.Errorf("%q: exit code %d\nstdout: %s\nstderr: %s", args, code, &stdout, &stderr)
		}
	}
}
