package export

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// selectChatbots returns the chatbots that the values of -chatbot select, in the order of all. Without values it returns all. A value
// is a name, an id in any common form, or the URL of a chat page.
func selectChatbots(all []*bot, selectors []string) ([]*bot, error) {
	if len(selectors) == 0 {
		return all, nil
	}
	wanted := map[*bot]bool{}
	for _, selector := range selectors {
		found := matching(all, selector)
		switch len(found) {
		case 1:
			wanted[found[0]] = true
		case 0:
			return nil, fmt.Errorf("the account has no chatbot %q. It has these chatbots:\n%s", selector, describe(all))
		default:
			return nil, fmt.Errorf("%d chatbots have the name %q. Select one by its id:\n%s", len(found), selector, describe(found))
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(b *bot) bool { return !wanted[b] }), nil
}

func matching(all []*bot, selector string) (found []*bot) {
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
func describe(bots []*bot) string {
	var lines []string
	for _, b := range bots {
		lines = append(lines, fmt.Sprintf("  %s  %s", b.ID, remark(b.Name)))
	}
	return strings.Join(lines, "\n")
}
