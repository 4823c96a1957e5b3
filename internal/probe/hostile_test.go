package probe

import (
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// needs are the facts that cannot be seen without valid answers of a route, by route.
var needs = map[string][]string{
	"GET /chatbot/{uuid}":         {"unknown-chatbot-status", "error-form", "chatbot-update", "show-citations-key", "whole-numbers"},
	"POST /chatbot/{uuid}/update": {"chatbot-update", "show-citations-key", "whole-numbers"},
	"GET /chatbot/{uuid}/agents": {"default-agent", "text-trimming", "agent-booleans", "agent-numbers", "agent-list-order", "function-headers",
		"function-headers-update", "default-agent-delete"},
	"POST /chatbot/{uuid}/agent/create": {"agent-create-answer", "unknown-source-in-agent", "use-all-sources-key", "agent-update-answer", "bad-model", "null-fields", "agent-late-fields",
		"escalation-settings", "singleton-second", "function-headers", "function-headers-update", "function-parameters-form", "agent-booleans",
		"agent-numbers", "agent-list-order", "second-delete-status"},
	"POST /agent/{uuid}/update": {"unknown-agent-update-status", "unknown-source-in-agent", "null-fields", "agent-late-fields", "agent-update-answer", "escalation-settings",
		"agent-booleans"},
	"POST /agent/{uuid}/function/create": {"function-headers", "function-headers-update", "function-parameters-form"},
	"POST /function/{uuid}/update":       {"function-headers", "function-headers-update", "function-parameters-form"},
	"GET /agent/models":                  {"models-list"},
	"GET /agent/model-costs":             {"model-costs"},
	"DELETE /agent/{uuid}/delete":        {"second-delete-status", "default-agent-delete"},
	"GET /session/{uuid}":                {"unknown-session-status"},
	"POST /data-source/{uuid}/update":    {"unknown-source-update-status"},
}

// also are facts that are seen or not without valid answers of a route, depending on the answer, by route.
var also = map[string][]string{
	"GET /session/{uuid}": {"session-variables"}, "POST /data-source/{uuid}/update": {"title-update"},
	"POST /agent/{uuid}/update": {"text-trimming"}, "POST /chatbot/{uuid}/agent/create": {"text-trimming"},
}

// TestHostileAnswers: a fact whose answers have no known form is not seen or not handled. The others are as they are without that, and
// nothing is left behind.
func TestHostileAnswers(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]mockhub.Fault{
		"a page":          {HTML: true},
		"an error page":   {HTML: true, Status: 403},
		"500":             {Status: 500},
		"broken JSON":     {Body: `{"uuid": "`},
		"null":            {Body: `null`},
		"a text":          {Body: `"uuid"`},
		"a list of nulls": {Body: `[null, 1, "a", [], {}]`},
		"a refusal":       {Body: `{"success": false}`},
		"no values": {Body: `{"uuid": null, "name": null, "meta": null, "created_at": 1, "headers": null, "parameters": null, "tool_functions": null,
			"human_escalation_settings": null, "models": null, "model_costs": null, "description": 1}`},
		"other types": {Body: `{"uuid": "0123456789abcdef0123456789abcdee", "name": 1, "meta": [], "created_at": {}, "headers": [], "parameters": 1,
			"tool_functions": {}, "human_escalation_settings": "x", "models": [{}], "model_costs": {"a": []}, "description": 1}`},
	} {
		for route, affected := range needs {
			t.Run(name+" to "+route, func(t *testing.T) {
				t.Parallel()
				e := acctest.Start(t)
				fault := fault
				fault.Route, fault.Times = route, -1
				e.Inject(fault)
				out := probeWith(t, e, "-json")
				if out.code == subcommand.Failed {
					t.Fatalf("exit code %d\n%s", out.code, out.stderr)
				}
				for i, f := range out.report.Facts {
					seen := f.Verdict != notSeen && f.Verdict != notHandled
					switch {
					case slices.Contains(affected, f.ID) && seen && !excepted(name, route, f):
						t.Errorf("%s: %s: %s", f.ID, f.Verdict, f.Seen)
					case !slices.Contains(affected, f.ID) && !slices.Contains(also[route], f.ID) && !seen && !facts[i].ask:
						t.Errorf("%s: %s: %s", f.ID, f.Verdict, f.Seen)
					}
				}
				if left := e.Chatbots(); len(left) > 0 {
					t.Errorf("%d chatbots are left", len(left))
				}
			})
		}
	}
}

// excepted reports whether an answer is one of the readings of a fact, because the provider looks no closer either.
func excepted(fault, route string, f jsonFact) bool {
	object := fault == "no values" || fault == "other types"
	switch f.ID {
	case "models-list", "model-costs":
		return strings.HasSuffix(fault, "page")
	case "second-delete-status", "default-agent-delete":
		return object && strings.HasPrefix(route, "DELETE") // any object is a success
	case "agent-create-answer", "bad-model":
		return fault == "other types" // it has a uuid
	}
	return false
}
