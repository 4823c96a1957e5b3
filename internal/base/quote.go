package base

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Quote returns a name as a diagnostic quotes it. The name of a web page is its URL, which can contain a token: only its scheme and host are
// quoted.
func Quote(name string) string {
	if !strings.Contains(name, "://") {
		return fmt.Sprintf("%q", shorten(name))
	}
	u, err := url.Parse(name)
	if err != nil || u.Host == "" {
		return "a URL"
	}
	return fmt.Sprintf("%q", shorten(u.Scheme+"://"+u.Host)+"/…")
}

// describePath returns a path as a configuration would write it. Elements of sets have no index or key, so they are described by their
// value, which is an id in every set of this provider.
func describePath(p path.Path) string {
	steps := p.Steps()
	if n := len(steps); n > 0 {
		if element, ok := steps[n-1].(path.PathStepElementKeyValue); ok {
			if text, ok := element.Value.(types.String); ok {
				return text.ValueString() + " in " + p.ParentPath().String()
			}
			return "an element of " + p.ParentPath().String()
		}
	}
	return p.String()
}

// Count returns a number with a noun, such as "1 agent" or "3 agents". It forms the plural with an s.
func Count[N int | int64](n N, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
