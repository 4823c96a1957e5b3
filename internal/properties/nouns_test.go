package properties_test

import (
	"maps"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// special draws a value that the type of its attribute alone does not tell.
type special func(*world, *rapid.T, tftypes.Type) tftypes.Value

// facts are what the tests need to know of a resource type besides its schema. A new noun has a file noun_<type>_test.go, and a line in
// nouns.
type facts struct {
	// edits change each attribute that the service returns, by path.
	edits map[string]edit
	// unchangeable are the attributes that nobody can change at the service, with the reason, by path.
	unchangeable map[string]string
	// specials draw values of attributes, by path.
	specials map[string]special
	// fit makes a configuration keep the rules between attributes; nil if there are none.
	fit func(*world, *rapid.T, map[string]tftypes.Value)
	// example is a configuration that writes every attribute, also those that contradict each other.
	example func(example) map[string]tftypes.Value
}

// nouns are the facts of all resource types.
var nouns = map[string]facts{
	"chatbot":       chatbotFacts,
	"agent":         agentFacts,
	"default_agent": defaultAgentFacts,
	"tool_function": toolFunctionFacts,
	"source":        sourceFacts,
	"source_tag":    sourceTagFacts,
	"session":       sessionFacts,
	"message":       messageFacts,
}

// kinds are all resource types.
var kinds = func() []string {
	var all []string
	for _, n := range acctest.Nouns {
		all = append(all, n.Type)
	}
	return all
}()

// unchangeable are the attributes of any resource that nobody can change at the service, with the reason.
var unchangeable = map[string]string{
	"id":         "the service never changes it",
	"chatbot_id": "no answer names the parent",
	"agent_id":   "no answer names the parent",
	"session_id": "no answer names the parent",
}

// example is what an example configuration is made from: the objects of a world, and the types of the attributes by path.
type example struct {
	*world
	types map[string]tftypes.Type
}

// only is a nested object, or a list of one.
func (e example) only(path string, members map[string]tftypes.Value) tftypes.Value {
	if list, ok := e.types[path].(tftypes.List); ok {
		return tftypes.NewValue(list, []tftypes.Value{object(list.ElementType, members)})
	}
	return object(e.types[path], members)
}

// edit changes an object as somebody in the web app would, and says whether it was there.
type edit func(h *mockhub.Hub, id string) bool

// other is the one of two that a value is not.
func other(is, one, two string) string {
	if is == one {
		return two
	}
	return one
}

var past = time.Date(2020, 2, 29, 1, 2, 3, 0, time.UTC)

// with is a table with more in it.
func with(table, more map[string]edit) map[string]edit {
	all := maps.Clone(table)
	maps.Copy(all, more)
	return all
}
