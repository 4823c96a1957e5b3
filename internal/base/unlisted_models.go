package base

// What a plan does about models of agents that the service does not list.
const (
	WarnUnlisted   = "warn"   // compares models that are new or changed
	RefuseUnlisted = "error"  // compares the models of all agents
	IgnoreUnlisted = "ignore" // compares nothing
)

// UnlistedModels are the values of the provider's argument unlisted_models. The first is the default.
var UnlistedModels = []string{WarnUnlisted, RefuseUnlisted, IgnoreUnlisted}
