package chatbot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

const (
	countLimit = 5 * time.Second // a plan does not wait longer for the numbers
	recentDays = 30
)

// warnDestroy warns about what the service deletes with a chatbot. The summary has the name and the id, because Terraform shows only the first
// of several warnings with the same summary. There is no warning if the chatbot does not exist any more.
func (r *Resource) warnDestroy(ctx context.Context, m resourceModel, diags *diag.Diagnostics) {
	contents := ""
	if r.Hub != nil {
		found, err := r.Hub.Contents(ctx, m.hubID(), recentDays*24*time.Hour, countLimit)
		if err != nil {
			return
		}
		contents = sentence(found)
	}
	object := fmt.Sprintf("%s (%s)", base.Quote(m.Name.ValueString()), m.ID.ValueString())
	diags.AddWarning(fmt.Sprintf("Destroying chatbot %s deletes all that it contains", object),
		fmt.Sprintf("The apply deletes the chatbot with its agents, sources, tags and conversations, and its widget stops working on every page that embeds it. %sTerraform cannot restore any of it. "+
			"To prevent that, set deletion_protection = true and apply first. To keep the chatbot without managing it, use a removed block with destroy = false.", contents))
}

// sentence returns a sentence with the numbers that are known, or "".
func sentence(c hub.Contents) string {
	var parts []string
	for _, one := range []struct {
		n           *int
		noun, which string
	}{{c.Agents, "agent", ""}, {c.Sources, "source", ""}, {c.Sessions, "conversation", fmt.Sprintf(" of the last %d days", recentDays)}} {
		switch {
		case one.n == nil:
		case *one.n == 0:
			parts = append(parts, "no "+one.noun+"s"+one.which)
		default:
			parts = append(parts, base.Count(*one.n, one.noun)+one.which)
		}
	}
	switch last := len(parts) - 1; last {
	case -1:
		return ""
	case 0:
		return fmt.Sprintf("It has %s. ", parts[0])
	default:
		return fmt.Sprintf("It has %s and %s. ", strings.Join(parts[:last], ", "), parts[last])
	}
}
