package answertest

import (
	"context"
	"errors"
	"fmt"
	"regexp/syntax"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// expectations are the attributes of a case that say what is expected of an answer.
var expectations = []string{"contains", "not_contains", "matches", "not_matches", "cites", "max_chars"}

// validCases validates the cases. Its errors name the case and have no values: a text can contain a secret.
type validCases struct{}

// Description implements validator.Describer.
func (validCases) Description(context.Context) string {
	return "must have at least one case; each asks at least one question and expects something of the answer"
}

// MarkdownDescription implements validator.Describer.
func (v validCases) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateMap implements validator.Map.
func (validCases) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	elements := req.ConfigValue.Elements()
	if len(elements) == 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Missing case", "cases is empty, so nothing would be asked. Write at least one case, or remove the resource.")
	}
	for _, name := range base.SortedKeys(elements) {
		if object, ok := elements[name].(types.Object); ok && !object.IsNull() && !object.IsUnknown() {
			validateCase(name, object.Attributes(), &resp.Diagnostics)
		}
	}
}

// caseProblems reports what is wrong with one case.
type caseProblems struct {
	name  string
	diags *diag.Diagnostics
}

// wrong reports a problem of an attribute of the case.
func (p caseProblems) wrong(attribute, summary, text string) {
	p.diags.AddAttributeError(path.Root("cases").AtMapKey(p.name), summary, fmt.Sprintf("Case %s: %s %s", base.Quote(p.name), attribute, text))
}

// validateCase reports what is wrong with one case.
func validateCase(name string, in map[string]attr.Value, diags *diag.Diagnostics) {
	p := caseProblems{name, diags}
	if ask := in["ask"]; isKnown(ask) && len(elementsOf(ask)) == 0 || hasBlank(ask) {
		p.wrong("ask", "Empty question", "has no question, or one that is empty or has only white space. Write at least one question.")
	}
	expects := false
	for _, attribute := range expectations {
		v := in[attribute]
		expects = expects || v != nil && (v.IsUnknown() || len(elementsOf(v)) > 0 || !isList(v) && !v.IsNull())
		switch text, _ := v.(types.String); {
		case hasBlank(v):
			p.wrong(attribute, "Empty expectation", "has a text that is empty or has only white space, which expects nothing of the answer. Write a text, or remove it.")
		case isKnown(text) && text.ValueString() == "":
			p.wrong(attribute, "Empty expectation", "is empty, and an empty regular expression matches every answer. Write an expression, or remove the attribute.")
		}
	}
	if !expects {
		p.wrong("no attribute", "Missing expectation", "says what is expected of the answer. Set at least one of "+strings.Join(expectations, ", ")+".")
	}
	for _, attribute := range []string{"matches", "not_matches"} {
		if _, err := compiled(in[attribute]); err != nil {
			p.wrong(attribute, "Invalid regular expression", base.NotRegex(reasonOf(err)))
		}
	}
}

// reasonOf returns why a regular expression is invalid, without the expression.
func reasonOf(err error) string {
	if e, ok := errors.AsType[*syntax.Error](err); ok {
		return e.Code.String()
	}
	return "it cannot be parsed"
}

func isKnown(v attr.Value) bool { return v != nil && !v.IsNull() && !v.IsUnknown() }

func isList(v attr.Value) bool { _, is := v.(types.List); return is }

// elementsOf returns the elements of a list; nil for other values.
func elementsOf(v attr.Value) []attr.Value {
	list, _ := v.(types.List)
	return list.Elements()
}

// hasBlank reports whether a list has an element without any character that shows.
func hasBlank(v attr.Value) bool {
	for _, e := range elementsOf(v) {
		if text, ok := e.(types.String); ok && isKnown(text) && strings.TrimSpace(text.ValueString()) == "" {
			return true
		}
	}
	return false
}
