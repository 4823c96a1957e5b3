package agent

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// changes returns the body that changes an agent from prior to m: only the settings that differ, and none that is unknown or not configured.
// A zero prior model has no settings.
func (m *model) changes(ctx context.Context, prior model, diags *diag.Diagnostics) hub.AgentSettings {
	var s hub.AgentSettings
	for _, f := range fields {
		f.send(ctx, m, &prior, &s, diags)
	}
	switch {
	case m.UseAllSources.ValueBool(): // the service ignores the list
		s.DataSourceUUIDs = nil
	case s.UseAllSources != nil && len(m.SourceIDs.Elements()) > 0: // the service lost the list while it ignored it
		s.DataSourceUUIDs = sources.toAPI(ctx, m.SourceIDs, diags)
	}
	return s
}

// forCreate splits settings into those that a create accepts and those that have to follow with an update (api.md §3).
func forCreate(agentType string, s hub.AgentSettings) (create, update hub.AgentSettings) {
	create.Type = agentType
	for _, f := range fields {
		if f.updateOnly {
			f.copy(&update, &s)
		} else {
			f.copy(&create, &s)
		}
	}
	return create, update
}
