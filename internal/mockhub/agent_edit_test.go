package mockhub_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestAgentsOutOfBand(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	changes := 0
	id := w.AddAgent(chatbotID, mockhub.Agent{Type: "background", Tags: []mockhub.AgentTag{{Name: "n"}}, Functions: []mockhub.Function{{Name: "f"}}})
	want := mockhub.Agent{UUID: id, ChatbotUUID: chatbotID, Name: "Agent", Type: "background", Model: "gpt-4o-mini-4k",
		Tags: []mockhub.AgentTag{{Name: "n"}}, CreatedAt: noon, ModifiedAt: noon}
	want.Functions = w.agent(id).Functions
	if got := w.Agents(chatbotID); len(got) != 2 || !reflect.DeepEqual(got[1], want) || !reflect.DeepEqual(w.agent(id), want) || len(want.Functions) != 1 {
		t.Errorf("added %+v\nwant  %+v", got, want)
	}
	w.Clock().Advance(time.Minute)
	if !w.EditAgent(id, func(a *mockhub.Agent) {
		changes++
		a.Tags[0].Name, a.UUID, a.ChatbotUUID, a.Enabled, a.Functions = "m", unknownID, unknownID, true, []mockhub.Function{{}}
	}) || changes != 1 {
		t.Error("EditAgent did not")
	}
	want.Tags[0].Name, want.Enabled, want.ModifiedAt = "m", true, noon.Add(time.Minute)
	if got := w.agent(id); !reflect.DeepEqual(got, want) {
		t.Errorf("edited %+v\nwant   %+v", got, want)
	}
	old := noon.Add(-time.Hour)
	w.EditAgent(id, func(a *mockhub.Agent) { a.ModifiedAt = old })
	if got := w.agent(id).ModifiedAt; !got.Equal(old) {
		t.Errorf("ModifiedAt set by hand: %v", got)
	}
	if !w.RemoveAgent(id) || w.RemoveAgent(id) || w.RemoveAgent(unknownID) || w.EditAgent(id, func(*mockhub.Agent) { t.Error("called") }) {
		t.Error("RemoveAgent: want true once, and nothing to edit after it")
	}
	if _, is := w.Function(want.Functions[0].UUID); is {
		t.Error("the removed agent's function is still there")
	}
	if _, is := w.Agent(id); is || w.DefaultAgent(unknownID) != "" {
		t.Error("there is an agent that was not added")
	}
}

// TestAgentsAreCopies: the hub copies the values that tests read and pass.
func TestAgentsAreCopies(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	source := w.AddSource(chatbotID, mockhub.Source{})
	given := mockhub.Agent{
		Bias: new(0.5), Stickness: new(0.5), DefaultMessage: new("m"), Tags: []mockhub.AgentTag{{Name: "n"}}, DataSourceUUIDs: []string{source},
		Variables: []mockhub.Variable{{Name: "v"}}, HumanEscalationSettings: &mockhub.EscalationSettings{MonitoredMessages: []string{"m"}},
		Functions: []mockhub.Function{{Headers: map[string]string{"a": "b"}}},
	}
	id := w.AddAgent(chatbotID, given)
	var kept *mockhub.Agent
	w.EditAgent(id, func(a *mockhub.Agent) { kept = a })
	saved, _ := w.Save()
	read := w.agent(id)
	for _, a := range []*mockhub.Agent{&given, &read, kept} {
		*a.Bias, *a.Stickness, *a.DefaultMessage, a.Tags[0].Name, a.DataSourceUUIDs[0], a.Variables[0].Name = 1, 1, "x", "x", "x", "x"
		a.HumanEscalationSettings.SoundEnabled, a.HumanEscalationSettings.MonitoredMessages[0] = true, "x"
		if len(a.Functions) > 0 {
			a.Functions[0].Headers["a"] = "x"
		}
	}
	if again, _ := w.Save(); !bytes.Equal(again, saved) {
		t.Errorf("the state of the hub changed:\n%s\nbefore:\n%s", again, saved)
	}
}

func TestSourcesOutOfBand(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	first, second := w.AddSource(chatbotID, mockhub.Source{UUID: unknownID}), w.AddSource(chatbotID, mockhub.Source{})
	id := w.AddAgent(chatbotID, mockhub.Agent{DataSourceUUIDs: []string{first, second}})
	if first != unknownID || !w.RemoveSource(first) || w.RemoveSource(first) {
		t.Error("RemoveSource: want true once")
	}
	if got := w.agent(id); !reflect.DeepEqual(got.DataSourceUUIDs, []string{second}) {
		t.Errorf("the agent uses %v", got.DataSourceUUIDs)
	}
	// What an agent has stored is not shown while it uses all sources.
	w.EditAgent(id, func(a *mockhub.Agent) { a.UseAllSources = true })
	if got := w.listed(id); len(got["data_source_uuids"].([]any)) != 0 {
		t.Errorf("listed %v", got)
	}
	w.RemoveChatbot(chatbotID)
	if w.RemoveSource(second) {
		t.Error("the removed chatbot's source is still there")
	}
}

func TestOutsidePanics(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	agent := w.AddAgent(chatbotID, mockhub.Agent{})
	function := w.AddFunction(agent, mockhub.Function{})
	source := w.AddSource(chatbotID, mockhub.Source{})
	before, _ := w.Save()
	for name, f := range map[string]func(){
		"agent without a chatbot":   func() { w.AddAgent(unknownID, mockhub.Agent{}) },
		"agent's uuid taken":        func() { w.AddAgent(chatbotID, mockhub.Agent{UUID: agent}) },
		"agent's uuid malformed":    func() { w.AddAgent(chatbotID, mockhub.Agent{UUID: "x"}) },
		"function without an agent": func() { w.AddFunction(unknownID, mockhub.Function{}) },
		"function's uuid taken":     func() { w.AddFunction(agent, mockhub.Function{UUID: function}) },
		"parameters, added":         func() { w.AddFunction(agent, mockhub.Function{Parameters: "{"}) },
		"parameters, edited":        func() { w.EditFunction(function, func(f *mockhub.Function) { f.Parameters = "" }) },
		"source without a chatbot":  func() { w.AddSource(unknownID, mockhub.Source{}) },
		"source's uuid taken":       func() { w.AddSource(chatbotID, mockhub.Source{UUID: source}) },
		"tag without a chatbot":     func() { w.AddTag(unknownID, mockhub.SourceTag{}) },
		"tag's uuid malformed":      func() { w.AddTag(chatbotID, mockhub.SourceTag{UUID: "x"}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
	if after, _ := w.Save(); !bytes.Equal(after, before) {
		t.Errorf("a panic left\n%s", after)
	}
}

func TestSaveAndLoadAgents(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	source := w.AddSource(chatbotID, mockhub.Source{})
	w.SetModels(map[string]float64{"a-1k": 0.5})
	user, _ := w.createAgent(`{"name":"<&>","type":"user-facing","model":"a-1k","bias":0}`)
	w.updateAgent(user, `{"prompt":"p\r\n","data_source_uuids":["`+source+`"],"variables":[{"name":"v","description":"","type":"boolean","example":"",`+
		`"default_value":{"content":"","static":1}}]}`)
	w.createAgent(`{"name":"H","type":"human-escalation"}`)
	w.createAgent(`{"name":"B","type":"background","tags":[]}`)
	w.AddFunction(user, mockhub.Function{Headers: map[string]string{"X": "<y>"}, Parameters: ` {"b": "<&>", "a": 1.0}`})
	saved, err := w.Save()
	if err != nil {
		t.Fatal(err)
	}
	second := serve(t, mockhub.Options{})
	if err := second.Load(saved); err != nil {
		t.Fatal(err)
	}
	if got, want := second.Agents(chatbotID), w.Agents(chatbotID); !reflect.DeepEqual(got, want) || got[1].Rebuilds != 1 || len(got[1].Functions) != 1 {
		t.Errorf("loaded %+v\nwant   %+v", got, want)
	}
	for _, path := range []string{"/chatbot/" + chatbotID + "/agents", "/agent/model-costs"} {
		second.do("GET", path, "").is(t, 200, strings.TrimSpace(w.do("GET", path, "").body))
	}
	if second.DefaultAgent(chatbotID) != w.DefaultAgent(chatbotID) || !second.RemoveSource(source) {
		t.Error("the default agent or the source was not saved")
	}
	if again, err := w.Save(); err != nil || !bytes.Equal(again, saved) {
		t.Errorf("saved again: %v\n%s", err, again)
	}
	// A saved state without functions and sources is valid.
	if err := second.Load([]byte(`{"format":1,"chatbots":[],"agents":[]}`)); err != nil {
		t.Error(err)
	}
}
