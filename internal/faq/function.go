package faq

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

var _ function.Function = Function{}

// The values of format, and the function that reads each.
const (
	formatCSV      = "csv"
	formatMarkdown = "markdown"
)

// The positions of the arguments.
const (
	argumentText = iota
	argumentFormat
)

// NewFunction makes the function faq.
func NewFunction() function.Function { return Function{} }

// Function is the function faq.
type Function struct{}

// Metadata implements function.Function.
func (Function) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "faq"
}

// Definition implements function.Function.
func (Function) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary:             "Questions and answers out of a table or a document",
		MarkdownDescription: "Reads questions with their answers out of a text in CSV or Markdown, and returns the answers by question, for `questions` of `aichatbothub_knowledge_base`.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "text", MarkdownDescription: "The text, such as `file(\"faq.csv\")`. An empty text has no questions."},
			function.StringParameter{Name: "format", MarkdownDescription: "The format of the text: `csv` or `markdown`."},
		},
		Return: function.MapReturn{ElementType: types.StringType},
	}
}

// Run implements function.Function. Terraform calls it with known values only.
func (Function) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var text, format string
	if resp.Error = req.Arguments.Get(ctx, &text, &format); resp.Error != nil {
		return
	}
	var q *questions
	err := base.Recovered(func() error {
		q = parse(text, format)
		return nil
	})
	switch {
	case err != nil:
		resp.Error = function.NewFuncError(err.Error())
	case q == nil:
		resp.Error = function.NewArgumentFuncError(argumentFormat, fmt.Sprintf("must be %q or %q", formatCSV, formatMarkdown))
	case len(q.problems) > 0:
		resp.Error = function.NewArgumentFuncError(argumentText, q.describeProblems())
	default:
		resp.Error = resp.Result.Set(ctx, q.answers)
	}
}

// parse reads a text. It returns nil for a format that does not exist.
func parse(text, format string) *questions {
	q := &questions{answers: map[string]string{}, lines: map[string]int{}}
	text = normal(text)
	switch before, _, found := strings.Cut(text, "\x00"); {
	case format != formatCSV && format != formatMarkdown:
		return nil
	case found:
		q.refuse(1+strings.Count(before, "\n"), "the text contains a null character, as one in UTF-16 does. Save it in UTF-8")
	case format == formatCSV:
		q.readCSV(text)
	default:
		q.readMarkdown(text)
	}
	return q
}
