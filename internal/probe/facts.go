package probe

import "slices"

// objects are the objects in the chatbot that several facts share.
type objects struct{}

// facts are all facts, in the order in which they are tried.
var facts = slices.Concat(statusFacts, chatbotFacts)
