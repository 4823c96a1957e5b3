package probe

import "slices"

// objects are the objects in the chatbot that several facts share.
type objects struct {
	refusalObjects
	chatbotObjects
	agentObjects
	toolFunctionObjects
	headersSeen
	sessionObjects
	tagObjects
	sourceObjects
	messageObjects
}

// facts are all facts, in the order in which they are tried. The first one finds out how long the others wait for lists. Those that delete
// something come last.
var facts = slices.Concat(listFacts, statusFacts, chatbotFacts, agentFacts, modelFacts, agentUpdateFacts, toolFunctionFacts, agentListFacts,
	sourceFacts, trainingFacts, duplicateFacts, tagFacts, sessionFacts, messageFacts, headerFacts, deleteFacts)
