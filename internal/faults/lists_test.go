package faults_test

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// lies are the ways of a list not to be what is there. One that is a list, and shorter, lies once; the others as long as they are asked.
var lies = map[string]mockhub.Fault{
	"cut": {Truncate: 10, Times: -1}, "half": {Mutate: half, Times: -1}, "HTML": {HTML: true, Times: -1}, "401": {Status: 401, Times: -1}, "403": {Status: 403, Times: -1},
	"404": {Status: 404, Times: -1}, "500": {Status: 500, Times: -1}, "503": {Status: 503, Times: -1}, "502 once": {Status: 502}, "reset": {Drop: true, Times: -1},
	"object": {Mutate: always("{}"), Times: -1}, "null": {Mutate: always("null"), Times: -1}, "nothing once": {Mutate: always("[]")}, "a part once": {Mutate: fewer},
}

// fewer leaves out the last of a list, and the last tool function of each agent.
func fewer(answer []byte) []byte {
	var items []map[string]any
	if json.Unmarshal(answer, &items) != nil || len(items) == 0 {
		return answer
	}
	for _, item := range items {
		if functions, _ := item["tool_functions"].([]any); len(functions) > 0 {
			item["tool_functions"] = functions[:len(functions)-1]
		}
	}
	out, err := json.Marshal(items[:len(items)-1])
	if err != nil {
		return answer
	}
	return out
}

// held is an object in the state of a provider that has no list on hand.
type held struct {
	*testing.T
	*acctest.Env
	typeName string
	state    *tfprotov6.DynamicValue
	private  []byte
}

// hold imports an object.
func hold(t *testing.T, e *acctest.Env, typeName, importID string) *held {
	t.Helper()
	h := &held{T: t, Env: e, typeName: typeName}
	imported, err := e.Server(t).ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: importID})
	if err != nil || len(imported.ImportedResources) != 1 {
		t.Fatalf("%v: %v", err, imported)
	}
	h.state, h.private = imported.ImportedResources[0].State, imported.ImportedResources[0].Private
	resp := h.read()
	if len(resp.Diagnostics) > 0 {
		t.Fatal(resp.Diagnostics[0].Detail)
	}
	h.state, h.private = resp.NewState, resp.Private
	return h
}

// read refreshes the object as a new run does.
func (h *held) read() *tfprotov6.ReadResourceResponse {
	h.Helper()
	resp, err := h.Server(h.T).ReadResource(h.Context(), &tfprotov6.ReadResourceRequest{TypeName: h.typeName, CurrentState: h.state, Private: h.private})
	if err != nil {
		h.Fatal(err)
	}
	return resp
}

// removed says whether a read has taken the object out of the state.
func removed(t *testing.T, resp *tfprotov6.ReadResourceResponse, typeName string, s *acctest.Server) bool {
	t.Helper()
	v, err := resp.NewState.Unmarshal(s.Schema.ResourceSchemas[typeName].ValueType())
	if err != nil {
		t.Fatal(err)
	}
	return v.IsNull()
}

// TestLyingLists reads objects from lists that lie, and after they were deleted (goals.md R4). The figures are exact, whatever FAULT_CASES says.
func TestLyingLists(t *testing.T) {
	t.Parallel()
	const rounds, deletions = 8, 20 // of each lie and of each type
	var f figures
	t.Cleanup(func() { f.print("R4", "bad reads", "answered", "errors", "removals", "deletions", "found") })
	s := acctest.NewServer(t)
	for _, n := range acctest.Nouns {
		if !n.ReadFromList || n.Remove == nil {
			continue
		}
		typeName := acctest.Prefix + n.Type
		t.Run(n.Type, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			bot := e.SeedChatbot()
			at := n.Add(e, bot)
			h := hold(t, e, typeName, at)
			for name, lie := range lies {
				for round := range rounds {
					e.Forget()
					lie.Route = n.ListRoute
					e.Inject(lie)
					resp := h.read()
					e.ClearFaults()
					f.add("bad reads", 1)
					if len(resp.Diagnostics) > 0 {
						f.add("errors", 1)
					} else {
						f.add("answered", 1)
					}
					if e.Count(n.ListRoute) == 0 {
						t.Fatalf("%s was not asked for", n.ListRoute)
					}
					if removed(t, resp, typeName, s) {
						f.add("removals", 1)
						t.Errorf("%q, round %d, has removed it", name, round)
					}
				}
			}
			for i := range deletions {
				at := n.Add(e, bot)
				id := acctest.LastID(at)
				h := hold(t, e, typeName, at)
				if !n.Remove(e, id) {
					t.Fatalf("there is no %s", id)
				}
				if i%2 == 0 { // in trouble, too
					e.Inject(mockhub.Fault{Status: 503})
				}
				f.add("deletions", 1)
				if resp := h.read(); removed(t, resp, typeName, s) {
					f.add("found", 1)
				} else {
					t.Errorf("%s is still in the state: %v", id, resp.Diagnostics)
				}
				e.ClearFaults()
			}
		})
	}
}
