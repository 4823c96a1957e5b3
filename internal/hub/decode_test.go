package hub

import (
	"encoding/json"
	"math"
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

func FuzzDecode(f *testing.F) {
	for _, s := range []string{`true`, `"1.0"`, `20.0`, `[20,240]`, `[{"uuid":"43474da7ae3b4b7191ee29c2de798257","meta":{"rate_limit":[1,2]}}]`, `null`, `{"a":{"a":null}}`} {
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
		bots, err := rest.Decode[consistency.List[Chatbot]](raw)
		if err != nil {
			return
		}
		seen := map[ID]bool{}
		for _, b := range bots {
			if !b.ID.Valid() || seen[b.ID] {
				t.Fatalf("%q gives the uuid %q", raw, b.ID)
			}
			seen[b.ID] = true
		}
	})
}
