package agent

import (
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// applies says for which types of agent an attribute has a meaning (the table of api.md §3). An attribute that is not here applies to all.
// It gives the check at plan, the sentence in the docs, and what is read from answers.
var applies = map[string][]string{
	"model":                     {hub.UserFacing, hub.Background},
	"temperature":               {hub.UserFacing},
	"bias":                      {hub.UserFacing, hub.HumanEscalation, hub.PreCanned, hub.SpamDefense},
	"stickiness":                {hub.UserFacing, hub.HumanEscalation, hub.PreCanned, hub.SpamDefense},
	"default_message":           {hub.PreCanned, hub.SpamDefense},
	"tags":                      {hub.Background},
	"use_all_sources":           {hub.UserFacing},
	"source_ids":                {hub.UserFacing},
	"variables":                 {hub.UserFacing},
	"human_escalation_settings": {hub.HumanEscalation},
}

// has says whether an attribute applies to a type. Types that the service may add later have everything.
func has(agentType, attribute string) bool {
	types, limited := applies[attribute]
	return !limited || !slices.Contains(hub.AgentTypes, agentType) || slices.Contains(types, agentType)
}

// only is the sentence that says for which types an attribute is.
func only(attribute string) string {
	return " Only for agents of the type `" + strings.Join(applies[attribute], "`, `") + "`."
}
