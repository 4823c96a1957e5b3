package faq

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// maxProblems is how many problems of a text are described.
const maxProblems = 10

// questions collects what is found in a text.
type questions struct {
	answers  map[string]string // by question
	lines    map[string]int    // where each question is, by its normal form
	problems []problem
}

// problem is what is wrong in a line. Its text quotes nothing: questions and answers can contain secrets.
type problem struct {
	line int // from 1
	text string
}

func (q *questions) refuse(line int, format string, args ...any) {
	q.problems = append(q.problems, problem{line, fmt.Sprintf(format, args...)})
}

// add adds a question with its answer. The knowledge base compares questions in the normal form.
func (q *questions) add(line int, question, answer string) {
	question, answer = strings.TrimSpace(question), strings.TrimSpace(answer)
	form := hub.NormalText(question)
	first, twice := q.lines[form]
	switch {
	case form == "":
		q.refuse(line, "the question is empty. Write one, or remove it with its answer")
	case twice:
		q.refuse(line, "the question is the same as that of line %d. Remove one of them", first)
	case hub.NormalText(answer) == "":
		q.refuse(line, "the answer is empty. Write one, or remove the question")
	default:
		q.answers[question] = answer
	}
	if !twice {
		q.lines[form] = line
	}
}

// describeProblems returns the first problems. Terraform writes the name of the argument before them, and a period after them.
func (q *questions) describeProblems() string {
	slices.SortStableFunc(q.problems, func(a, b problem) int { return cmp.Compare(a.line, b.line) })
	var out []string
	for _, p := range q.problems[:min(len(q.problems), maxProblems)] {
		out = append(out, fmt.Sprintf("line %d: %s", p.line, p.text))
	}
	if more := len(q.problems) - maxProblems; more > 0 {
		out = append(out, base.Count(more, "further problem"))
	}
	return strings.Join(out, ".\n")
}

// normal returns a text without a byte order mark, with a line feed at the end of each line.
func normal(text string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(text, "\ufeff"))
}
