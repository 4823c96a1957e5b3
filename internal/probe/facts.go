package probe

import "slices"

// objects are the objects in the chatbot that several facts share.
type objects struct {
	refusalObjects
	chatbotObjects
	agentObjects
	toolFunctionObjects
	headersSeen
}

// facts are all facts, in the order in which they are tried. Those that delete something come last.
var facts = slices.Concat(statusFacts, chatbotFacts, agentFacts, modelFacts, agentUpdateFacts, toolFunctionFacts, agentListFacts, headerFacts, deleteFacts)
