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
	if contents, exists := r.contents(ctx, m.hubID()); exists {
		diags.AddWarning(fmt.Sprintf("Destroying chatbot %s deletes all that it contains", m.warned()), fmt.Sprintf(lossText, contents)+
			"To prevent that, set deletion_protection = true and apply first. To keep the chatbot without managing it, use a removed block whose lifecycle has destroy = false.")
	}
}

// warnReplacement warns about what the service deletes with a chatbot that another one replaces. object is its name and id.
func (r *Resource) warnReplacement(ctx context.Context, id hub.ID, object string, diags *diag.Diagnostics) {
	if contents, exists := r.contents(ctx, id); exists {
		diags.AddWarning(fmt.Sprintf("Replacing chatbot %s deletes all that it contains", object), fmt.Sprintf(lossText, contents)+
			"The new chatbot has another id, and only the objects that Terraform manages. To prevent that, leave out -replace or the change that replace_triggered_by refers to.")
	}
}

// warned returns the name and the id of the chatbot for a warning. The name can be an address with a secret.
func (m *resourceModel) warned() string {
	return fmt.Sprintf("%s (%s)", base.Quote(m.Name.ValueString()), m.ID.ValueString())
}

const lossText = "The apply deletes the chatbot with its agents, sources, tags and conversations, and its widget stops working on every page that embeds it. %sTerraform cannot restore any of it. "

// contents returns a sentence with the numbers that are known of what a chatbot contains, and whether the chatbot exists.
func (r *Resource) contents(ctx context.Context, id hub.ID) (text string, exists bool) {
	if r.Hub == nil {
		return "", true
	}
	found, err := r.Hub.Contents(ctx, id, recentDays*24*time.Hour, countLimit)
	return sentence(found), err == nil
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
