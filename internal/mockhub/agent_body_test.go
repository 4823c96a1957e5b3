package mockhub_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// Problems as they come in 422 lists.
const (
	noNull    = "none is not an allowed value"
	noText    = "str type expected"
	noNumber  = "value is not a valid float"
	noBool    = "value is not a valid boolean"
	noList    = "value is not a valid list"
	noDict    = "value is not a valid dict"
	noKey     = "extra fields not permitted"
	needed    = "field required"
	tooShort  = "ensure this value has at least 1 characters"
	tooSmall  = "ensure this value is greater than or equal to 0"
	tooLarge  = "ensure this value is less than or equal to 1"
	badColor  = "value is not a valid color of the form #RRGGBB"
	badModel  = "value is not of the form <model>-<context>k"
	noModel   = "there is no such model"
	badUUID   = "value is not a valid uuid of 32 hex digits"
	noSource  = "the chatbot has no such source"
	twice     = "the list has duplicated items"
	manyItems = "ensure this value has at most 10 items"
)

// refusal is a field of a body and the problem that must be reported.
type refusal struct{ fields, loc, msg string }

// refused sends each body and expects exactly one problem.
func (w *testHub) refused(path string, prefix string, cases ...refusal) {
	w.t.Helper()
	for _, c := range cases {
		r := w.do("POST", path, "{"+prefix+c.fields+"}")
		want := fmt.Sprintf(`[{"loc":[%s],"msg":%q,`, c.loc, c.msg)
		if r.status != 422 || !strings.HasPrefix(r.body, want) || strings.Count(r.body, `"loc"`) != 1 {
			w.t.Errorf("%s%s\ngot  %d %swant 422 %s…", prefix, c.fields, r.status, r.body, want)
		}
	}
}

func TestAgentBodies(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	id := w.DefaultAgent(chatbotID)
	before := w.Agents(chatbotID)
	both := []refusal{
		{`"description":null`, `"description"`, noNull},
		{`"prompt":5`, `"prompt"`, noText},
		{`"model":null`, `"model"`, noNull},
		{`"model":"gpt-4o"`, `"model"`, badModel},
		{`"model":""`, `"model"`, badModel},
		{`"model":"-4k"`, `"model"`, badModel},
		{`"model":"gpt-9-4k"`, `"model"`, noModel},
		{`"temperature":null`, `"temperature"`, noNull},
		{`"temperature":"0.5"`, `"temperature"`, noNumber},
		{`"temperature":true`, `"temperature"`, noNumber},
		{`"temperature":-0.01`, `"temperature"`, tooSmall},
		{`"temperature":1.01`, `"temperature"`, tooLarge},
		{`"bias":-10`, `"bias"`, tooSmall},
		{`"bias":null`, `"bias"`, noNull},
		{`"stickness":2`, `"stickness"`, tooLarge},
		{`"stickiness":1`, `"stickiness"`, noKey},
		{`"use_all_sources":1`, `"use_all_sources"`, noBool},
		{`"use_all_sources":null`, `"use_all_sources"`, noNull},
		{`"meta":{}`, `"meta"`, noKey},
		{`"uuid":"` + unknownID + `"`, `"uuid"`, noKey},
		{`"name":"b","name":"c"`, `"body"`, `the key "name" comes twice`},
	}
	w.refused("/agent/"+id+"/update", "", both...)
	w.refused("/chatbot/"+chatbotID+"/agent/create", `"name":"A","type":"user-facing",`, append(both[:len(both)-1:len(both)-1], []refusal{
		{`"enabled":true`, `"enabled"`, noKey}, {`"variables":[]`, `"variables"`, noKey},
		{`"data_source_uuids":[]`, `"data_source_uuids"`, noKey},
	}...)...)
	if after := w.Agents(chatbotID); !reflect.DeepEqual(after, before) {
		t.Errorf("refused requests left %+v", after)
	}
}

// TestAgentBodiesOfUpdates covers fields that only an update or only a create accepts.
func TestAgentBodiesOfUpdates(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	id := w.DefaultAgent(chatbotID)
	other := w.AddSource(w.AddChatbot(mockhub.Chatbot{}), mockhub.Source{})
	mine := w.AddSource(chatbotID, mockhub.Source{})
	before := w.Agents(chatbotID)
	sources := `"data_source_uuids"`
	w.refused("/agent/"+id+"/update", "", []refusal{
		{``, `"body"`, "nothing to update"},
		{`"name":""`, `"name"`, tooShort},
		{`"type":"background"`, `"type"`, noKey},
		{`"tool_functions":[]`, `"tool_functions"`, noKey},
		{`"enabled":1`, `"enabled"`, noBool},
		{`"enabled":null`, `"enabled"`, noNull},
		{sources + `:null`, sources, noNull},
		{sources + `:"` + mine + `"`, sources, noList},
		{sources + `:[null]`, sources + `,0`, noNull},
		{sources + `:[7]`, sources + `,0`, noText},
		{sources + `:["` + mine + `","x"]`, sources + `,1`, badUUID},
		{sources + `:["` + strings.ToUpper(mine) + `"]`, sources + `,0`, badUUID},
		{sources + `:["` + mine + `","` + mine + `"]`, sources + `,1`, twice},
		{sources + `:["` + other + `"]`, sources + `,0`, noSource},
		{sources + `:["` + unknownID + `"],"use_all_sources":true`, sources + `,0`, noSource},
	}...)
	w.refused("/chatbot/"+chatbotID+"/agent/create", "", []refusal{
		{`"name":"A"`, `"type"`, needed},
		{`"type":"background"`, `"name"`, needed},
		{`"name":"A","type":null`, `"type"`, noNull},
		{`"name":"A","type":"human_escalation"`, `"type"`,
			"value is not a valid enumeration member; permitted: 'user-facing', 'background', 'human-escalation', 'pre-canned', 'spam-defense'"},
		{`"name":"A","type":"human-escalation","prompt":"p"`, `"prompt"`, "agents of type human-escalation have no prompt"},
		{`"name":"A","type":"human-escalation","human_escalation_settings":{"sound_enabled":1}`, `"human_escalation_settings"`, noKey},
		{`"name":"A","type":"background","temperature":1`, `"temperature"`, "agents of type background do not have this setting"},
	}...)
	if after := w.Agents(chatbotID); !reflect.DeepEqual(after, before) {
		t.Errorf("refused requests left %+v", after)
	}
	// An empty prompt is no prompt.
	w.createAgent(`{"name":"A","type":"human-escalation","prompt":""}`)
}

func TestAgentVariableBodies(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	at := func(rest string) string { return `"variables",1` + rest }
	good := `{"name":"v","description":"","type":"string","example":"","default_value":{"content":"","static":false}}`
	put := func(old, with string) string {
		return `"variables":[` + good + `,` + strings.Replace(good, old, with, 1) + `]`
	}
	path := "/agent/" + w.DefaultAgent(chatbotID) + "/update"
	w.refused(path, "", []refusal{
		{`"variables":null`, `"variables"`, noNull},
		{`"variables":{}`, `"variables"`, noList},
		{`"variables":[` + good + `,null]`, at(``), noDict},
		{`"variables":[` + good + `,"v"]`, at(``), noDict},
		{put(`"name":"v",`, ``), at(`,"name"`), needed},
		{put(`"name":"v"`, `"name":""`), at(`,"name"`), tooShort},
		{put(`"description":"",`, ``), at(`,"description"`), needed},
		{put(`"example":"",`, ``), at(`,"example"`), needed},
		{put(`"example":""`, `"example":null`), at(`,"example"`), noNull},
		{put(`"string"`, `"integer"`), at(`,"type"`), "value is not a valid enumeration member; permitted: 'string', 'number', 'boolean'"},
		{put(`{"content":"","static":false}`, `"x"`), at(`,"default_value"`), noDict},
		{put(`{"content":"","static":false}`, `null`), at(`,"default_value"`), noNull},
		{put(`"content":""`, `"content":5`), at(`,"default_value","content"`), noText},
		{put(`"content":"",`, ``), at(`,"default_value","content"`), needed},
		{put(`,"static":false`, ``), at(`,"default_value","static"`), needed},
		{put(`"static":false`, `"static":"0"`), at(`,"default_value","static"`), noBool},
		{put(`"static":false`, `"static":0,"x":1`), at(`,"default_value","x"`), noKey},
		{put(`"name":"v"`, `"name":"v","default":""`), at(`,"default"`), noKey},
	}...)
	for static, want := range map[string]bool{"true": true, "1": true, "false": false, "0": false} {
		w.do("POST", path, "{"+put(`"static":false`, `"static":`+static)+"}").object(t)
		if got := w.Agents(chatbotID)[0].Variables[1].Static; got != want {
			t.Errorf("static %s is stored as %v", static, got)
		}
	}
}

func TestAgentTagBodies(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	good := `{"name":"n","criteria":"c","color":"#0071F9"}`
	put := func(old, with string) string { return `"tags":[` + strings.Replace(good, old, with, 1) + `]` }
	id, _ := w.createAgent(`{"name":"A","type":"background","tags":[` + good + `]}`)
	cases := []refusal{
		{`"tags":null`, `"tags"`, noNull},
		{`"tags":["n"]`, `"tags",0`, noDict},
		{put(`"name":"n",`, ``), `"tags",0,"name"`, needed},
		{put(`"n",`, `"",`), `"tags",0,"name"`, tooShort},
		{put(`"criteria":"c",`, ``), `"tags",0,"criteria"`, needed},
		{put(`"c"`, `null`), `"tags",0,"criteria"`, noNull},
		{put(`,"color":"#0071F9"`, ``), `"tags",0,"color"`, needed},
		{put(`#0071F9`, `0071F9`), `"tags",0,"color"`, badColor},
		{put(`#0071F9`, `#07F`), `"tags",0,"color"`, badColor},
		{put(`#0071F9`, `#0071FG`), `"tags",0,"color"`, badColor},
		{put(`"#0071F9"`, `7`), `"tags",0,"color"`, noText},
		{put(`"name"`, `"id":"1","name"`), `"tags",0,"id"`, noKey},
	}
	w.refused("/agent/"+id+"/update", "", cases...)
	w.refused("/chatbot/"+chatbotID+"/agent/create", `"name":"B","type":"background",`, cases...)
	want := []mockhub.AgentTag{{Name: "n", Criteria: "c", Color: "#0071F9"}}
	if got := w.agent(id).Tags; !reflect.DeepEqual(got, want) {
		t.Errorf("tags %+v", got)
	}
	answered := w.updateAgent(id, `{"tags":[{"name":"m","criteria":"","color":"#abcdef"}]}`)["meta"].(map[string]any)["tags"]
	if got := fmt.Sprint(answered); got != "[map[color:#abcdef criteria: name:m]]" {
		t.Errorf("lists are replaced whole, got %s", got)
	}
}

func TestAgentEscalationBodies(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	id, _ := w.createAgent(`{"name":"A","type":"human-escalation"}`)
	before := w.agent(id)
	in := func(body string) string { return `"human_escalation_settings":` + body }
	at := func(rest string) string { return `"human_escalation_settings"` + rest }
	w.refused("/agent/"+id+"/update", "", []refusal{
		{in(`null`), at(``), noNull},
		{in(`[]`), at(``), noDict},
		{in(`{}`), at(`,"body"`), "nothing to update"},
		{in(`{"x":1}`), at(`,"x"`), noKey},
		{in(`{"human_requested_message":null}`), at(`,"human_requested_message"`), noNull},
		{in(`{"live_chat_start_announcement":1}`), at(`,"live_chat_start_announcement"`), noText},
		{in(`{"live_chat_end_announcement":[]}`), at(`,"live_chat_end_announcement"`), noText},
		{in(`{"monitored_messages":"a"}`), at(`,"monitored_messages"`), noList},
		{in(`{"monitored_messages":["a",null]}`), at(`,"monitored_messages",1`), noNull},
		{in(`{"monitored_messages":["a"` + strings.Repeat(`,"a"`, 10) + `]}`), at(`,"monitored_messages"`), manyItems},
		{in(`{"notifications_enabled":2}`), at(`,"notifications_enabled"`), noBool},
		{in(`{"sound_enabled":null}`), at(`,"sound_enabled"`), noNull},
	}...)
	if after := w.agent(id); !reflect.DeepEqual(after, before) {
		t.Errorf("refused requests left %+v", after)
	}
	w.updateAgent(id, `{"human_escalation_settings":{"monitored_messages":["a"`+strings.Repeat(`,"a"`, 9)+`],"sound_enabled":0,"notifications_enabled":true}}`)
}
