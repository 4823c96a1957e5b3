package faults_test

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// badLists are answers instead of a correct list. A valid but shorter list is returned once, the others to every request.
var badLists = map[string]mockhub.Fault{
	"cut": {Truncate: 10, Times: -1}, "half": {Mutate: half, Times: -1}, "HTML": {HTML: true, Times: -1}, "401": {Status: 401, Times: -1}, "403": {Status: 403, Times: -1},
	"404": {Status: 404, Times: -1}, "500": {Status: 500, Times: -1}, "503": {Status: 503, Times: -1}, "502 once": {Status: 502}, "reset": {Drop: true, Times: -1},
	"object": {Mutate: always("{}"), Times: -1}, "null": {Mutate: always("null"), Times: -1}, "nothing once": {Mutate: always("[]")}, "a part once": {Mutate: fewer},
}

// fewer removes the last item of a list, and the last tool function of each agent.
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

// held is an object in a state. Each read is done by a new provider, which has no list yet.
type held struct {
	*testing.T
	*acctest.Env
	typeName string
	state    *tfprotov6.DynamicValue
	private  []byte
}

// hold imports and reads an object.
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

// read refreshes the object as a new run of Terraform does.
func (h *held) read() *tfprotov6.ReadResourceResponse {
	h.Helper()
	resp, err := h.Server(h.T).ReadResource(h.Context(), &tfprotov6.ReadResourceRequest{TypeName: h.typeName, CurrentState: h.state, Private: h.private})
	if err != nil {
		h.Fatal(err)
	}
	return resp
}

// removed reports whether a read removed the object from the state.
func removed(t *testing.T, resp *tfprotov6.ReadResourceResponse, typeName string, s *acctest.Server) bool {
	t.Helper()
	v, err := resp.NewState.Unmarshal(s.Schema.ResourceSchemas[typeName].ValueType())
	if err != nil {
		t.Fatal(err)
	}
	return v.IsNull()
}

// TestBadLists reads objects from wrong lists, and after they were deleted (goals.md R4). The number of cases does not depend on FAULT_CASES.
func TestBadLists(t *testing.T) {
	t.Parallel()
	const rounds, deletions = 8, 20 // of each bad list and of each type
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
			for name, bad := range badLists {
				for round := range rounds {
					e.Forget()
					bad.Route = n.ListRoute
					e.Inject(bad)
					resp := h.read()
					e.ClearFaults()
					f.add("bad reads", 1)
					if len(resp.Diagnostics) > 0 {
						f.add("errors", 1)
					} else {
						f.add("answered", 1)
					}
					if e.Count(n.ListRoute) == 0 {
						t.Fatalf("%s was not requested", n.ListRoute)
					}
					if removed(t, resp, typeName, s) {
						f.add("removals", 1)
						t.Errorf("%q, round %d: the object was removed from the state", name, round)
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
				if i%2 == 0 { // also when the first answer is an error
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
