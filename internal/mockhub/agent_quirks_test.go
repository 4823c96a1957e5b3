package mockhub_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestAgentAnswersShortOrFull(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		quirks         mockhub.Quirks
		create, update bool // have data_source_uuids and tool_functions
	}{
		"default": {mockhub.Quirks{}, false, true},
		"full":    {mockhub.Quirks{AgentCreateFull: true}, true, true},
		"short":   {mockhub.Quirks{AgentUpdateShort: true}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := bot(t, tc.quirks)
			id, made := w.createAgent(`{"name":"A","type":"pre-canned"}`)
			w.AddFunction(id, mockhub.Function{})
			updated := w.updateAgent(id, `{"enabled":true}`)
			for _, key := range []string{"data_source_uuids", "tool_functions"} {
				_, c := made[key]
				_, u := updated[key]
				if _, l := w.listed(id)[key]; c != tc.create || u != tc.update || !l {
					t.Errorf("%s: create %v, update %v, list %v", key, c, u, l)
				}
			}
			if tc.update && len(updated["tool_functions"].([]any)) != 1 {
				t.Errorf("updated: %v", updated)
			}
		})
	}
}

func TestAgentSpellings(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		quirks mockhub.Quirks
		has    []string
	}{
		"default": {mockhub.Quirks{}, []string{
			`"enabled":1,`, `"use_all_sources":true`, `"static":1`, `"sound_enabled":1`, `"notifications_enabled":0`, `"bias":-10`,
			`"stickness":0.5`, `"allow_gpt_trainer_properties":1`, `"temperature":0,`, `"default_message":" m\r\n"`,
		}},
		"booleans": {mockhub.Quirks{BooleansAsTrueFalse: true}, []string{
			`"enabled":true,`, `"use_all_sources":true`, `"static":true`, `"sound_enabled":true`, `"notifications_enabled":false`,
			`"allow_gpt_trainer_properties":true`,
		}},
		"numbers": {mockhub.Quirks{BooleansAsNumbers: true}, []string{`"enabled":1,`, `"use_all_sources":1`, `"static":1`, `"sound_enabled":1`}},
		"numbers win": {mockhub.Quirks{BooleansAsNumbers: true, BooleansAsTrueFalse: true}, []string{
			`"enabled":1,`, `"use_all_sources":1`, `"notifications_enabled":0`,
		}},
		"strings": {mockhub.Quirks{NumbersAsStrings: true}, []string{`"enabled":"1",`, `"bias":"-10"`, `"stickness":"0.5"`, `"sound_enabled":"1"`, `{"a":1}`}},
		"floats": {mockhub.Quirks{NumbersAsFloats: true}, []string{
			`"enabled":1.0,`, `"bias":-10.0`, `"stickness":0.5`, `"temperature":0.0`, `"sound_enabled":1.0`, `{"a":1}`,
		}},
		"extra": {mockhub.Quirks{ExtraFields: true}, []string{
			`"meta":{"allow_gpt_trainer_properties":1,"moonphase":[`, `"meta":{"bias":-10,"moonphase":[`, `"headers":{"uuid":"x"}`, `"parameters":{"uuid":{"a":1}}`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := bot(t, tc.quirks)
			w.AddAgent(chatbotID, mockhub.Agent{
				Enabled: true, UseAllSources: true, Variables: []mockhub.Variable{{Static: true}}, Stickness: new(0.5),
				Functions: []mockhub.Function{{AllowGPTTrainerProperties: true, Headers: map[string]string{"uuid": "x"}, Parameters: `{"uuid": {"a": 1}}`}},
			})
			w.AddAgent(chatbotID, mockhub.Agent{
				Type: "human-escalation", Bias: new(-10.0), HumanEscalationSettings: &mockhub.EscalationSettings{SoundEnabled: true},
			})
			w.AddAgent(chatbotID, mockhub.Agent{Type: "spam-defense", DefaultMessage: new(" m\r\n")})
			body := w.do("GET", "/chatbot/"+chatbotID+"/agents", "").body
			for _, s := range tc.has {
				if !strings.Contains(body, s) {
					t.Errorf("no %s in %s", s, body)
				}
			}
		})
	}
}

func TestAgentTextsTrimmedOrNot(t *testing.T) {
	t.Parallel()
	for trims, sp := range map[bool]string{false: " ", true: ""} {
		t.Run(fmt.Sprint(trims), func(t *testing.T) {
			t.Parallel()
			w := bot(t, mockhub.Quirks{TrimsText: trims})
			user, _ := w.createAgent(`{"name":" n ","type":"user-facing","description":" d ","prompt":" p "}`)
			w.updateAgent(user, `{"variables":[{"name":" n ","description":" d ","type":"string","example":" e ","default_value":{"content":" c ","static":0}}]}`)
			back, _ := w.createAgent(`{"name":" n ","type":"background","tags":[{"name":" n ","criteria":" c ","color":"#000000"}]}`)
			spam, _ := w.createAgent(`{"name":" n ","type":"spam-defense","default_message":" m "}`)
			human, _ := w.createAgent(`{"name":" n ","type":"human-escalation","description":" "}`)
			w.updateAgent(human, `{"human_escalation_settings":{"human_requested_message":" h ","live_chat_start_announcement":" s ",`+
				`"live_chat_end_announcement":" e ","monitored_messages":[" m "]}}`)
			x := func(s string) string { return sp + s + sp }
			a, s := w.agent(user), *w.agent(human).HumanEscalationSettings
			if a.Name != x("n") || a.Description != x("d") || a.Prompt != x("p") || *w.agent(spam).DefaultMessage != x("m") ||
				!reflect.DeepEqual(a.Variables, []mockhub.Variable{{Name: x("n"), Description: x("d"), Type: "string", Example: x("e"), Content: x("c")}}) ||
				!reflect.DeepEqual(w.agent(back).Tags, []mockhub.AgentTag{{Name: x("n"), Criteria: x("c"), Color: "#000000"}}) ||
				s.HumanRequestedMessage != x("h") || s.LiveChatStartAnnouncement != x("s") || s.LiveChatEndAnnouncement != x("e") || s.MonitoredMessages[0] != x("m") {
				t.Errorf("stored %+v %+v %+v", a, w.agent(back).Tags, s)
			}
		})
	}
}

func TestEscalationMergedOrReplaced(t *testing.T) {
	t.Parallel()
	for replaces, want := range map[bool]mockhub.EscalationSettings{
		false: {HumanRequestedMessage: "h", LiveChatStartAnnouncement: "s", LiveChatEndAnnouncement: "new", MonitoredMessages: []string{"m"}},
		true: {HumanRequestedMessage: "A member of our team will be with you shortly.", LiveChatStartAnnouncement: "You are now talking to a person.",
			LiveChatEndAnnouncement: "new", NotificationsEnabled: true, SoundEnabled: true},
	} {
		t.Run(fmt.Sprint(replaces), func(t *testing.T) {
			t.Parallel()
			w := bot(t, mockhub.Quirks{EscalationReplaces: replaces})
			id := w.AddAgent(chatbotID, mockhub.Agent{Type: "human-escalation", HumanEscalationSettings: &mockhub.EscalationSettings{
				HumanRequestedMessage: "h", LiveChatStartAnnouncement: "s", LiveChatEndAnnouncement: "e", MonitoredMessages: []string{"m"},
			}})
			w.updateAgent(id, `{"name":"B"}`)
			if got := w.agent(id).HumanEscalationSettings; got.LiveChatEndAnnouncement != "e" || got.SoundEnabled {
				t.Errorf("an update of something else left %+v", got)
			}
			w.updateAgent(id, `{"human_escalation_settings":{"live_chat_end_announcement":"new"}}`)
			if got := w.agent(id).HumanEscalationSettings; !reflect.DeepEqual(*got, want) {
				t.Errorf("stored %+v\nwant   %+v", *got, want)
			}
		})
	}
}

func TestUpdateIgnoresOrRefuses(t *testing.T) {
	t.Parallel()
	fields := []string{"bias", "stickness", "default_message"}
	body := `{"bias":0.5,"stickness":7,"default_message":null,"name":"B"}`
	w := bot(t, mockhub.Quirks{IgnoresOnUpdate: fields})
	id, _ := w.createAgent(`{"name":"A","type":"spam-defense","bias":0.25}`)
	w.Clock().Advance(time.Second)
	if got := w.updateAgent(id, body); got["name"] != "B" || !reflect.DeepEqual(got["meta"], map[string]any{"bias": 0.25}) ||
		got["modified_at"] != "2024-07-26T12:00:01Z" {
		t.Errorf("answered %v", got)
	}
	// Even an update of which nothing is left is answered, like any other.
	if got := w.updateAgent(id, `{"bias":0.5}`); !reflect.DeepEqual(got["meta"], map[string]any{"bias": 0.25}) {
		t.Errorf("answered %v", got)
	}
	w.do("POST", "/agent/"+id+"/update", `{"bias":0.5,"x":1}`).is(t, 422, `[{"loc":["x"],"msg":"extra fields not permitted","type":"value_error.extra"}]`)

	w.SetQuirks(func(q *mockhub.Quirks) { q.IgnoresOnUpdate, q.RefusesOnUpdate = nil, fields })
	before := w.agent(id)
	w.do("POST", "/agent/"+id+"/update", body).is(t, 422, `[{"loc":["bias"],"msg":"extra fields not permitted","type":"value_error.extra"},`+
		`{"loc":["default_message"],"msg":"extra fields not permitted","type":"value_error.extra"},`+
		`{"loc":["stickness"],"msg":"extra fields not permitted","type":"value_error.extra"}]`)
	if after := w.agent(id); !reflect.DeepEqual(after, before) {
		t.Errorf("the refused update left %+v", after)
	}
	w.updateAgent(id, `{"name":"C"}`)
	w.createAgent(`{"name":"C","type":"pre-canned","bias":1,"stickness":1,"default_message":""}`)
}

func TestDefaultAgentDeletableOrNot(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{DefaultAgentUndeletable: true})
	id := w.DefaultAgent(chatbotID)
	other, _ := w.createAgent(`{"name":"A","type":"user-facing"}`)
	w.do("DELETE", "/agent/"+id+"/delete", "").is(t, 403, `{"error":"the default agent cannot be deleted"}`)
	w.do("DELETE", "/agent/"+other+"/delete", "").is(t, 200, `{"success":true}`)
	w.SetQuirks(func(q *mockhub.Quirks) { q.DefaultAgentUndeletable = false })
	w.do("DELETE", "/agent/"+id+"/delete", "").is(t, 200, `{"success":true}`)
	if w.DefaultAgent(chatbotID) != "" {
		t.Error("the default agent is still there")
	}
}

func TestSingletons(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]int{0: 422, 400: 400, 409: 409} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			w := bot(t, mockhub.Quirks{SingletonStatus: status})
			elsewhere := w.AddChatbot(mockhub.Chatbot{})
			for _, kind := range []string{"human-escalation", "spam-defense"} {
				body := `{"name":"A","type":"` + kind + `"}`
				id, _ := w.createAgent(body)
				w.do("POST", "/chatbot/"+chatbotID+"/agent/create", body).is(t, want, `{"error":"the chatbot has an agent of type `+kind+` already"}`)
				w.do("POST", "/chatbot/"+elsewhere+"/agent/create", body).object(t)
				w.do("DELETE", "/agent/"+id+"/delete", "")
				w.createAgent(body)
			}
			for range 2 {
				w.createAgent(`{"name":"A","type":"pre-canned"}`)
				w.createAgent(`{"name":"A","type":"background"}`)
			}
		})
	}
}

func TestAcceptsAny(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{AcceptsAnyModel: true, AcceptsAnySource: true})
	id, _ := w.createAgent(`{"name":"A","type":"user-facing","model":"gpt-4o"}`)
	w.updateAgent(id, `{"model":"","data_source_uuids":["`+unknownID+`"]}`)
	if a := w.agent(id); a.Model != "" || a.DataSourceUUIDs[0] != unknownID {
		t.Errorf("stored %+v", a)
	}
	w.refused("/agent/"+id+"/update", "", refusal{`"data_source_uuids":["x"]`, `"data_source_uuids",0`, badUUID}, refusal{`"model":7`, `"model"`, noText})
}
