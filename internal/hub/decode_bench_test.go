package hub

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// The sizes of the lists. Names of benchmarks are stable, so that benchstat can compare runs.
var sizes = []int{100, 1000, 5000}

// sourcesJSON returns a list of sources with unused keys, and with a question in JSON within a string.
func sourcesJSON(tb testing.TB, n int) []byte {
	tb.Helper()
	items := make([]map[string]any, 0, n)
	for i := range n {
		meta, err := json.Marshal(map[string]any{"question": fmt.Sprintf("When does shop %d open?", i), "answer": "From 9 to 18, on Sundays from 11.", "reference_source_link": nil})
		if err != nil {
			tb.Fatal(err)
		}
		items = append(items, map[string]any{"uuid": thingID(i), "title": fmt.Sprint("Shop ", i), "file_name": "Q&A", "type": qaType, "status": "success", "file_size": 120,
			"tokens": "37", "meta_json": string(meta), "created_at": "2024-05-01T10:00:00Z", "modified_at": "2024-05-01T10:00:00Z", "chatbot_id": 17, "progress": 100, "tags": []string{}})
	}
	return encode(tb, items)
}

// agentsJSON returns a list of agents with prompts of 10 kB.
func agentsJSON(tb testing.TB, n int) []byte {
	tb.Helper()
	prompt := strings.Repeat("You are \"kind\", precise and brief.\n", 290)
	items := make([]map[string]any, 0, n)
	for i := range n {
		items = append(items, map[string]any{"uuid": thingID(i), "name": fmt.Sprint("Agent ", i), "type": UserFacing, "description": "Answers.", "prompt": prompt, "enabled": 1,
			"created_at": "2024-05-01T10:00:00Z", "modified_at": "2024-05-01T10:00:00Z", "meta": map[string]any{"model": "gpt-4o", "temperature": 0.5, "tags": []any{}},
			"data_source_uuids": []ID{thingID(1), thingID(2)}, "variables": []any{}, "tool_functions": []any{}})
	}
	return encode(tb, items)
}

func encode(tb testing.TB, v any) []byte {
	tb.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}

// benchDecode measures decoding and checking a list.
func benchDecode[T AnyObject](b *testing.B, body []byte, n int) {
	b.Helper()
	b.Run(fmt.Sprint("n=", n), func(b *testing.B) {
		b.SetBytes(int64(len(body)))
		b.ReportAllocs()
		for b.Loop() {
			if items, err := rest.Decode[consistency.List[T]](body); err != nil || len(items) != n {
				b.Fatal(len(items), err)
			}
		}
	})
}

func BenchmarkDecodeSources(b *testing.B) {
	for _, n := range sizes {
		benchDecode[Source](b, sourcesJSON(b, n), n)
	}
}

func BenchmarkDecodeAgents(b *testing.B) {
	for _, n := range []int{20, 200} {
		benchDecode[Agent](b, agentsJSON(b, n), n)
	}
}
