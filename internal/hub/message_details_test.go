package hub

import (
	"encoding/json"
	"reflect"
	"testing"
)

// TestMessageDetails: what a message has beside its answer is read in every plausible form. An odd form counts as not answered and is no error.
func TestMessageDetails(t *testing.T) {
	t.Parallel()
	const id = "43474da7ae3b4b7191ee29c2de798257"
	type details struct {
		labels             []string
		documents          []SessionDocument
		tasks              *int64
		feedback, unhappy  string
		tokens             TokenCounts
		functions          []string
		reportsNoFunctions bool // functions is nil and not empty
	}
	for body, want := range map[string]details{
		`{}`: {reportsNoFunctions: true},
		`{"labels":null,"session_documents":null,"background_pending_tasks":null,"feedback_json":null,"detected_frustrations":null,"meta_json":null}`: {reportsNoFunctions: true},
		`{"labels":[],"session_documents":[],"background_pending_tasks":0,"feedback_json":"","detected_frustrations":"","meta_json":"{}"}`: {
			labels: []string{}, documents: []SessionDocument{}, tasks: new(int64(0)), reportsNoFunctions: true},
		`{"labels":["a",{"name":"b"},{"label":"c","uuid":"x"},null,{"uuid":"d"},7]}`: {labels: []string{"a", "b", "c", "d", "7"}, reportsNoFunctions: true},
		`{"labels":{"a":1}}`: {reportsNoFunctions: true}, `{"labels":"[\"a\"]"}`: {labels: []string{"a"}, reportsNoFunctions: true}, `{"labels":"a"}`: {reportsNoFunctions: true},
		`{"session_documents":["` + id + `","a.txt",{"uuid":"` + id + `","file_name":"b.txt"},{"name":"c.txt"},{},null]}`: {
			documents: []SessionDocument{{ID: id}, {FileName: "a.txt"}, {ID: id, FileName: "b.txt"}, {FileName: "c.txt"}}, reportsNoFunctions: true},
		`{"background_pending_tasks":"2"}`: {tasks: new(int64(2)), reportsNoFunctions: true}, `{"background_pending_tasks":2.0}`: {tasks: new(int64(2)), reportsNoFunctions: true},
		`{"background_pending_tasks":[]}`: {reportsNoFunctions: true}, `{"background_pending_tasks":1.5}`: {reportsNoFunctions: true}, `{"background_pending_tasks":true}`: {reportsNoFunctions: true},
		`{"feedback_json":{"rating":1},"detected_frustrations":["slow"]}`:   {feedback: `{"rating":1}`, unhappy: `["slow"]`, reportsNoFunctions: true},
		`{"feedback_json":"{\"rating\":1}","detected_frustrations":"slow"}`: {feedback: `{"rating":1}`, unhappy: "slow", reportsNoFunctions: true},
		`{"detected_frustrations":[]}`:                                      {reportsNoFunctions: true},
		`{"meta_json":"{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3,\"function_calls\":[]}"}`: {
			tokens: TokenCounts{new(int64(1)), new(int64(2)), new(int64(3))}, functions: []string{}},
		`{"meta_json":{"usage":{"input_tokens":1,"output_tokens":"2"},"tool_calls":[{"function":{"name":"find"}},"send",{"name":"last"}]}}`: {
			tokens: TokenCounts{Prompt: new(int64(1)), Completion: new(int64(2))}, functions: []string{"find", "send", "last"}},
		`{"meta_json":"{\"promptTokens\":1,\"tokens\":9,\"functions\":{\"find\":{}}}"}`: {
			tokens: TokenCounts{Prompt: new(int64(1)), Total: new(int64(9))}, reportsNoFunctions: true},
		`{"meta_json":"odd"}`: {reportsNoFunctions: true}, `{"meta_json":"[1]"}`: {reportsNoFunctions: true}, `{"meta_json":7}`: {reportsNoFunctions: true},
	} {
		var m Message
		if err := json.Unmarshal([]byte(body), &m); err != nil {
			t.Errorf("%s: %v", body, err)
			continue
		}
		got := details{labels: m.Labels(), documents: m.SessionDocuments(), tasks: m.PendingTasks(), feedback: string(m.FeedbackJSON), unhappy: m.Frustrations(), tokens: m.Tokens(), functions: m.CalledFunctions()}
		got.reportsNoFunctions = got.functions == nil
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n%+v\nwant %+v", body, got, want)
		}
	}
}

// TestSessionUser: the visitor is JSON with sorted keys, or nothing.
func TestSessionUser(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{}`: "", `{"meta":null}`: "", `{"meta":{}}`: "", `{"meta":[]}`: "", `{"meta":"odd"}`: "", `{"meta":{"user":null}}`: "", `{"meta":{"user":{}}}`: "", `{"meta":{"user":""}}`: "",
		`{"meta":{"user":{"name":"Ann","id":12345678901234567890,"tags":[true]}}}`: `{"id":12345678901234567890,"name":"Ann","tags":[true]}`,
		`{"meta":{"user":"ann@example.com"}}`:                                      `"ann@example.com"`,
		`{"meta":"{\"user\":{\"name\":\"Ann\"}}"}`:                                 `{"name":"Ann"}`,
	} {
		var s Session
		if err := json.Unmarshal([]byte(body), &s); err != nil || s.User() != want {
			t.Errorf("%s: %q, %v; want %q", body, s.User(), err, want)
		}
	}
}
