package knowledgebase

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// notEmpty validates that no question and no answer is empty.
type notEmpty struct{}

// Description implements validator.Describer.
func (notEmpty) Description(context.Context) string { return "must have no empty question or answer" }

// MarkdownDescription implements validator.Describer.
func (v notEmpty) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateMap implements validator.Map.
func (notEmpty) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	for question, v := range req.ConfigValue.Elements() {
		answer, _ := v.(types.String)
		switch {
		case strings.TrimSpace(question) == "":
			resp.Diagnostics.AddAttributeError(req.Path, "Empty question", "A question of the map is empty or has only white space. Remove it, for example with an if clause in the for expression.")
		case !v.IsNull() && !v.IsUnknown() && strings.TrimSpace(answer.ValueString()) == "":
			resp.Diagnostics.AddAttributeError(req.Path, "Empty answer", "The answer to a question of the map is empty or has only white space. Remove the question, for example with an if clause in the for expression.")
		}
	}
}

// webPages validates addresses.
type webPages struct{}

// Description implements validator.Describer.
func (webPages) Description(context.Context) string {
	return "must have http:// or https:// URLs with a host only"
}

// MarkdownDescription implements validator.Describer.
func (v webPages) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateSet implements validator.Set.
func (webPages) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	for _, e := range req.ConfigValue.Elements() {
		address, ok := e.(types.String)
		if ok && !e.IsNull() && !e.IsUnknown() && !base.IsWebURL(address.ValueString()) {
			resp.Diagnostics.AddAttributeError(req.Path, "Invalid value", "An address of pages is not an http:// or https:// URL with a host.")
			return
		}
	}
}

// validGlobs validates patterns of files.
type validGlobs struct{ notEmpty bool }

// Description implements validator.Describer.
func (validGlobs) Description(context.Context) string {
	return fmt.Sprintf("must be a pattern relative to the folder, with slashes, without . and .., without a slash at the end, and with {a,b} at most %d times", maxAlternatives)
}

// MarkdownDescription implements validator.Describer.
func (v validGlobs) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateList implements validator.List. Its errors are at the root attribute, because Terraform shows no line for a nested one.
func (v validGlobs) ValidateList(ctx context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	if v.notEmpty && !req.ConfigValue.IsNull() && !req.ConfigValue.IsUnknown() && len(req.ConfigValue.Elements()) == 0 {
		resp.Diagnostics.AddAttributeError(path.Root("folder"), "Invalid pattern", fmt.Sprintf("%s has no pattern, so no file would belong to the knowledge base. Leave it out, or set it to null, to include all files.", req.Path))
	}
	for i, e := range req.ConfigValue.Elements() {
		text, ok := e.(types.String)
		if !ok || e.IsNull() || e.IsUnknown() || isGlob(text.ValueString()) {
			continue
		}
		resp.Diagnostics.AddAttributeError(path.Root("folder"), "Invalid pattern", fmt.Sprintf("%s %s. * and ? match within a name, ** matches folders, {a,b} matches alternatives.", req.Path.AtListIndex(i), v.Description(ctx)))
	}
}

// maxAlternatives is how often a pattern may have alternatives. Each can double the time that a match takes.
const maxAlternatives = 8

// isGlob reports whether a text is a pattern of files below a folder.
func isGlob(pattern string) bool {
	inPath := func(name string) bool { return name != "" && name != "." && name != ".." } // other names are in no path below the folder
	return !slices.ContainsFunc(strings.Split(pattern, "/"), func(name string) bool { return !inPath(name) }) && !strings.Contains(pattern, `\`) && !strings.Contains(pattern, ":/") && strings.Count(pattern, "{") <= maxAlternatives && doublestar.ValidatePattern(pattern)
}

// elements returns the known texts of a list; nil if it is null.
func elements(l types.List) []string {
	if l.IsNull() {
		return nil
	}
	all := []string{}
	for _, v := range l.Elements() {
		if text, ok := v.(types.String); ok {
			all = append(all, text.ValueString())
		}
	}
	return all
}

// escapedPath returns a path for a URL.
func escapedPath(key string) string { return (&url.URL{Path: key}).EscapedPath() }

// sentence returns a text that begins with an upper-case letter and ends with a period.
func sentence(text string) string {
	return strings.ToUpper(text[:1]) + strings.TrimSuffix(text[1:], ".") + "."
}
