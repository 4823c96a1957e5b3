package answertest

import (
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// testCase is one case of the configuration.
type testCase struct {
	name                string
	ask                 []string
	contains            []string
	notContains         []string
	matches, notMatches *regexp.Regexp
	cites               []string
	maxChars            int64 // 0 if there is no limit
}

// casesOf returns the cases of a map whose values are known, in the order of their names.
func casesOf(m types.Map) ([]testCase, error) {
	elements := m.Elements()
	all := make([]testCase, 0, len(elements))
	for _, name := range base.SortedKeys(elements) {
		object, _ := elements[name].(types.Object)
		c, err := caseOf(name, object)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// caseOf returns a case.
func caseOf(name string, object types.Object) (testCase, error) {
	in := object.Attributes()
	c := testCase{name: name, ask: listOf(in["ask"]), contains: listOf(in["contains"]), notContains: listOf(in["not_contains"]), cites: listOf(in["cites"])}
	if n, ok := in["max_chars"].(types.Int64); ok {
		c.maxChars = n.ValueInt64()
	}
	var err error
	if c.matches, err = compiled(in["matches"]); err != nil {
		return c, fmt.Errorf("matches: %w", err)
	}
	if c.notMatches, err = compiled(in["not_matches"]); err != nil {
		return c, fmt.Errorf("not_matches: %w", err)
	}
	return c, nil
}

// compiled returns the regular expression of a text that is known and not null, and nil for others.
func compiled(v any) (*regexp.Regexp, error) {
	text, ok := v.(types.String)
	if !ok || text.IsNull() || text.IsUnknown() {
		return nil, nil
	}
	return regexp.Compile(text.ValueString())
}

// questions returns the number of questions of cases.
func questions(cases []testCase) int {
	n := 0
	for i := range cases {
		n += len(cases[i].ask)
	}
	return n
}
