package properties_test

import (
	"maps"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// special generates a value of an attribute for which its type is not enough.
type special func(*fixture, *rapid.T, tftypes.Type) tftypes.Value

// facts has the information about a resource type that its schema does not have. A new noun has a file noun_<type>_test.go and a line in
// nouns.
type facts struct {
	// edits has a change outside Terraform for each attribute that the service returns, by path.
	edits map[string]edit
	// unchangeable has the attributes that cannot be changed outside Terraform, with the reason, by path.
	unchangeable map[string]string
	// specials has the generators of attributes, by path.
	specials map[string]special
	// fit changes a configuration so that it complies with the rules between attributes. nil means that there are none.
	fit func(*fixture, *rapid.T, map[string]tftypes.Value)
	// example returns a configuration that sets all attributes, including those that exclude each other.
	example func(example) map[string]tftypes.Value
}

// nouns are the facts of all resource types.
var nouns = map[string]facts{
	"chatbot":        chatbotFacts,
	"agent":          agentFacts,
	"default_agent":  defaultAgentFacts,
	"tool_function":  toolFunctionFacts,
	"source":         sourceFacts,
	"source_tag":     sourceTagFacts,
	"knowledge_base": knowledgeBaseFacts,
	"session":        sessionFacts,
	"message":        messageFacts,
	"answer_test":    answerTestFacts,
}

// kinds are all resource types.
var kinds = func() []string {
	var all []string
	for _, n := range acctest.Nouns {
		all = append(all, n.Type)
	}
	return all
}()

// unchangeable has the attributes of all resources that cannot be changed outside Terraform, with the reason.
var unchangeable = map[string]string{
	"id":         "the service never changes it",
	"chatbot_id": "no answer names the parent",
	"agent_id":   "no answer names the parent",
	"session_id": "no answer names the parent",
}

// example has the data for an example configuration: the objects of a fixture, and the types of the attributes by path.
type example struct {
	*fixture
	types map[string]tftypes.Type
}

// only returns a nested object, or a list with one.
func (e example) only(path string, members map[string]tftypes.Value) tftypes.Value {
	if list, ok := e.types[path].(tftypes.List); ok {
		return tftypes.NewValue(list, []tftypes.Value{object(list.ElementType, members)})
	}
	return object(e.types[path], members)
}

// edit changes an object outside Terraform, and reports whether it was found.
type edit func(h *mockhub.Hub, id string) bool

// objectIn returns the id of the object of the service that a state describes; the first one if there are several.
func objectIn(kind string, state tftypes.Value) (id string, err error) {
	noun, _ := acctest.NounOf(prefix + kind)
	if noun.Parts == nil {
		return id, acctest.At(state, "id").As(&id)
	}
	var parts map[string]tftypes.Value
	if err := acctest.At(state, noun.Parts.Attribute).As(&parts); err != nil || len(parts) == 0 {
		return "", err
	}
	return id, parts[slices.Min(slices.Collect(maps.Keys(parts)))].As(&id)
}

// other returns the one of two values that differs from a value.
func other(is, one, two string) string {
	if is == one {
		return two
	}
	return one
}

var past = time.Date(2020, 2, 29, 1, 2, 3, 0, time.UTC)

// with returns a copy of a table with more entries.
func with(table, more map[string]edit) map[string]edit {
	all := maps.Clone(table)
	maps.Copy(all, more)
	return all
}
