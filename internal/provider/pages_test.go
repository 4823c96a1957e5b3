package provider_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
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
