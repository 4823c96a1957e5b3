package subcommand

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
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
			case "full":
				return OK, errors.New("there are these files:\n  a\n  b")
			case "refused":
				return OK, &hub.Error{Method: "GET", Path: "/x", Status: 500, JSON: true, Message: "no"}
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
		"missing b":           {code: Failed, stderr: "Error: there is no file.\n"},
		"full b":              {code: Failed, stderr: "Error: there are these files:\n  a\n  b\n"},
		"refused b":           {code: Failed, stderr: "Error: GET /x: the service answered 500 Internal Server Error: no.\nThe service failed to process the request. Try again later.\n"},
		"same b":              {code: Failed, stderr: "Error: FROM and TO are the same.\n", usage: true},
		"":                    {code: Failed, stderr: "Error: FROM is missing.\n", usage: true},
		"a":                   {code: Failed, stderr: "Error: TO is missing.\n", usage: true},
		"a b c":               {code: Failed, stderr: "Error: unexpected argument \"c\".\n", usage: true},
		"a b -fast":           {code: Failed, stderr: "Error: unknown option -fast.\n", usage: true},
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

// TestMisuse: an error of the command line has the first lines of the help only, so that it stays in sight.
func TestMisuse(t *testing.T) {
	t.Parallel()
	d := copyOf
	d.Usage = "Usage: copy FROM TO\n\nCopies a file.\n"
	var stdout, stderr bytes.Buffer
	d.Run(t.Context(), Command{Args: []string{"a"}, Stdout: &stdout, Stderr: &stderr})
	if want := "Error: TO is missing.\n\nUsage: copy FROM TO\n\nThe option -h prints the help.\n"; stderr.String() != want || stdout.Len() > 0 {
		t.Errorf("%s%s", &stdout, &stderr)
	}
}

// TestNote: on a terminal, lines are broken at words. Lists and what is not for a terminal remain as they are.
func TestNote(t *testing.T) {
	t.Parallel()
	word := strings.Repeat("x", 30)
	text := word + " " + word + " " + word + "\n  " + word + " " + word + " " + word + "\n"
	for terminal, want := range map[bool]string{
		false: text,
		true:  word + " " + word + "\n" + word + "\n  " + word + " " + word + " " + word + "\n",
	} {
		var stderr bytes.Buffer
		Command{Stderr: &stderr, Terminal: terminal}.Note("%s", text)
		if stderr.String() != want {
			t.Errorf("terminal %v: %q", terminal, stderr.String())
		}
	}
}

// TestSettings: errors about settings name the options and the variables that the subcommand has, and not a provider block.
func TestSettings(t *testing.T) {
	t.Parallel()
	env := map[string]string{"AICHATBOTHUB_BASE_URL": "ftp://x"}
	c := Command{Getenv: func(name string) string { return env[name] }}
	for url, want := range map[string]string{"": "the environment variable AICHATBOTHUB_BASE_URL cannot be used", "x": "The value of -base-url cannot be used"} {
		_, err := c.WithBaseURL(url).Config()
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "set the environment variable AICHATBOTHUB_API_KEY") || strings.Contains(err.Error(), "provider block") {
			t.Errorf("%q: %v", url, err)
		}
	}
	page := &hub.AnswerError{HTML: true}
	limited := Command{limited: true}.Advice(&hub.Error{Status: 429})
	for want, got := range map[string]string{"Check AICHATBOTHUB_BASE_URL:": c.Advice(page), "Check -base-url:": c.WithBaseURL("x").Advice(page), "-requests-per-minute": limited} {
		if !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
