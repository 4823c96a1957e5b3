package mockhub_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestFunctionLife(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	agent := w.DefaultAgent(chatbotID)
	made := w.do("POST", "/agent/"+agent+"/function/create", `{"name":"f","description":"d","external_url":"https://example.com/a?b=c"}`)
	id := made.object(t)["uuid"].(string)
	want := `{"created_at":"2024-07-26T12:00:00Z","description":"d","enabled":0,"external_url":"https://example.com/a?b=c","headers":{},` +
		`"meta":{"allow_gpt_trainer_properties":0},"method":"GET","modified_at":"2024-07-26T12:00:00Z","name":"f","parameters":{},"uuid":"` + id + `"}`
	made.is(t, 200, want)
	listed := func() string {
		r := w.do("GET", "/chatbot/"+chatbotID+"/agents", "").body
		_, rest, _ := strings.Cut(r, `"tool_functions":[`)
		return rest[:strings.LastIndex(rest, `],"type":"user-facing"`)]
	}
	if got := listed(); got != want {
		t.Errorf("listed %s\nwant   %s", got, want)
	}

	w.Clock().Advance(time.Minute)
	want = `{"created_at":"2024-07-26T12:00:00Z","description":"e","enabled":1,"external_url":"http://[::1]:8080","headers":{"Authorization":"Bearer <s>",` +
		`"X-A":""},"meta":{"allow_gpt_trainer_properties":1},"method":"PATCH","modified_at":"2024-07-26T12:01:00Z","name":"g",` +
		`"parameters":{"type":"object","properties":{"b":{"default":1.0},"a":null}},"uuid":"` + id + `"}`
	w.do("POST", "/function/"+id+"/update", `{"name":"g","description":"e","external_url":"http://[::1]:8080","method":"PATCH",`+
		`"headers":{"X-A":"","Authorization":"Bearer <s>"},"parameters":{"type": "object", "properties": {"b": {"default": 1.0}, "a": null}},`+
		`"enabled":1,"allow_gpt_trainer_properties":1}`).is(t, 200, want)
	if got := listed(); got != want {
		t.Errorf("listed %s\nwant   %s", got, want)
	}
	stored := mockhub.Function{
		UUID: id, AgentUUID: agent, Name: "g", Description: "e", ExternalURL: "http://[::1]:8080", Method: "PATCH",
		Parameters: `{"type": "object", "properties": {"b": {"default": 1.0}, "a": null}}`,
		Headers:    map[string]string{"X-A": "", "Authorization": "Bearer <s>"}, Enabled: true, AllowGPTTrainerProperties: true,
		CreatedAt: noon, ModifiedAt: noon.Add(time.Minute),
	}
	if got, _ := w.Function(id); !reflect.DeepEqual(got, stored) {
		t.Errorf("stored %+v\nwant   %+v", got, stored)
	}
	// The agent has not been edited.
	if a := w.agent(agent); a.Rebuilds != 0 || !a.ModifiedAt.Equal(noon) {
		t.Errorf("agent %+v", a)
	}
	// The log has what was sent, secrets too.
	if log := w.Requests(); !strings.Contains(string(log[2].Body), "Bearer <s>") || log[2].Route != "POST /function/{uuid}/update" {
		t.Errorf("log %+v", log[2])
	}
	w.do("POST", "/function/"+id+"/delete", "").is(t, 200, `{"success":true}`)
	w.do("POST", "/function/"+id+"/delete", "").is(t, 404, `{"error":"tool function not found"}`)
	if got := listed(); got != "" {
		t.Errorf("listed after the delete: %s", got)
	}
}

func TestFunctionUpdateMerges(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	agent := w.DefaultAgent(chatbotID)
	full := mockhub.Function{
		Name: "f", Description: "d", ExternalURL: "https://example.com", Method: "PUT", Headers: map[string]string{"a": "b", "c": "d"},
		Parameters: `{"a":1}`, Enabled: true, AllowGPTTrainerProperties: true,
	}
	for body, edit := range map[string]func(*mockhub.Function){
		`{"name":"g"}`:                         func(f *mockhub.Function) { f.Name = "g" },
		`{"description":"e"}`:                  func(f *mockhub.Function) { f.Description = "e" },
		`{"external_url":"http://a.example"}`:  func(f *mockhub.Function) { f.ExternalURL = "http://a.example" },
		`{"method":"DELETE"}`:                  func(f *mockhub.Function) { f.Method = "DELETE" },
		`{"headers":{"a":"x"}}`:                func(f *mockhub.Function) { f.Headers = map[string]string{"a": "x"} },
		`{"headers":{}}`:                       func(f *mockhub.Function) { f.Headers = map[string]string{} },
		`{"parameters":{}}`:                    func(f *mockhub.Function) { f.Parameters = "{}" },
		`{"enabled":0}`:                        func(f *mockhub.Function) { f.Enabled = false },
		`{"allow_gpt_trainer_properties":0}`:   func(f *mockhub.Function) { f.AllowGPTTrainerProperties = false },
		`{"enabled":1,"name":" f\n"}`:          func(f *mockhub.Function) { f.Name = " f\n" },
		`{"description":"` + long(1023) + `"}`: func(f *mockhub.Function) { f.Description = long(1023) },
	} {
		t.Run(body[:min(len(body), 40)], func(t *testing.T) {
			t.Parallel()
			id := w.AddFunction(agent, full)
			want, _ := w.Function(id)
			edit(&want)
			w.do("POST", "/function/"+id+"/update", body).object(t)
			if got, _ := w.Function(id); !reflect.DeepEqual(got, want) {
				t.Errorf("stored %+v\nwant   %+v", got, want)
			}
		})
	}
}

// long is a text of n characters, each of more than one byte.
func long(n int) string { return strings.Repeat("é", n) }

func TestFunctionBodies(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	agent := w.DefaultAgent(chatbotID)
	id := w.AddFunction(agent, mockhub.Function{})
	before := w.Agents(chatbotID)
	const badURL = "invalid or missing URL scheme or host"
	starred := map[string]string{"name": `"name":"f"`, "description": `"description":"d"`, "external_url": `"external_url":"https://e.example"`}
	all := starred["name"] + "," + starred["description"] + "," + starred["external_url"] + ","
	for _, c := range []refusal{
		{`"name":""`, `"name"`, tooShort},
		{`"name":null`, `"name"`, noNull},
		{`"description":""`, `"description"`, tooShort},
		{`"description":"` + long(1024) + `"`, `"description"`, "ensure this value has at most 1023 characters"},
		{`"external_url":"example.com/a"`, `"external_url"`, badURL},
		{`"external_url":"https://"`, `"external_url"`, badURL},
		{`"external_url":"ftp://example.com"`, `"external_url"`, badURL},
		{`"external_url":"https://a b"`, `"external_url"`, badURL},
		{`"external_url":""`, `"external_url"`, badURL},
		{`"external_url":null`, `"external_url"`, noNull},
		{`"method":"get"`, `"method"`, "value is not a valid enumeration member; permitted: 'GET', 'POST', 'PUT', 'DELETE', 'PATCH'"},
		{`"method":null`, `"method"`, noNull},
		{`"headers":null`, `"headers"`, noNull},
		{`"headers":[]`, `"headers"`, noDict},
		{`"headers":"{}"`, `"headers"`, noDict},
		{`"headers":{"a":1}`, `"headers","a"`, noText},
		{`"headers":{"a":null}`, `"headers","a"`, noNull},
		{`"headers":{"a":"b","a":"c"}`, `"headers"`, noDict},
		{`"parameters":null`, `"parameters"`, noNull},
		{`"parameters":"{}"`, `"parameters"`, noDict},
		{`"parameters":[{}]`, `"parameters"`, noDict},
		{`"enabled":true`, `"enabled"`, noBool},
		{`"enabled":2`, `"enabled"`, noBool},
		{`"enabled":null`, `"enabled"`, noNull},
		{`"allow_gpt_trainer_properties":false`, `"allow_gpt_trainer_properties"`, noBool},
		{`"meta":{}`, `"meta"`, noKey},
		{`"url":"https://e.example"`, `"url"`, noKey},
	} {
		w.refused("/function/"+id+"/update", "", c)
		prefix := all
		if key, _, _ := strings.Cut(strings.Trim(c.fields, `"`), `"`); starred[key] != "" {
			prefix = strings.Replace(all, starred[key]+",", "", 1)
		}
		w.refused("/agent/"+agent+"/function/create", prefix, c)
	}
	w.refused("/function/"+id+"/update", "", refusal{``, `"body"`, "nothing to update"})
	for key, field := range starred {
		w.refused("/agent/"+agent+"/function/create", strings.Replace(all, field+",", "", 1),
			refusal{`"method":"GET"`, `"` + key + `"`, needed})
	}
	if after := w.Agents(chatbotID); !reflect.DeepEqual(after, before) {
		t.Errorf("refused requests left %+v", after)
	}
	w.do("POST", "/function/"+id+"/delete", "{}").is(t, 422, `[{"loc":["body"],"msg":"this endpoint takes no body","type":"value_error.extra"}]`)
}

func TestFunctionQuirks(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{TrimsText: true, ParametersReordered: true, BooleansAsTrueFalse: true, NumbersAsFloats: true})
	body := `{"name":" f ","description":" d ","external_url":"https://e.example","headers":{"a":" b "},"parameters":{"b":{"d":1,"c":1.50},"a":[{"z":1e3,"y":""}]}}`
	made := w.do("POST", "/agent/"+w.DefaultAgent(chatbotID)+"/function/create", body)
	for _, s := range []string{
		`"name":"f"`, `"description":"d"`, `"headers":{"a":" b "}`, `"enabled":false`, `{"allow_gpt_trainer_properties":false}`,
		`"parameters":{"a":[{"y":"","z":1e3}],"b":{"c":1.50,"d":1}}`,
	} {
		if !strings.Contains(made.body, s) {
			t.Errorf("no %s in %s", s, made.body)
		}
	}
}

func TestFunctionsOutOfBand(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	agent := w.DefaultAgent(chatbotID)
	given := mockhub.Function{Headers: map[string]string{"a": "b"}}
	id := w.AddFunction(agent, given)
	given.Headers["a"] = "x"
	want := mockhub.Function{UUID: id, AgentUUID: agent, Name: "function", Description: "A function.", ExternalURL: "https://example.com/function",
		Method: "GET", Parameters: "{}", Headers: map[string]string{"a": "b"}, CreatedAt: noon, ModifiedAt: noon}
	got, is := w.Function(id)
	if !is || !reflect.DeepEqual(got, want) {
		t.Errorf("added %+v\nwant  %+v", got, want)
	}
	got.Headers["a"] = "x"
	w.Clock().Advance(time.Minute)
	if !w.EditFunction(id, func(f *mockhub.Function) {
		f.UUID, f.AgentUUID, f.Headers["c"], f.Enabled = unknownID, unknownID, "d", true
	}) {
		t.Error("EditFunction found nothing")
	}
	want.Headers["c"], want.Enabled, want.ModifiedAt = "d", true, noon.Add(time.Minute)
	if got := w.agent(agent).Functions; len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("edited %+v\nwant   %+v", got, want)
	}
	second := w.AddFunction(agent, mockhub.Function{UUID: unknownID, Name: "second"})
	if got := w.agent(agent).Functions; len(got) != 2 || got[0].UUID != id || got[1].UUID != second || second != unknownID {
		t.Errorf("functions %+v", got)
	}
	if !w.RemoveFunction(id) || w.RemoveFunction(id) || w.EditFunction(id, func(*mockhub.Function) { t.Error("called") }) {
		t.Error("RemoveFunction: want true once, and nothing to edit after it")
	}
	w.do("DELETE", "/chatbot/"+chatbotID+"/delete", "")
	if _, is := w.Function(second); is {
		t.Error("the deleted chatbot's function is still there")
	}
}

func TestFunctionHeadersMissingOrMerged(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		quirks  mockhub.Quirks
		shown   bool
		after   map[string]string // the update of a
		without map[string]string // an update without headers
		none    map[string]string // an update with {}
	}{
		"default": {mockhub.Quirks{}, true, map[string]string{"a": "x"}, map[string]string{"a": "x"}, map[string]string{}},
		"missing": {mockhub.Quirks{HeadersMissing: true}, false, map[string]string{"a": "x"}, map[string]string{"a": "x"}, map[string]string{}},
		"merged": {mockhub.Quirks{HeadersMerge: true}, true, map[string]string{"a": "x", "c": "d"}, map[string]string{"a": "x", "c": "d"},
			map[string]string{"a": "x", "c": "d"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := bot(t, tc.quirks)
			id := w.AddFunction(w.DefaultAgent(chatbotID), mockhub.Function{Headers: map[string]string{"a": "b", "c": "d"}})
			for _, step := range []struct {
				body string
				want map[string]string
			}{{`{"headers":{"a":"x"}}`, tc.after}, {`{"name":"g"}`, tc.without}, {`{"headers":{}}`, tc.none}} {
				updated := w.do("POST", "/function/"+id+"/update", step.body).object(t)
				if _, shown := updated["headers"]; shown != tc.shown {
					t.Errorf("%s: headers are shown: %v", step.body, shown)
				}
				if got, _ := w.Function(id); !reflect.DeepEqual(got.Headers, step.want) {
					t.Errorf("%s: stored %v, want %v", step.body, got.Headers, step.want)
				}
			}
		})
	}
}
