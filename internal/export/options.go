package export

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// The values of -include. Chatbots are always exported.
const (
	agents        = "agents"
	toolFunctions = "tool_functions"
	sources       = "sources"
	sourceTags    = "source_tags"
)

var allKinds = []string{agents, toolFunctions, sources, sourceTags}

// kinds are the kinds of objects that are exported.
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
			return fmt.Errorf("%q is not one of %s", strings.TrimSpace(word), strings.Join(allKinds, ", "))
		}
		k[kind] = true
	}
	return nil
}

// selectors are the values of -chatbot.
type selectors []string

// String implements flag.Value.
func (c *selectors) String() string { return strings.Join(*c, ", ") }

// Set implements flag.Value.
func (c *selectors) Set(raw string) error {
	if raw = strings.TrimSpace(raw); raw == "" {
		return errors.New("the value is empty")
	}
	*c = append(*c, raw)
	return nil
}

// options are the options of the command line.
type options struct {
	dir      string
	chatbots selectors
	include  kinds
	force    bool
	// knowledgeBase has the questions and pages of a chatbot written as one knowledge base.
	knowledgeBase bool
}

const usage = `Usage: terraform-provider-aichatbothub export -dir FOLDER [options]

Reads an account and writes its objects as Terraform configuration: a file for
each chatbot, separate files for long prompts, and imports.tf with import blocks
for the existing objects. It does not change the account.

The API key is read from AICHATBOTHUB_API_KEY. The URL of the deployment is read
from AICHATBOTHUB_BASE_URL; the default is that of AI Chatbot Hub.

  -dir FOLDER      folder for the files; it is created if it does not exist
  -chatbot NAME    export only this chatbot, given by its name, its id or the
                   URL of its chat page; can be repeated
  -include KINDS   export only chatbots and these kinds, separated by commas:
                   agents, tool_functions, sources, source_tags
  -knowledge-base  write the questions and pages of a chatbot as a knowledge
                   base that takes over the sources, instead of a source each
  -force           replace existing files
  -h               print this help

Example:
  export AICHATBOTHUB_API_KEY=…
  terraform-provider-aichatbothub export -dir ./bots -chatbot "Support"
  cd ./bots && terraform init && terraform plan
`

// define defines the options of the command line.
func define(flags *flag.FlagSet) *options {
	o := &options{include: kinds{}}
	flags.StringVar(&o.dir, "dir", "", "")
	flags.Var(&o.chatbots, "chatbot", "")
	flags.Var(o.include, "include", "")
	flags.BoolVar(&o.knowledgeBase, "knowledge-base", false, "")
	flags.BoolVar(&o.force, "force", false, "")
	return o
}

// check checks the options and completes them.
func (o *options) check() error {
	switch {
	case strings.TrimSpace(o.dir) == "":
		return subcommand.Misuse("-dir is missing; it is the folder for the files")
	case o.knowledgeBase && len(o.include) > 0 && !o.include[sources]:
		return subcommand.Misuse("-knowledge-base writes sources, and -include leaves them out")
	}
	if len(o.include) == 0 {
		for _, kind := range allKinds {
			o.include[kind] = true
		}
	}
	return nil
}
