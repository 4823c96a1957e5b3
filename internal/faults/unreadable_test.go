package faults_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// dataSources are data sources that list the objects of allKinds.
const dataSources = `
data "aichatbothub_chatbots" "all" {}

data "aichatbothub_agents" "a" {
  chatbot_id = aichatbothub_chatbot.a.id
}

data "aichatbothub_tool_functions" "expert" {
  chatbot_id = aichatbothub_chatbot.a.id
  agent_id   = aichatbothub_agent.expert.id
}

data "aichatbothub_sources" "a" {
  chatbot_id = aichatbothub_chatbot.a.id
}

data "aichatbothub_source_tags" "a" {
  chatbot_id = aichatbothub_chatbot.a.id
}

data "aichatbothub_sessions" "b" {
  chatbot_id = aichatbothub_chatbot.b.id
}

data "aichatbothub_messages" "s" {
  session_id = aichatbothub_session.s.id
}
`

// odd are objects of allKinds with the fields that the service answers in an unknown form: those whose attributes have values, of which
// Terraform warns, and others.
var odd = map[string]struct{ managed, unmanaged map[string]string }{
	"aichatbothub_chatbot.a":             {map[string]string{"meta.rate_limit": `[20]`, "name": `7`}, map[string]string{"created_at": `{}`, "meta.more": `[7]`}},
	"aichatbothub_default_agent.answers": {map[string]string{"meta": `[]`, "name": `[]`, "prompt": `{"text":"x"}`}, map[string]string{"tool_functions": `7`, "meta.tags": `{}`}},
	"aichatbothub_agent.expert":          {map[string]string{"meta.temperature": `""`, "data_source_uuids": `["front page"]`, "type": `7`}, map[string]string{"variables": `{"name":"x"}`, "meta.tags": `{}`}},
	"aichatbothub_agent.human":           {map[string]string{"human_escalation_settings.monitored_messages": `"hello"`, "enabled": `"perhaps"`}, map[string]string{"variables": `7`}},
	"aichatbothub_agent.labels":          {map[string]string{"meta.tags": `{}`}, map[string]string{"meta.bias": `"high"`}},
	"aichatbothub_tool_function.order":   {map[string]string{"enabled": `[]`, "method": `{}`, "meta": `""`}, map[string]string{"headers": `"Authorization: x"`, "parameters": `[1]`, "modified_at": `0`}},
	"aichatbothub_source.page":           {map[string]string{"title": `{"en":"Delivery"}`}, map[string]string{"file_size": `"big"`, "status": `7`, "type": `null`, "meta_json": `7`}},
	"aichatbothub_source_tag.hours":      {map[string]string{"color": `16711680`, "data_source_uuids": `{}`}, map[string]string{"created_at": `7`}},
	"aichatbothub_session.s":             {map[string]string{"initial_variables": `"gold"`}, map[string]string{"meta": `7`, "ip_address": `{}`}},
	"aichatbothub_message.m":             {map[string]string{"query": `{}`}, map[string]string{"response": `{"text":"x"}`, "finish_reason": `[]`, "cite_data_json": `"x"`, "labels": `7`}},
}

// TestOneOddObject: an object whose fields the service answers in an unknown form changes no plan, stops no list, and makes one warning that
// names the object and the fields whose attributes the state keeps (api.md §1).
func TestOneOddObject(t *testing.T) {
	t.Parallel()
	tf, e := attach(t), acctest.Start(t)
	e.SetQuirks(func(q *mockhub.Quirks) { q.SessionEcho = true })
	answer := func(fields map[string]map[string]string) {
		e.SetQuirks(func(q *mockhub.Quirks) { q.AnswerFields = fields })
	}
	tf.write(allKinds(e, 1) + dataSources)
	if ok, output := tf.apply(); !ok {
		t.Fatal(output)
	}
	ids := map[string]string{}
	for _, o := range tf.state() {
		ids[o.Address] = o.ID
	}
	all := map[string]map[string]string{}
	for address, fields := range odd {
		if ids[address] == "" {
			t.Fatalf("the state has no %s", address)
		}
		answer(map[string]map[string]string{ids[address]: fields.managed})
		empty, output := tf.plan()
		warning := strings.Join(strings.Fields(output), " ")
		names := []string{}
		for field := range fields.managed {
			names = append(names, field)
		}
		slices.Sort(names)
		if list := "does not know: " + strings.Join(names, ", ") + "."; !empty || strings.Count(output, "Unreadable fields in the answer") != 1 ||
			!strings.Contains(warning, ids[address]) || !strings.Contains(strings.ReplaceAll(warning, "│ ", ""), list) {
			t.Errorf("%s: the plan is empty: %t; want one warning with %s and %q:\n%s", address, empty, ids[address], list, output)
		}
		answer(map[string]map[string]string{ids[address]: fields.unmanaged})
		if empty, output := tf.plan(); !empty || strings.Contains(output, "Warning") {
			t.Errorf("%s with fields that are not managed: the plan is empty: %t:\n%s", address, empty, output)
		}
		all[ids[address]] = fields.managed
	}
	answer(all)
	tf.write(allKinds(e, 2) + dataSources)
	if ok, output := tf.apply(); !ok {
		t.Errorf("an update of all objects fails: %s", output)
	}
	answer(nil)
	if empty, output := tf.plan(); !empty {
		t.Errorf("after the update, with readable answers: %s", output)
	}
	answer(all)
	if ok, output := tf.destroy(); !ok {
		t.Errorf("a destroy fails: %s", output)
	}
	if left := objects(e); len(left) > 0 {
		t.Errorf("the destroy leaves %v", left)
	}
}
