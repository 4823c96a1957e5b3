package mockhub_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// listedNames are the names in a chatbot's list of agents, in its order.
func (w *testHub) listedNames() string {
	w.t.Helper()
	return names(w.do("GET", "/chatbot/"+chatbotID+"/agents", "").list(w.t))
}

func TestAgentOrder(t *testing.T) {
	t.Parallel()
	fill := func(q mockhub.Quirks) *testHub {
		w := bot(t, q)
		w.RemoveAgent(w.DefaultAgent(chatbotID))
		for _, a := range []string{"a spam-defense", "b user-facing", "c new-type", "d background", "e user-facing", "f pre-canned"} {
			name, kind, _ := strings.Cut(a, " ")
			w.AddAgent(chatbotID, mockhub.Agent{Name: name, Type: kind})
		}
		return w
	}
	for want, quirks := range map[string]mockhub.Quirks{
		"a b c d e f": {},
		"f e d c b a": {ListNewestFirst: true},
		"c b e d f a": {AgentTypesInListOrder: true},
		"c e b d f a": {AgentTypesInListOrder: true, ListNewestFirst: true},
	} {
		if got := fill(quirks).listedNames(); got != want {
			t.Errorf("%+v: order %s, want %s", quirks, got, want)
		}
	}

	first, second := fill(mockhub.Quirks{AgentOrderRandom: true}), fill(mockhub.Quirks{AgentOrderRandom: true})
	var orders []string
	for range 4 {
		order := first.listedNames()
		if again := second.listedNames(); again != order {
			t.Errorf("the same calls gave %s and %s", order, again)
		}
		letters := strings.Fields(order)
		if slices.Sort(letters); strings.Join(letters, " ") != "a b c d e f" {
			t.Errorf("shuffled: %s", order)
		}
		orders = append(orders, order)
	}
	if slices.Contains(orders, "a b c d e f") || len(slices.Compact(orders)) < 2 {
		t.Errorf("orders: %v", orders)
	}
	if got := first.Agents(chatbotID)[0].Name; got != "a" {
		t.Errorf("Agents() begins with %s, want the oldest", got)
	}
}

func TestAgentListLag(t *testing.T) {
	t.Parallel()
	const lag = 30 * time.Second
	w := bot(t, mockhub.Quirks{})
	w.Clock().Advance(time.Hour)
	w.SetQuirks(func(q *mockhub.Quirks) { q.ListLag = lag })
	id, _ := w.createAgent(`{"name":"A","type":"user-facing"}`)
	function := w.AddFunction(id, mockhub.Function{Name: "f"})
	functions := func() string {
		var out []map[string]any
		for _, f := range w.listed(id)["tool_functions"].([]any) {
			out = append(out, f.(map[string]any))
		}
		return names(out)
	}
	if got := w.listedNames(); got != "General Q&A" {
		t.Errorf("at once: %q", got)
	}
	w.Clock().Advance(lag)
	// The answer to a write is never behind, with its functions.
	if got := w.updateAgent(id, `{"name":"B"}`); got["name"] != "B" || len(got["tool_functions"].([]any)) != 1 {
		t.Errorf("answer to the update: %v", got)
	}
	w.EditFunction(function, func(f *mockhub.Function) { f.Name = "g" })
	if got := w.listedNames() + " " + functions(); got != "General Q&A A f" {
		t.Errorf("30 s after the create: %q", got)
	}
	w.Clock().Advance(lag)
	w.do("DELETE", "/agent/"+id+"/delete", "")
	if got := w.listedNames() + " " + functions(); got != "General Q&A B g" {
		t.Errorf("30 s after the update: %q", got)
	}
	w.Clock().Advance(lag)
	if got := w.listedNames(); got != "General Q&A" {
		t.Errorf("30 s after the delete: %q", got)
	}
}

// TestUnknownAgentsAndFunctions: the quirks about unknown and deleted uuids hold for all nouns.
func TestUnknownAgentsAndFunctions(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		quirks                   mockhub.Quirks
		unknown, deleted, second int
	}{
		"default":  {mockhub.Quirks{}, 404, 404, 404},
		"400":      {mockhub.Quirks{UnknownStatus: 400}, 400, 400, 400},
		"422":      {mockhub.Quirks{UnknownStatus: 422}, 422, 422, 422},
		"deleted":  {mockhub.Quirks{DeletedStatus: 403}, 404, 403, 403},
		"2nd goes": {mockhub.Quirks{SecondDeleteSucceeds: true}, 404, 404, 200},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := bot(t, tc.quirks)
			agent := w.AddAgent(chatbotID, mockhub.Agent{})
			function := w.AddFunction(agent, mockhub.Function{})
			w.RemoveAgent(agent) // and its function with it
			want := func(r reply, status int, noun string) {
				t.Helper()
				if r.status != status || status != 200 && !strings.Contains(r.body, `"`+noun+` not found"`) {
					t.Errorf("got %d %s, want %d", r.status, r.body, status)
				}
			}
			create := `{"name":"f","description":"d","external_url":"https://example.com"}`
			for _, id := range []string{agent, unknownID} {
				status, gone := tc.deleted, tc.second
				if id == unknownID {
					status, gone = tc.unknown, tc.unknown
				}
				want(w.do("POST", "/agent/"+id+"/update", `{"name":"x"}`), status, "agent")
				want(w.do("POST", "/agent/"+id+"/function/create", create), status, "agent")
				want(w.do("DELETE", "/agent/"+id+"/delete", ""), gone, "agent")
			}
			want(w.do("POST", "/function/"+function+"/update", `{"name":"x"}`), tc.deleted, "tool function")
			want(w.do("POST", "/function/"+function+"/delete", ""), tc.second, "tool function")
			want(w.do("POST", "/function/"+unknownID+"/update", `{"name":"x"}`), tc.unknown, "tool function")
			want(w.do("POST", "/function/"+unknownID+"/delete", ""), tc.unknown, "tool function")
		})
	}
}

// TestNoOtherPaths: what api.md §2 does not have is a mistyped path.
func TestNoOtherPaths(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	agent := w.DefaultAgent(chatbotID)
	function := w.AddFunction(agent, mockhub.Function{})
	for path, status := range map[string]int{
		"GET /agent/" + agent: 200, "GET /agent/" + agent + "/functions": 200, "GET /function/" + function: 200,
		"POST /agent/" + agent + "/delete": 405, "DELETE /function/" + function + "/delete": 405, "PUT /agent/" + agent: 405,
		"POST /chatbot/" + chatbotID + "/agents": 405,
	} {
		method, rest, _ := strings.Cut(path, " ")
		if r := w.do(method, rest, ""); r.status != status || !strings.HasPrefix(r.body, "<!doctype html>") {
			t.Errorf("%s: %d %s", path, r.status, r.body)
		}
	}
	if a := w.agent(agent); len(a.Functions) != 1 {
		t.Errorf("a mistyped path left %+v", a)
	}
}
