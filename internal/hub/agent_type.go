package hub

import "slices"

// The types of agents (api.md §3).
const (
	UserFacing      = "user-facing"
	Background      = "background"
	HumanEscalation = "human-escalation"
	PreCanned       = "pre-canned"
	SpamDefense     = "spam-defense"
)

// AgentTypes are the values of an agent's type (api.md §3).
var AgentTypes = []string{UserFacing, Background, HumanEscalation, PreCanned, SpamDefense}

// SingletonAgentTypes are the types of which a chatbot has at most one agent (api.md §3).
var SingletonAgentTypes = []string{HumanEscalation, SpamDefense}

// settingTypes holds, by the API's name of a setting, the types of agents that have the setting. A setting that is not listed belongs to
// all types (the table of api.md §3).
var settingTypes = map[string][]string{
	"model":                     {UserFacing, Background},
	"temperature":               {UserFacing},
	"bias":                      {UserFacing, HumanEscalation, PreCanned, SpamDefense},
	"stickness":                 {UserFacing, HumanEscalation, PreCanned, SpamDefense},
	"default_message":           {PreCanned, SpamDefense},
	"tags":                      {Background},
	"use_all_sources":           {UserFacing},
	"data_source_uuids":         {UserFacing},
	"variables":                 {UserFacing},
	"human_escalation_settings": {HumanEscalation},
}

// TypesWithSetting returns the types of agents that have a setting, by the API's name of the setting.
func TypesWithSetting(setting string) []string {
	if types, limited := settingTypes[setting]; limited {
		return types
	}
	return AgentTypes
}

// HasSetting reports whether agents of a type have a setting, by the API's name of the setting. A type that is not one of AgentTypes has
// only the settings that belong to all types.
func HasSetting(agentType, setting string) bool {
	types, limited := settingTypes[setting]
	return !limited || slices.Contains(types, agentType)
}

// MayHaveSetting is HasSetting, and true for each type that is not one of AgentTypes: it is not known which settings a type has that the
// service may add later.
func MayHaveSetting(agentType, setting string) bool {
	return HasSetting(agentType, setting) || !slices.Contains(AgentTypes, agentType)
}
