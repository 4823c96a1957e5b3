package hub

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

func TestRateLimitJSON(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{`[20,240]`, `[20.0,240.0]`, `["20","240"]`} {
		var got RateLimit
		if err := json.Unmarshal([]byte(raw), &got); err != nil || got != (RateLimit{20, 240}) {
			t.Errorf("%s = %v, %v", raw, got, err)
		}
	}
	for _, raw := range []string{`[]`, `[20]`, `[1,2,3]`, `[20.5,240]`, `[1e300,240]`, `[20,1e300]`, `[null,240]`, `"20/240"`, `{}`, `20`} {
		var got RateLimit
		if err := json.Unmarshal([]byte(raw), &got); err == nil {
			t.Errorf("%s = %v", raw, got)
		}
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	one, two := `{"uuid":"`+string(someID)+`"}`, `{"uuid":"`+strings.Repeat("0", 32)+`","new":{"a":[1]}}`
	for raw, want := range map[string]int{
		`[]`: 0, `[` + one + `]`: 1, ` [` + one + `,` + two + "]\n": 2,
		`null`: -1, ``: -1, `{}`: -1, `"x"`: -1, `[` + one: -1, `[` + one + `]x`: -1, `[null]`: -1, `[{}]`: -1, `[[]]`: -1, `[1]`: -1,
		`[` + one + `,` + one + `]`:                    -1,
		`[{"uuid":null}]`:                              -1,
		`[{"uuid":7}]`:                                 -1,
		`[{"uuid":"../x"}]`:                            -1,
		`[` + one + `,{"name":"no uuid"}]`:             -1,
		`{"error":"unknown"}`:                          -1,
		strings.Repeat("[", 20000):                     -1,
		`[{"uuid":"` + string(someID) + `","meta":1}]`: 1, // the field counts as absent
	} {
		got, err := rest.Decode[consistency.List[Chatbot]]([]byte(raw))
		if want < 0 && err == nil || want >= 0 && (err != nil || len(got) != want) {
			t.Errorf("%.60s: %v, %v; want %d elements", raw, got, err, want)
		}
	}
}

func TestChatbotAnswer(t *testing.T) {
	t.Parallel()
	raw := `{"uuid":"43474DA7-ae3b-4b71-91ee-29c2de798257","name":null,"meta":{"show_citation":1,"rate_limit":null,"more":1},"x":2}`
	got, err := rest.Decode[Chatbot]([]byte(raw))
	if err != nil || got.ID != someID || got.Meta.ShowCitations == nil || !bool(*got.Meta.ShowCitations) || got.Meta.RateLimit != nil || got.Meta.Visibility != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

// FuzzDecode: no answer makes a decoder panic, and what is decoded is valid: JSON, numbers, ids that are unique (goals.md S5).
func FuzzDecode(f *testing.F) {
	const id = `"uuid":"43474da7ae3b4b7191ee29c2de798257"`
	for _, s := range []string{`true`, `"1.0"`, `20.0`, `[20,240]`, `[{` + id + `,"meta":{"rate_limit":[1,2]}}]`, `null`, `{"a":{"a":null}}`,
		`[{` + id + `,"name":7,"tool_functions":[{` + id + `,"headers":{"a":1},"parameters":[]}],"variables":[{}]}]`, `[{` + id + `,"meta_json":"{\"question\":1}","tokens":"x","data_source_uuids":["x"]}]`,
		`[{` + id + `,"cite_data_json":"{\"3.4\":{\"title\":1}}","labels":[1,"a",{}],"session_documents":"[{}]","meta_json":{"usage":{"total_tokens":"3"}},"error_message":{}}]`, `[{` + id + `,"initial_variables":[],"meta":"{\"user\":1}"} , {}]`, `[{"a":"]\\"}}]`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		_, _ = rest.Decode[Bool](raw)
		if n, err := rest.Decode[Number](raw); err == nil {
			if math.IsNaN(float64(n)) || math.IsInf(float64(n), 0) {
				t.Fatalf("%q is %v", raw, n)
			}
		}
		if id, err := rest.Decode[ID](raw); err == nil && id != "" && !id.Valid() {
			t.Fatalf("%q is the id %q", raw, id)
		}
		decodeTranscript(string(raw))
		var l RateLimit
		var pair []Number
		if json.Valid(raw) && l.UnmarshalJSON(raw) == nil && (json.Unmarshal(raw, &pair) != nil || len(pair) != 2) {
			t.Fatalf("%q is the limit %v", raw, l)
		}
		var elements []map[string]json.RawMessage
		count, err := rest.CountObjects(raw)
		if json.Unmarshal(raw, &elements) == nil && elements != nil && !slices.ContainsFunc(elements, func(m map[string]json.RawMessage) bool { return m == nil }) && (err != nil || count != len(elements)) {
			t.Fatalf("%q has %d objects and not %d, %v", raw, len(elements), count, err)
		}
		fuzzList[Chatbot](t, raw, count)
		fuzzList[SourceTag](t, raw, count)
		for _, a := range fuzzList[Agent](t, raw, count) {
			_, _ = a.Functions()
		}
		for _, s := range fuzzList[Source](t, raw, count) {
			s.Meta()
			s.UnreadableFields()
		}
		for _, s := range fuzzList[Session](t, raw, count) {
			s.User()
		}
		for _, m := range fuzzList[Message](t, raw, count) {
			m.Citations()
			m.Labels()
			m.SessionDocuments()
			m.PendingTasks()
			m.Tokens()
			m.CalledFunctions()
			m.failure()
		}
	})
}

// fuzzList decodes a list of count objects and checks it.
func fuzzList[T AnyObject](t *testing.T, raw []byte, count int) []T {
	t.Helper()
	objects, err := rest.Decode[consistency.List[T]](raw)
	if err != nil {
		return nil
	}
	ids := consistency.IDs(objects)
	if slices.Sort(ids); !json.Valid(raw) || len(ids) != count || len(slices.Compact(ids)) != count || slices.ContainsFunc(ids, func(id ID) bool { return !id.Valid() }) {
		t.Fatalf("%q gives %q", raw, ids)
	}
	return objects
}
