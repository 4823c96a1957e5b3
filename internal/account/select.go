package account

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Select returns the chatbots that selectors select, in the order of all. Without selectors it returns all.
func Select(all []*Bot, selectors []string) ([]*Bot, error) {
	if len(selectors) == 0 {
		return all, nil
	}
	wanted := map[*Bot]bool{}
	for _, selector := range selectors {
		b, err := Find(all, selector)
		if err != nil {
			return nil, err
		}
		wanted[b] = true
	}
	return slices.DeleteFunc(slices.Clone(all), func(b *Bot) bool { return !wanted[b] }), nil
}

// Find returns the chatbot that a selector selects: a name, an id in any common form, or the URL of a chat page.
func Find(all []*Bot, selector string) (*Bot, error) {
	found := matching(all, selector)
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, fmt.Errorf("the account has no chatbot %q. It has these chatbots:\n%s", selector, describe(all))
	}
	return nil, fmt.Errorf("%d chatbots have the name %q. Select one by its id:\n%s", len(found), selector, describe(found))
}

func matching(all []*Bot, selector string) (found []*Bot) {
	for _, b := range all {
		if hub.SameName(strings.TrimSpace(b.Name), selector) {
			found = append(found, b)
		}
	}
	if len(found) > 0 {
		return found
	}
	raw := selector
	if u, err := url.Parse(selector); err == nil && u.Host != "" {
		raw = path.Base(u.Path)
	}
	id, err := hub.ParseID(raw)
	for _, b := range all {
		if err == nil && b.ID == id {
			found = append(found, b)
		}
	}
	return found
}

// describe returns the ids and names of chatbots, one per line.
func describe(bots []*Bot) string {
	var lines []string
	for _, b := range bots {
		lines = append(lines, fmt.Sprintf("  %s  %s", b.ID, hub.OneLine(b.Name)))
	}
	return strings.Join(lines, "\n")
}
