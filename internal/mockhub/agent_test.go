package mockhub_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// bot returns a hub with the chatbot chatbotID and its default agent.
func bot(t *testing.T, quirks mockhub.Quirks) *testHub {
	t.Helper()
	w := serve(t, mockhub.Options{Quirks: quirks})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
	return w
}

func (w *testHub) createAgent(body string) (uuid string, answer map[string]any) {
	w.t.Helper()
	answer = w.do("POST", "/chatbot/"+chatbotID+"/agent/create", body).object(w.t)
	return answer["uuid"].(string), answer
}

func (w *testHub) updateAgent(uuid, body string) map[string]any {
	w.t.Helper()
	return w.do("POST", "/agent/"+uuid+"/update", body).object(w.t)
}

// listed returns an agent as the list shows it.
func (w *testHub) listed(uuid string) map[string]any {
	w.t.Helper()
	for _, item := range w.do("GET", "/chatbot/"+chatbotID+"/agents", "").list(w.t) {
		if item["uuid"] == uuid {
			return item
		}
	}
	w.t.Fatalf("the list has no agent %s", uuid)
	return nil
}

// agent returns an agent as it is stored.
func (w *testHub) agent(uuid string) mockhub.Agent {
	w.t.Helper()
	a, is := w.Agent(uuid)
	if !is {
		w.t.Fatalf("there is no agent %s", uuid)
	}
	return a
}

func TestAgentLife(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	first := w.AddSource(chatbotID, mockhub.Source{})
	second := w.AddSource(chatbotID, mockhub.Source{})
	made := w.do("POST", "/chatbot/"+chatbotID+"/agent/create", `{"name":" A ","type":"user-facing","prompt":"\r\np\n"}`)
	id := made.object(t)["uuid"].(string)
	made.is(t, 200, `{"created_at":"2024-07-26T12:00:00Z","description":"","enabled":0,"meta":{"model":"gpt-4o-mini-4k","tags":[],`+
		`"temperature":0},"modified_at":"2024-07-26T12:00:00Z","name":" A ","prompt":"\r\np\n","type":"user-facing","uuid":"`+id+`","variables":[]}`)
	// Oldest first, and siblings can share a second with the default agent.
	list := w.do("GET", "/chatbot/"+chatbotID+"/agents", "").list(t)
	if names(list) != "General Q&A  A " || list[0]["created_at"] != list[1]["created_at"] {
		t.Errorf("list: %v", list)
	}

	w.Clock().Advance(90*time.Second + time.Millisecond)
	w.do("POST", "/agent/"+id+"/update", `{"name":"B","description":"d","prompt":"🤖 <&>","enabled":true,"model":"gpt-4o-8k","temperature":0.7,`+
		`"bias":0,"stickness":1.0,"use_all_sources":false,"data_source_uuids":["`+second+`","`+first+`"],"variables":[{"name":"v","description":"vd",`+
		`"type":"number","example":"1","default_value":{"content":"2","static":1}}]}`).is(t, 200,
		`{"created_at":"2024-07-26T12:00:00Z","data_source_uuids":["`+second+`","`+first+`"],"description":"d","enabled":1,`+
			`"meta":{"bias":0,"model":"gpt-4o-8k","stickness":1,"tags":[],"temperature":0.7,"use_all_sources":false},`+
			`"modified_at":"2024-07-26T12:01:30Z","name":"B","prompt":"🤖 <&>","tool_functions":[],"type":"user-facing","uuid":"`+id+`",`+
			`"variables":[{"default_value":{"content":"2","static":1},"description":"vd","example":"1","name":"v","type":"number"}]}`)
	want := mockhub.Agent{
		UUID: id, ChatbotUUID: chatbotID, Name: "B", Type: "user-facing", Description: "d", Prompt: "🤖 <&>", Enabled: true,
		Model: "gpt-4o-8k", Temperature: 0.7, Bias: new(0.0), Stickness: new(1.0), DataSourceUUIDs: []string{second, first},
		Variables: []mockhub.Variable{{Name: "v", Description: "vd", Type: "number", Example: "1", Content: "2", Static: true}},
		CreatedAt: noon, ModifiedAt: noon.Add(90 * time.Second), Rebuilds: 1,
	}
	if got := w.agent(id); !reflect.DeepEqual(got, want) {
		t.Errorf("stored %+v\nwant   %+v", got, want)
	}

	function := w.AddFunction(id, mockhub.Function{})
	w.do("DELETE", "/agent/"+id+"/delete", "").is(t, 200, `{"success":true}`)
	w.do("DELETE", "/agent/"+id+"/delete", "").is(t, 404, `{"error":"agent not found"}`)
	w.do("POST", "/agent/"+id+"/update", `{"name":"x"}`).is(t, 404, `{"error":"agent not found"}`)
	if _, is := w.Function(function); is || len(w.Agents(chatbotID)) != 1 {
		t.Errorf("left after the delete: %+v", w.Agents(chatbotID))
	}
	w.do("POST", "/chatbot/"+unknownID+"/agent/create", `{"name":"A","type":"background"}`).is(t, 404, `{"error":"chatbot not found"}`)
}

// TestAgentTypes: the defaults of an agent of each type that is created with a name and a type only.
func TestAgentTypes(t *testing.T) {
	t.Parallel()
	const model = `"model":"gpt-4o-mini-4k","tags":[],"temperature":0`
	settings := `"human_escalation_settings":{"human_requested_message":"A member of our team will be with you shortly.",` +
		`"live_chat_end_announcement":"The live chat has ended.","live_chat_start_announcement":"You are now talking to a person.",` +
		`"monitored_messages":[],"notifications_enabled":1,"sound_enabled":1},`
	for kind, tc := range map[string]struct{ meta, full, before, after string }{
		"user-facing":      {`{` + model + `}`, `{"bias":0,` + `"model":"gpt-4o-mini-4k","stickness":0,"tags":[],"temperature":0,"use_all_sources":false}`, "", `,"variables":[]`},
		"background":       {`{` + model + `}`, `{` + model + `}`, "", ""},
		"human-escalation": {`{}`, `{"bias":0,"stickness":0}`, settings, ""},
		"pre-canned":       {`{}`, `{"bias":0,"default_message":"","stickness":0}`, "", ""},
		"spam-defense":     {`{}`, `{"bias":0,"default_message":"","stickness":0}`, "", ""},
	} {
		for _, whole := range []bool{false, true} {
			t.Run(fmt.Sprint(kind, " ", whole), func(t *testing.T) {
				t.Parallel()
				w := bot(t, mockhub.Quirks{AgentMetaFull: whole})
				meta := tc.meta
				if whole {
					meta = tc.full
				}
				made := w.do("POST", "/chatbot/"+chatbotID+"/agent/create", `{"name":"A","type":"`+kind+`"}`)
				made.is(t, 200, `{"created_at":"2024-07-26T12:00:00Z","description":"","enabled":0,`+tc.before+`"meta":`+meta+
					`,"modified_at":"2024-07-26T12:00:00Z","name":"A","prompt":"","type":"`+kind+`","uuid":"`+made.object(t)["uuid"].(string)+`"`+tc.after+`}`)
			})
		}
	}
}

// TestAgentSettingsByType: each setting is accepted for the types that have it and refused for the others, on create and on update.
func TestAgentSettingsByType(t *testing.T) {
	t.Parallel()
	user, back, human, canned, spam := "user-facing", "background", "human-escalation", "pre-canned", "spam-defense"
	types := []string{user, back, human, canned, spam}
	for setting, tc := range map[string]struct {
		value    string
		types    []string
		noCreate bool
	}{
		"name":                      {`"n"`, types, false},
		"description":               {`"d"`, types, false},
		"prompt":                    {`"p"`, []string{user, back, canned, spam}, false},
		"enabled":                   {`true`, types, true},
		"model":                     {`"gpt-5-8k"`, []string{user, back}, false},
		"temperature":               {`1`, []string{user}, false},
		"bias":                      {`0.5`, []string{user, human, canned, spam}, false},
		"stickness":                 {`0.5`, []string{user, human, canned, spam}, false},
		"default_message":           {`"m"`, []string{canned, spam}, false},
		"tags":                      {`[{"name":"n","criteria":"c","color":"#0071f9"}]`, []string{back}, false},
		"use_all_sources":           {`true`, []string{user}, false},
		"data_source_uuids":         {`[]`, []string{user}, true},
		"variables":                 {`[]`, []string{user}, true},
		"human_escalation_settings": {`{"sound_enabled":0}`, []string{human}, true},
	} {
		for _, kind := range types {
			t.Run(setting+" "+kind, func(t *testing.T) {
				t.Parallel()
				w := bot(t, mockhub.Quirks{})
				body := `{"type":"` + kind + `","name":"A","` + setting + `":` + tc.value + `}`
				if setting == "name" {
					body = `{"type":"` + kind + `","name":"A"}`
				}
				made := w.do("POST", "/chatbot/"+chatbotID+"/agent/create", body)
				has := slices.Contains(tc.types, kind)
				if good := has && !tc.noCreate; (made.status == 200) != good || made.status == 422 && !strings.Contains(made.body, `"loc":["`+setting+`"]`) {
					t.Errorf("create: %d %s", made.status, made.body)
				}
				for _, a := range w.Agents(chatbotID)[1:] {
					w.RemoveAgent(a.UUID)
				}
				id := w.AddAgent(chatbotID, mockhub.Agent{Type: kind})
				before := w.agent(id)
				w.Clock().Advance(time.Second)
				r := w.do("POST", "/agent/"+id+"/update", `{"`+setting+`":`+tc.value+`}`)
				if (r.status == 200) != has || r.status == 422 && !strings.Contains(r.body, `"loc":["`+setting+`"]`) {
					t.Errorf("update: %d %s", r.status, r.body)
				}
				if changed := !reflect.DeepEqual(w.agent(id), before); changed != has {
					t.Errorf("changed: %v", changed)
				}
			})
		}
	}
}

// TestAgentUpdateMerges: each update changes only the settings that it contains; "" and [] clear a setting.
func TestAgentUpdateMerges(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	source := w.AddSource(chatbotID, mockhub.Source{})
	full := mockhub.Agent{
		Name: "A", Description: "d", Prompt: "p", Enabled: true, Model: "gone-1k", Temperature: 0.5, Bias: new(-10.0), Stickness: new(0.25),
		DataSourceUUIDs: []string{source}, Variables: []mockhub.Variable{{Name: "v"}},
	}
	for body, edit := range map[string]func(*mockhub.Agent){
		`{"name":"B"}`:               func(a *mockhub.Agent) { a.Name = "B"; a.Rebuilds = 1 },
		`{"name":"A"}`:               func(a *mockhub.Agent) { a.Rebuilds = 1 },
		`{"description":""}`:         func(a *mockhub.Agent) { a.Description = ""; a.Rebuilds = 1 },
		`{"prompt":""}`:              func(a *mockhub.Agent) { a.Prompt = ""; a.Rebuilds = 1 },
		`{"enabled":false}`:          func(a *mockhub.Agent) { a.Enabled = false },
		`{"model":"gpt-4o-8k"}`:      func(a *mockhub.Agent) { a.Model = "gpt-4o-8k" },
		`{"temperature":0}`:          func(a *mockhub.Agent) { a.Temperature = 0 },
		`{"bias":1}`:                 func(a *mockhub.Agent) { a.Bias = new(1.0) },
		`{"stickness":0}`:            func(a *mockhub.Agent) { a.Stickness = new(0.0) },
		`{"data_source_uuids":[]}`:   func(a *mockhub.Agent) { a.DataSourceUUIDs = []string{} },
		`{"variables":[]}`:           func(a *mockhub.Agent) { a.Variables = []mockhub.Variable{} },
		`{"use_all_sources":true}`:   func(a *mockhub.Agent) { a.UseAllSources, a.DataSourceUUIDs = true, nil },
		`{"bias":0.5,"prompt":"p "}`: func(a *mockhub.Agent) { a.Bias, a.Prompt, a.Rebuilds = new(0.5), "p ", 1 },
		`{"use_all_sources":true,"data_source_uuids":["` + source + `"]}`: func(a *mockhub.Agent) { a.UseAllSources, a.DataSourceUUIDs = true, nil },
	} {
		t.Run(body, func(t *testing.T) {
			t.Parallel()
			id := w.AddAgent(chatbotID, full)
			want := w.agent(id)
			edit(&want)
			answered := w.updateAgent(id, body)
			if got := w.agent(id); !reflect.DeepEqual(got, want) {
				t.Errorf("stored %+v\nwant   %+v", got, want)
			}
			if listed := w.listed(id); !reflect.DeepEqual(listed, answered) {
				t.Errorf("listed   %v\nanswered %v", listed, answered)
			}
		})
	}
}

// TestAgentRebuilds: only a change of name, description or prompt causes a rebuild, one for each update (api.md §4).
func TestAgentRebuilds(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	id, _ := w.createAgent(`{"name":"A","type":"user-facing","prompt":"p"}`)
	for i, body := range []string{`{"enabled":true}`, `{"name":"A","prompt":"p","description":""}`, `{"prompt":"q","bias":2}`, `{"prompt":"q","bias":1}`} {
		w.do("POST", "/agent/"+id+"/update", body)
		if got, want := w.agent(id).Rebuilds, []int{0, 1, 1, 2}[i]; got != want {
			t.Errorf("after %s: %d rebuilds, want %d", body, got, want)
		}
	}
	w.EditAgent(id, func(a *mockhub.Agent) { a.Name = "B" })
	if got := w.agent(id).Rebuilds; got != 2 {
		t.Errorf("after an edit from outside: %d rebuilds", got)
	}
}
