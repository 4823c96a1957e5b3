package export

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// choose gives the chatbots that are asked for, in their order; all when nothing is asked for. A wish is a name, an id as people
// paste it, or the address of a chat page.
func choose(all []*bot, wishes []string) ([]*bot, error) {
	if len(wishes) == 0 {
		return all, nil
	}
	wanted := map[*bot]bool{}
	for _, wish := range wishes {
		found := matching(all, wish)
		switch len(found) {
		case 1:
			wanted[found[0]] = true
		case 0:
			return nil, fmt.Errorf("the account has no chatbot %q. It has these:\n%s", wish, listed(all))
		default:
			return nil, fmt.Errorf("%d chatbots have the name %q. Choose one by its id:\n%s", len(found), wish, listed(found))
		}
	}
	var chosen []*bot
	for _, b := range all {
		if wanted[b] {
			chosen = append(chosen, b)
		}
	}
	return chosen, nil
}

func matching(all []*bot, wish string) (found []*bot) {
	for _, b := range all {
		if strings.TrimSpace(b.Name) == wish {
			found = append(found, b)
		}
	}
	if len(found) > 0 {
		return found
	}
	raw := wish
	if u, err := url.Parse(wish); err == nil && u.Host != "" {
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

// listed tells chatbots from one another.
func listed(bots []*bot) string {
	var lines []string
	for _, b := range bots {
		lines = append(lines, fmt.Sprintf("  %s  %s", b.ID, remark(b.Name)))
	}
	return strings.Join(lines, "\n")
}
