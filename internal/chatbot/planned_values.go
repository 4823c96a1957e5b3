package chatbot

import "github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"

// keepPlanned restores planned values where the answer has others, and returns the names of those attributes.
func (m *model) keepPlanned(plan model) *base.NotApplied {
	var n base.NotApplied
	for _, f := range fields {
		f.keepPlanned(m, &plan, &n)
	}
	// The plan has the values of the last read. After a change of base_url the next read changes them, so no warning names them.
	var computed base.NotApplied
	m.CreatedAt = base.KeepPlanned(&computed, "created_at", plan.CreatedAt, m.CreatedAt)
	m.WidgetURL = base.KeepPlanned(&computed, "widget_url", plan.WidgetURL, m.WidgetURL)
	m.EmbedHTML = base.KeepPlanned(&computed, "embed_html", plan.EmbedHTML, m.EmbedHTML)
	m.IframeHTML = base.KeepPlanned(&computed, "iframe_html", plan.IframeHTML, m.IframeHTML)
	return &n
}
