package mockhub

import "time"

// Quirks says how the hub behaves where the contract is in doubt (api.md §6, §7). The zero value is the mock's default
// reading; every other reading has a switch, because the provider must work under each.
type Quirks struct {
	// UnknownStatus is the status for an unknown uuid: 404 (also for 0), 400, 403 or 422. 422 comes in the list form.
	UnknownStatus int
	// DeletedStatus is the status for a uuid that existed once; 0 means as UnknownStatus. What has been deleted is
	// remembered in memory only, not in a saved state.
	DeletedStatus int
	// SecondDeleteSucceeds makes the delete of something deleted before answer 200 and success.
	SecondDeleteSucceeds bool
	// RefusedStatus is the status for a wrong key: 401 (also for 0) or 422, both with {"msg": …}.
	RefusedStatus int
	// ErrorForm is the shape of an error other than a 422 list or a refused key: "error" (also for ""), "msg" or "message"
	// (the key of an object), or "text" (text/plain).
	ErrorForm string

	// ChatbotUpdateResets makes a chatbot update put what it leaves out back to the defaults, instead of keeping it. The
	// name has no default and stays.
	ChatbotUpdateResets bool
	// ShowCitationSingular makes answers spell it show_citation.
	ShowCitationSingular bool
	// ChatbotAnswerShort makes the answers to a chatbot's create and update lack meta.
	ChatbotAnswerShort bool
	// MaxChatbots is the plan's limit of chatbots: a create above it answers 403. 0 means no limit.
	MaxChatbots int
	// AgentCreateFull makes the answer to an agent's create whole; it lacks data_source_uuids and tool_functions otherwise.
	AgentCreateFull bool
	// AgentUpdateShort makes the answer to an agent's update lack what the answer to its create lacks.
	AgentUpdateShort bool
	// AgentMetaFull makes an agent's meta have all settings of its type, also those that nobody has set: 0, "" and false.
	AgentMetaFull bool
	// AgentOrderRandom shuffles lists of agents, each listing anew; the same calls on a new hub give the same orders.
	AgentOrderRandom bool
	// AgentTypesInListOrder puts agents of one type together in lists, the types in the order of api.md §3.
	AgentTypesInListOrder bool
	// EscalationReplaces makes an update of human_escalation_settings put the settings that it leaves out back to their
	// defaults, instead of keeping them.
	EscalationReplaces bool
	// IgnoresOnUpdate names the fields that an agent's update takes and forgets, such as bias, stickness and
	// default_message (api.md §2). What is ignored is not checked either.
	IgnoresOnUpdate []string
	// RefusesOnUpdate names the fields that an agent's update refuses as unknown, with 422.
	RefusesOnUpdate []string
	// DefaultAgentUndeletable makes the delete of the agent that came with a chatbot answer 403.
	DefaultAgentUndeletable bool
	// SingletonStatus is the status for a second human-escalation or spam-defense agent in a chatbot: 422 (also for 0),
	// 400, 409 or another one, always as an error text and never in the list form.
	SingletonStatus int
	// AcceptsAnyModel makes any text a good model.
	AcceptsAnyModel bool
	// AcceptsAnySource makes any uuid a good one in an agent's data_source_uuids.
	AcceptsAnySource bool
	// ModelsMissing and ModelCostsMissing take the list of models and that of their costs away, as from an older
	// deployment: "page" answers the web app's page with 200, "404" an error.
	ModelsMissing, ModelCostsMissing string
	// ParametersReordered makes answers give a tool function's parameters with the keys of all objects sorted.
	ParametersReordered bool
	// TrimsText makes the service cut white space from both ends of the texts it stores.
	TrimsText bool

	// ExtraFields adds fields that nobody knows to every object, at top level and in meta.
	ExtraFields bool
	// NumbersAsFloats writes 20.0 for 20.
	NumbersAsFloats bool
	// BooleansAsNumbers writes 1 and 0 for true and false inside objects ({"success": true} stays).
	BooleansAsNumbers bool
	// BooleansAsTrueFalse writes true and false where the service is known to answer 1 and 0: enabled, an escalation's
	// switches, a variable's static, allow_gpt_trainer_properties. BooleansAsNumbers wins over it.
	BooleansAsTrueFalse bool
	// ListNewestFirst turns lists round; they are oldest first otherwise.
	ListNewestFirst bool
	// ListLag makes lists show the world as it was that long ago by the hub's clock (at most 10 minutes). Single objects
	// are never behind.
	ListLag time.Duration

	// RequestsPerMinute is the number of requests answered in a window of 60 s by the hub's clock; those above it get 429
	// with the rest of the window, in whole seconds, as Retry-After. 0 means no limit.
	RequestsPerMinute int
}

// SetQuirks lets f change the hub's quirks. They hold for every request processed after it returns. f must not call the
// hub, whose lock is held.
func (h *Hub) SetQuirks(f func(*Quirks)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f(&h.quirks)
}
