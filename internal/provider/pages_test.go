package provider_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

// TestSubcategories: the registries group every page but guides under one of a few names.
func TestSubcategories(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("../../docs/*/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages (%v)", len(pages), err)
	}
	groups := []string{"Agents", "Chatbots", "Conversations", "Knowledge", "Tests"}
	seen := map[string]bool{}
	for _, page := range pages {
		raw, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		group := ""
		if found := regexp.MustCompile(`(?m)^subcategory: "(.*)"$`).FindSubmatch(raw); len(found) == 2 {
			group = string(found[1])
		}
		switch guide := filepath.Base(filepath.Dir(page)) == "guides"; {
		case guide && group != "":
			t.Errorf("%s: guides have a group of their own in the registries", page)
		case !guide && !slices.Contains(groups, group):
			t.Errorf("%s: the subcategory is %q, want one of %q", page, group, groups)
		case !guide:
			seen[group] = true
		}
	}
	if len(seen) != len(groups) {
		t.Errorf("the pages have the subcategories %v, want all of %q", seen, groups)
	}
}

// pageSections are the sections that the pages of a kind have, in this order. Other sections can be between them.
var pageSections = map[string][]string{
	"resources":           {"Example Usage", "Cost and API calls", "Destroy", "Limits", "Schema", "Import"},
	"data-sources":        {"Example Usage", "Cost and API calls", "Limits", "Schema"},
	"list-resources":      {"Example Usage", "Cost and API calls", "Limits", "Schema"},
	"ephemeral-resources": {"Example Usage", "Cost and API calls", "Destroy", "Limits", "Schema"},
	"actions":             {"Example Usage", "Cost and API calls", "Limits", "Schema"},
	"functions":           {"Example Usage", "Limits", "Cost and API calls", "Signature", "Arguments"},
}

// TestPages: the page of everything in the catalog has the sections of its kind, and each has a text.
func TestPages(t *testing.T) {
	t.Parallel()
	s := acctest.NewServer(t).Schema
	for kind, names := range map[string][]string{
		"resources": slices.Collect(maps.Keys(s.ResourceSchemas)), "data-sources": slices.Collect(maps.Keys(s.DataSourceSchemas)), "list-resources": slices.Collect(maps.Keys(s.ListResourceSchemas)),
		"ephemeral-resources": slices.Collect(maps.Keys(s.EphemeralResourceSchemas)), "actions": slices.Collect(maps.Keys(s.ActionSchemas)), "functions": slices.Collect(maps.Keys(s.Functions)),
	} {
		if len(names) == 0 {
			t.Errorf("there are no %s", kind)
		}
		for _, name := range names {
			t.Run(kind+"/"+name, func(t *testing.T) {
				t.Parallel()
				raw, err := os.ReadFile(filepath.Join("..", "..", "docs", kind, strings.TrimPrefix(name, acctest.Prefix)+".md"))
				if err != nil {
					t.Fatal(err)
				}
				for _, problem := range badPage(kind, name, string(raw)) {
					t.Error(problem)
				}
				parts, err := filepath.Glob(filepath.Join("..", "..", "examples", kind, name, "*.md"))
				if err != nil || len(parts) == 0 {
					t.Fatalf("%d parts of the page: %v", len(parts), err)
				}
				for _, part := range parts {
					if text, err := os.ReadFile(part); err != nil || strings.Contains(string(text), "```") {
						t.Errorf("%s: %v, or it has a block of code, at which the template ends it. Write an example as a file that a test applies", part, err)
					}
				}
			})
		}
	}
}

// badPage returns what is wrong with a page.
func badPage(kind, name, text string) []string {
	var bad []string
	head, body, _ := strings.Cut(text, "\n## ")
	if _, intro, found := strings.Cut(head, "\n# "); !found || len(strings.Fields(intro)) < 10 {
		bad = append(bad, "it does not begin with a text that says what it is about")
	}
	// The name of a type is no description of it. Terms of the service, such as source tag, are no names of types.
	if noun := strings.ReplaceAll(strings.TrimPrefix(name, acctest.Prefix), "_", " "); kind == "resources" && regexp.MustCompile(`\)\n\n(?:An?|The) `+noun+`\b`).MatchString(head) {
		bad = append(bad, "it begins with the name of the type")
	}
	var titles []string
	for section := range strings.SplitSeq(body, "\n## ") {
		title, content, _ := strings.Cut(section, "\n")
		if titles = append(titles, title); strings.TrimSpace(content) == "" {
			bad = append(bad, title+" is empty")
		}
		switch title {
		case "Example Usage":
			if first, second := strings.Index(content, "### Minimal\n"), strings.Index(content, "### Complete\n"); kind == "resources" && (first < 0 || second < first) {
				bad = append(bad, "it has no minimal and complete example")
			}
		case "Import":
			forms := []string{"\nterraform import " + name, "  id = \"", "  identity = {"}
			n := len(slices.DeleteFunc(slices.Clone(forms), func(form string) bool { return !strings.Contains(content, form) }))
			if none := strings.HasPrefix(strings.TrimSpace(content), "There is no import"); n != len(forms) && !none || n > 0 && none {
				bad = append(bad, fmt.Sprintf("%d forms of an import, want %d", n, len(forms)))
			}
		}
	}
	next := 0
	for _, title := range titles {
		if next < len(pageSections[kind]) && title == pageSections[kind][next] {
			next++
		}
	}
	if next < len(pageSections[kind]) {
		bad = append(bad, fmt.Sprintf("its sections are %q: there is no %q, or it is elsewhere", titles, pageSections[kind][next]))
	}
	return bad
}

// TestBadPage: badPage finds what a page lacks.
func TestBadPage(t *testing.T) {
	t.Parallel()
	const good = "---\n---\n\n# aichatbothub_thing (Resource)\n\nWhat people use to have all of their work done by others.\n\n" +
		"## Example Usage\n\n### Minimal\n\na\n\n### Complete\n\nb\n\n## Cost and API calls\n\nc\n\n## Destroy\n\nd\n\n## Limits\n\ne\n\n## Schema\n\nf\n\n" +
		"## Import\n\nterraform import aichatbothub_thing.a\n\n  id = \"\"\n\n  identity = {\n"
	if bad := badPage("resources", "aichatbothub_thing", good); len(bad) > 0 {
		t.Errorf("the good page: %q", bad)
	}
	for old, replacement := range map[string]string{
		"What people use": "A thing that", "What people use to have all of their work": "Work", "## Destroy\n": "## Delete\n", "\nd\n": "", "### Minimal": "### Complete", "  identity = {": "",
		"## Limits\n\ne\n\n## Schema\n\nf\n": "## Schema\n\nf\n\n## Limits\n\ne\n", "terraform import": "There is no import",
	} {
		if bad := badPage("resources", "aichatbothub_thing", strings.Replace(good, old, replacement, 1)); len(bad) == 0 {
			t.Errorf("%q instead of %q is not noticed", replacement, old)
		}
	}
}
