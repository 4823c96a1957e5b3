package knowledgebase

import (
	"fmt"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// documentNames are the names of documents in messages. Questions are not quoted, because they can contain a secret.
type documentNames map[string]string

// namesOf returns the names of the questions that a plan and a state have. Other documents have their keys as names.
func namesOf(plan, state model) documentNames {
	names := documentNames{}
	for question := range base.StringMap(state.Questions) {
		names[question] = "a question that is no longer in the configuration"
	}
	keys := base.SortedKeys(base.StringMap(plan.Questions))
	for i, question := range keys {
		names[question] = fmt.Sprintf("question %d of %d in the order of keys(questions)", i+1, len(keys))
	}
	return names
}

// of returns the name of a document.
func (n documentNames) of(key string) string {
	if name := n[key]; name != "" {
		return name
	}
	return base.Quote(key)
}
