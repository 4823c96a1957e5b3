package answertest

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// judge returns what is wrong with an answer: a sentence without a period for each rule that it breaks.
func (c *testCase) judge(m hub.Message, sources sourceNames) []string {
	answer := strings.TrimSpace(*m.Response)
	folded := fold(answer)
	var problems []string
	add := func(format string, a ...any) { problems = append(problems, fmt.Sprintf(format, a...)) }
	for _, want := range c.contains {
		if !strings.Contains(folded, fold(want)) {
			add("contains: the answer does not contain %s%s", shown(want), nearest(answer, want))
		}
	}
	for _, unwanted := range c.notContains {
		if strings.Contains(folded, fold(unwanted)) {
			add("not_contains: the answer contains %s%s", shown(unwanted), place(answer, unwanted))
		}
	}
	if c.matches != nil && !c.matches.MatchString(answer) {
		add("matches: no part of the answer matches %s%s", shown(c.matches.String()), almost(answer, c.matches))
	}
	if c.notMatches != nil {
		if at := c.notMatches.FindStringIndex(answer); at != nil {
			add("not_matches: a part of the answer matches %s: %s", shown(c.notMatches.String()), shown(answer[at[0]:at[1]]))
		}
	}
	for _, name := range c.cites {
		cited := m.Citations()
		switch {
		case sources.isCited(name, cited):
		case len(cited) == 0:
			add("cites: the answer cites nothing, so not %s. Not every deployment returns citations unless show_citations of the chatbot is true", shown(name))
		default:
			add("cites: the answer does not cite %s. It cites %s", shown(name), citedNames(cited))
		}
	}
	if n := int64(utf8.RuneCountInString(answer)); c.maxChars > 0 && n > c.maxChars {
		add("max_chars: the answer has %d characters, %d more than %d", n, n-c.maxChars, c.maxChars)
	}
	return problems
}

// fold returns a text in the form in which texts are compared: composed, without case, and with one space for each run of white space. "ß" is the
// lower case of "SS". The tables of golang.org/x/text/cases, which know more of such pairs, add 250 kB to the provider.
func fold(text string) string {
	folded := strings.ReplaceAll(strings.ToLower(strings.ToUpper(hub.Composed(text))), "ß", "ss")
	return strings.Join(strings.Fields(folded), " ")
}

// almost says with which flags an expression would match; "" if with none.
func almost(answer string, re *regexp.Regexp) string {
	for _, try := range []struct{ flags, what string }{{"(?i)", "because case is ignored then"}, {"(?s)", "because . matches line breaks then"}, {"(?is)", "because case is ignored and . matches line breaks then"}} {
		loose, err := regexp.Compile(try.flags + re.String())
		if err != nil {
			continue
		}
		if at := loose.FindStringIndex(answer); at != nil {
			return fmt.Sprintf(". With %s in front it would match %s, %s", try.flags, shown(answer[at[0]:at[1]]), try.what)
		}
	}
	return ""
}
