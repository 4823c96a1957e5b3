package acctest

import "path"

// Prefix is what the names of all types begin with.
const Prefix = "aichatbothub_"

// Canary is a text that diagnostics may not contain, and canaries a longer text with it in each line.
const (
	Canary   = "c4nary-7f3a91"
	canaries = "You are the assistant of the shop. Key: " + Canary + "\nUse \"" + Canary + "\" for é+ and <" + Canary + "> & more."
)

// Noun is what tests that walk all nouns need of one. A new noun has a file noun_<type>.go, and a line in Nouns.
type Noun struct {
	// Type is the resource type without Prefix.
	Type string
	// Parts is not nil if the service does not have such objects, but only the objects that they consist of.
	Parts *NounParts
	// Add adds an object to a chatbot, as a user of the web app would, and returns its import string. It is nil if Parts is not.
	Add func(e *Env, chatbot string) string
	// Remove deletes an object, as a user of the web app would, and reports whether it existed. It is nil if that is not possible.
	Remove func(e *Env, id string) bool
	// IDs returns the ids of the objects in a chatbot. It is nil if Parts is not.
	IDs func(e *Env, chatbot string) []string
	// ListRoute is the route whose answer the service shows the objects in. ReadRoutes are the other routes that an import may read.
	ListRoute  string
	ReadRoutes []string
	// ReadFromList reports that the service shows an object only in ListRoute.
	ReadFromList bool
	// Create is a configuration, and Update what an update of it changes; nil if every change replaces. A nil value stands for the id that
	// the attribute asks for.
	Create, Update map[string]any
	// Costs are the rows for creates and updates in the table of requests on the page of the noun. nil stands for Create and Update.
	Costs []NounCost
	// Updates are configurations of which each attribute that can be updated in place is changed alone.
	Updates []NounUpdates
	// Canaries are configurations, by a description, whose texts have Canary: all that can contain a secret. They are nil if there is no such
	// text.
	Canaries map[string]map[string]any
	// List describes the list resource; nil if there is none. The one of chatbots has tests of its own.
	List *NounList
	// Examples puts what the examples of the documentation refer to into the service.
	Examples NounExamples
	// Generated are objects, by a description, for which Terraform generates a configuration. Each is added to a chatbot and returns its
	// import string.
	Generated map[string]func(e *Env, chatbot string) string
}

// NounCost is a configuration whose requests have a row on the page of the noun.
type NounCost struct {
	What           string         // such as "create, a file"
	Create, Update map[string]any // if Update is not nil, the row is about the update. A file's path can be "FOLDER", a folder with a file
}

// NounParts describes a noun that consists of other objects of the service. The ids of such a noun are made by the provider, so that it has
// neither an import, an identity nor times.
type NounParts struct {
	Type      string // the resource type without Prefix that manages one of the objects alone
	Attribute string // a map with the ids of the objects
	NoImport  string // the summary of the error of an import
	// Left returns the ids of objects that an apply left for the next one, from the private state: no attribute has them.
	Left func(private []byte) ([]string, error)
	// NoneLeft reports that nothing is left of an object that was created without an error, so that its delete sends nothing.
	NoneLeft bool
}

// NounList describes a list resource of objects in chatbots.
type NounList struct {
	DefaultAgents     bool // the list also has the default agent of each chatbot
	ChatbotIsRequired bool // chatbot_id is a required filter
}

// NounExamples puts what the examples of a noun refer to into the service.
type NounExamples struct {
	// Import adds the object that an import example imports, under the example's import string, with the values that Terraform plans. What
	// is to remain after a destroy has to exist when Import calls remain.
	Import func(e *Env, id string, values map[string]any, remain func())
	// Data adds what a data source reads, by the data source's type without Prefix. id and name are those of the example's configuration;
	// each is "" if the example does not have it.
	Data map[string]func(e *Env, id, name string)
	// List adds what the list resource's example lists.
	List func(e *Env, chatbot string)
}

// Nouns are all resource types.
var Nouns = []Noun{
	chatbot,
	agent,
	defaultAgent,
	toolFunction,
	source,
	sourceTag,
	knowledgeBase,
	session,
	message,
	answerTest,
}

// NounOf returns the noun of a resource type with Prefix.
func NounOf(typeName string) (Noun, bool) {
	for _, n := range Nouns {
		if Prefix+n.Type == typeName {
			return n, true
		}
	}
	return Noun{}, false
}

// LeavesNothing reports that an object that was created without an error has no object of the service.
func (n Noun) LeavesNothing() bool { return n.Parts != nil && n.Parts.NoneLeft }

// LastID is the object's own id in an import string.
func LastID(importID string) string { return path.Base(importID) }

// AllIDs returns the id of every object in the service, with the resource type that manages it, without Prefix.
func (e *Env) AllIDs() map[string]string {
	all := map[string]string{}
	for _, bot := range e.Chatbots() {
		for _, n := range Nouns {
			if n.Parts != nil {
				continue // the objects are in the table of their own noun
			}
			for _, id := range n.IDs(e, bot.UUID) {
				all[id] = n.Type
			}
		}
	}
	return all
}

// parents returns the part of an import string before the object's own id.
func parents(importID string) string { return path.Dir(importID) }

// idsOf returns the ids of objects.
func idsOf[T any](objects []T, id func(T) string) []string {
	var ids []string
	for _, o := range objects {
		ids = append(ids, id(o))
	}
	return ids
}
