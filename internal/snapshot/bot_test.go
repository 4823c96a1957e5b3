package snapshot

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/account"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// decoded decodes an object as the client does.
func decoded[T any](t testing.TB, text string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

// uuid returns the n-th id.
func uuid(n int) string { return fmt.Sprintf("%032x", n) }

// common are the ids and times of the n-th object.
func common(n int) string {
	return fmt.Sprintf(`"uuid":%q,"created_at":"2026-01-02T03:04:%02dZ","modified_at":"2026-02-02T03:04:%02dZ"`, uuid(n), n, n)
}

// whole is a chatbot that has every field of every object. The type of its agent is one that the service may add later: only such an agent can
// have all settings.
func whole(t testing.TB) *account.Bot {
	t.Helper()
	return &account.Bot{
		Chatbot: decoded[hub.Chatbot](t, `{`+common(1)+`,"name":"Shop","meta":{"visibility":"public","rate_limit":[1,2],"rate_limit_message":"Slow down","show_citations":true,"show_citation":true}}`),
		Agents: []hub.Agent{decoded[hub.Agent](t, `{`+common(2)+`,"name":"Sales","type":"future","description":"Sells.","prompt":"Sell.","enabled":1,
			"meta":{"model":"gpt-4o-mini-4k","temperature":0.7,"bias":1,"stickness":2,"default_message":"Hello","tags":[{"name":"Lead","criteria":"Wants it","color":"#0071F9"}],"use_all_sources":false},
			"data_source_uuids":["`+uuid(4)+`"],
			"variables":[{"name":"email","description":"Address","type":"string","example":"a@b.c","default_value":{"content":"x","static":1}}],
			"human_escalation_settings":{"human_requested_message":"A","live_chat_start_announcement":"B","live_chat_end_announcement":"C","monitored_messages":["help"],"notifications_enabled":1,"sound_enabled":1},
			"tool_functions":[{`+common(3)+`,"name":"find","description":"Finds.","external_url":"https://example.com/find","method":"POST","headers":{"X-Shop":"a"},
				"parameters":{"type":"object","required":["b"]},"enabled":1,"meta":{"allow_gpt_trainer_properties":1}}]}`)},
		Sources: []hub.Source{
			decoded[hub.Source](t, `{`+common(4)+`,"title":"Returns","file_name":"returns.md","type":"upload","status":"success","file_size":120,"tokens":30,"meta_json":"{\"reference_source_link\":\"https://example.com/r\"}"}`),
			decoded[hub.Source](t, `{`+common(5)+`,"title":"About","file_name":"https://example.com/about","type":"link","status":"success","file_size":9,"tokens":3,"meta_json":"{}"}`),
			decoded[hub.Source](t, `{`+common(6)+`,"title":"Open?","file_name":"","type":"qa","status":"success","file_size":5,"tokens":3,"meta_json":"{\"question\":\"Open?\",\"answer\":\"Yes.\"}"}`),
		},
		SourceTags: []hub.SourceTag{decoded[hub.SourceTag](t, `{`+common(7)+`,"name":"Policies","color":"#0071F9","data_source_uuids":["`+uuid(4)+`"]}`)},
	}
}
