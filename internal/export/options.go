package export

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
)

// The kinds of objects that an export can be narrowed to, in the words of -include. Chatbots are always in it.
const (
	agents        = "agents"
	toolFunctions = "tool_functions"
	sources       = "sources"
	sourceTags    = "source_tags"
)

var allKinds = []string{agents, toolFunctions, sources, sourceTags}

// kinds are the kinds that are included.
type kinds map[string]bool

// String implements flag.Value.
func (k kinds) String() string {
	return strings.Join(slices.DeleteFunc(slices.Clone(allKinds), func(kind string) bool { return !k[kind] }), ",")
}

// Set implements flag.Value: it adds a list of kinds.
func (k kinds) Set(raw string) error {
	for word := range strings.SplitSeq(raw, ",") {
		kind := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(word)), "-", "_")
		if !slices.Contains(allKinds, kind) {
			return fmt.Errorf("%q is none of %s", strings.TrimSpace(word), strings.Join(allKinds, ", "))
		}
		k[kind] = true
	}
	return nil
}

// choices are the values of -chatbot.
type choices []string

// String implements flag.Value.
func (c *choices) String() string { return strings.Join(*c, ", ") }

// Set implements flag.Value.
func (c *choices) Set(raw string) error {
	if raw = strings.TrimSpace(raw); raw == "" {
		return errors.New("it names no chatbot")
	}
	*c = append(*c, raw)
	return nil
}

// options is the command line.
type options struct {
	dir      string
	chatbots choices
	include  kinds
	force    bool
}

const usage = `Usage: terraform-provider-aichatbothub export -dir FOLDER [options]

Reads an account and writes it as Terraform configuration: a file for each
chatbot, long prompts as files of their own, and imports.tf with the blocks that
let Terraform take over what exists. It changes nothing in the account.

The API key comes from AICHATBOTHUB_API_KEY, and the address of the deployment
from AICHATBOTHUB_BASE_URL where it is another than AI Chatbot Hub's own.

  -dir FOLDER      where the files go; the folder is made if it is not there
  -chatbot NAME    only this chatbot, by name, by id or by the address of its
                   chat page; can be given more than once
  -include KINDS   only these kinds besides the chatbots, with commas between:
                   agents, tool_functions, sources, source_tags
  -force           replace files that are there already
  -h               print this

Example:

  export AICHATBOTHUB_API_KEY=…
  terraform-provider-aichatbothub export -dir ./bots -chatbot "Support"
  cd ./bots && terraform init && terraform plan
`

// parse reads the command line. flag.ErrHelp means that somebody asked for the usage.
func parse(args []string) (options, error) {
	o := options{include: kinds{}}
	flags := flag.NewFlagSet("export", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.dir, "dir", "", "")
	flags.Var(&o.chatbots, "chatbot", "")
	flags.Var(o.include, "include", "")
	flags.BoolVar(&o.force, "force", false, "")
	switch err := flags.Parse(args); {
	case err != nil:
		return o, err
	case flags.NArg() > 0:
		return o, fmt.Errorf("there is nothing to do with %q", flags.Arg(0))
	case strings.TrimSpace(o.dir) == "":
		return o, errors.New("-dir is missing: name the folder that the files go to")
	}
	if len(o.include) == 0 {
		for _, kind := range allKinds {
			o.include[kind] = true
		}
	}
	return o, nil
}
