package acctest

import "slices"

// NounUpdates is a configuration of which one argument is changed at a time. Its values are texts of a configuration. In them, "CHATBOT",
// "AGENT", "SESSION" and "SOURCE" stand for the ids of such objects, and FOLDER for the path of a folder with the file a.md.
type NounUpdates struct {
	Base    map[string]string // by attribute
	Changes []NounUpdate
	Other   []string // the attributes whose change replaces the object, or that another configuration of the noun changes
}

// NounUpdate is an attribute with two values. The second one is "" if the attribute cannot be updated twice. FirstUnknown and SecondUnknown
// are the computed attributes that the update to each can change, so that they are unknown in its plan.
type NounUpdate struct {
	Attribute, First, Second    string
	FirstUnknown, SecondUnknown []string
}

// sends is an update that sends something, which changes modified_at.
func sends(attribute, first, second string) NounUpdate {
	return NounUpdate{Attribute: attribute, First: first, Second: second, FirstUnknown: []string{"modified_at"}, SecondUnknown: []string{"modified_at"}}
}

// stores is an update that only changes the state.
func stores(attribute, first, second string) NounUpdate {
	return NounUpdate{Attribute: attribute, First: first, Second: second}
}

// agentUpdates returns updates of the settings that agents of all types have, and of those that some have.
func agentUpdates(some ...NounUpdate) []NounUpdate {
	return slices.Concat([]NounUpdate{sends("name", `"B"`, `"C"`), sends("description", `"A"`, `"B"`), sends("enabled", `false`, `true`)}, some)
}

var (
	promptUpdate   = sends("prompt", `"A"`, `"B"`)
	biasUpdate     = sends("bias", `0.1`, `0.2`)
	stickyUpdate   = sends("stickiness", `0.1`, `0.2`)
	modelUpdate    = sends("model", `"gpt-4o-8k"`, `"gpt-5-8k"`)
	messageUpdate  = sends("default_message", `"A"`, `"B"`)
	tagsUpdate     = sends("tags", `[{ name = "a", criteria = "A", color = "#0071F9" }]`, `[{ name = "a", criteria = "B", color = "#0071F9" }]`)
	settingsUpdate = sends("human_escalation_settings", `{ sound_enabled = false }`, `{ sound_enabled = true, monitored_messages = ["help"] }`)
)

// userFacingUpdates are updates of a user-facing agent, except of use_all_sources.
var userFacingUpdates = agentUpdates(promptUpdate, biasUpdate, stickyUpdate, modelUpdate, sends("temperature", `0.1`, `0.2`), sends("source_ids", `["SOURCE"]`, `[]`),
	sends("variables", `[{ name = "a", description = "A", type = "string" }]`, `[{ name = "a", description = "B", type = "string" }]`))

// allSourcesUpdate turns use_all_sources on and off. It is not known which sources the service has kept for an agent that ceases to use all.
var allSourcesUpdate = NounUpdate{Attribute: "use_all_sources", First: `true`, Second: `false`, FirstUnknown: []string{"modified_at"}, SecondUnknown: []string{"modified_at", "source_ids"}}

// updatesOf returns the updates of an agent of a type.
func updatesOf(agentType string, updates []NounUpdate) NounUpdates {
	return NounUpdates{Base: map[string]string{"chatbot_id": `"CHATBOT"`, "type": `"` + agentType + `"`, "name": `"A"`}, Changes: updates, Other: []string{"chatbot_id", "type"}}
}

// with returns updates and one more.
func with(updates []NounUpdate, more NounUpdate) []NounUpdate {
	return slices.Concat(updates, []NounUpdate{more})
}
