package properties_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// unseen are the attributes that nobody can change at the service, with the reason. Any resource's come first.
var unseen = map[string]string{
	"id":                         "the service never changes it",
	"chatbot_id":                 "no answer names the parent",
	"agent_id":                   "no answer names the parent",
	"session_id":                 "no answer names the parent",
	"agent.type":                 "fixed at creation",
	"chatbot.widget_url":         "made of the address and the id",
	"chatbot.embed_html":         "made of the address and the id",
	"chatbot.iframe_html":        "made of the address and the id",
	"source.file":                "nothing but the title can be changed (api.md §3); file_name shows what the service says",
	"source.file.name":           "nothing but the title can be changed (api.md §3); file_name shows what the service says",
	"source.url":                 "nothing but the title can be changed (api.md §3); file_name shows what the service says",
	"source.content_sha256":      "the service shows no content",
	"source.file.path":           "the service shows no content",
	"source.file.content":        "the service shows no content",
	"source.file.content_base64": "the service shows no content",

	"chatbot.deletion_protection": "kept in Terraform's state only",
	"source.wait_for_training":    "kept in Terraform's state only",
	"source.retrain_triggers":     "kept in Terraform's state only",
	"source.timeouts":             "kept in Terraform's state only",
	"source.timeouts.create":      "kept in Terraform's state only",
	"source.timeouts.update":      "kept in Terraform's state only",
	"message.triggers":            "kept in Terraform's state only",

	"message.citations.key":       "shown with citations",
	"message.citations.source_id": "shown with citations",
	"message.citations.title":     "shown with citations",
	"message.citations.text":      "shown with citations",
	"message.citations.file_name": "shown with citations",
	"message.citations.type":      "shown with citations",
}

// elsewhere are attributes whose change shows at another one, because a plan never has a write-only value.
var elsewhere = map[string]string{"tool_function.secret_headers_wo": "modified_at"}

// TestDrift: each attribute that the service returns shows when somebody else changed it: the refreshed state has the new value, and
// the plan of a configuration that writes it has the written one (goals.md R7). The schemas are walked, so that no attribute is left out.
func TestDrift(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			for path, a := range paths(w.attributesOfTypes[kind], "") {
				reason := unseen[kind+"."+path] + unseen[path]
				change, ok := edits[kind][path]
				switch {
				case reason != "" && ok:
					t.Errorf("%s.%s has both an edit and a reason why there is none: %s", kind, path, reason)
				case reason != "":
				case !ok:
					t.Errorf("%s.%s: nothing says how somebody else changes it, and nothing why nobody can", kind, path)
				default:
					t.Run(path, func(t *testing.T) { w.drift(t, kind, path, a, change) })
				}
			}
		})
	}
}

// TestNoStrayEdits: the tables name attributes that there are.
func TestNoStrayEdits(t *testing.T) {
	t.Parallel()
	w := start(t)
	for kind, table := range edits {
		known := paths(w.attributesOfTypes[kind], "")
		for path := range table {
			if _, ok := known[path]; !ok {
				t.Errorf("%s has no attribute %s", kind, path)
			}
		}
	}
}

// paths are all attributes, nested ones too.
func paths(attributes []*tfprotov6.SchemaAttribute, at string) map[string]*tfprotov6.SchemaAttribute {
	all := map[string]*tfprotov6.SchemaAttribute{}
	for _, a := range attributes {
		all[at+a.Name] = a
		if a.NestedType == nil {
			continue
		}
		maps.Copy(all, paths(a.NestedType.Attributes, at+a.Name+"."))
	}
	return all
}

func (w *world) drift(t *testing.T, kind, path string, a *tfprotov6.SchemaAttribute, change edit) {
	t.Helper()
	defer w.seed()()
	w.SetQuirks(func(q *mockhub.Quirks) { *q = mockhub.Quirks{SessionEcho: true} })
	must := func(doing string, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", doing, err)
		}
	}
	o := w.server.Object(prefix + kind)
	values := w.written(kind, path)
	config := o.Configuration(values)
	writable := a.Required || a.Optional
	if writable && !a.WriteOnly && acctest.At(config, path).IsNull() {
		t.Fatalf("no configuration writes %s", path)
	}
	must("new run", w.run())
	must("validate", o.Validate(config))
	p, err := o.Plan(config)
	must("plan", err)
	_, err = o.Apply(config, p)
	must("apply", err)
	must("new run", w.run())
	must("refresh", o.Refresh())
	p, err = o.Plan(config)
	must("plan without drift", err)
	if !o.Empty(p) {
		t.Fatalf("without drift the plan changes %v", acctest.Differences(o.State, p.Value))
	}

	before := o.State
	var id string
	must("id", acctest.At(before, "id").As(&id))
	if !change(w.Hub, id) {
		t.Fatal("the object is not there")
	}
	must("new run", w.run())
	must("refresh", o.Refresh())
	shown := path
	if other, ok := elsewhere[kind+"."+path]; ok {
		shown = other
	}
	if !a.WriteOnly && acctest.At(before, shown).Equal(acctest.At(o.State, shown)) {
		t.Fatalf("the refreshed state still has %s", acctest.At(before, shown))
	}
	p, err = o.Plan(config)
	must("plan", err)
	if writable && (o.Empty(p) || !p.Replaces && acctest.At(p.Value, shown).Equal(acctest.At(o.State, shown))) {
		t.Fatalf("the plan changes %v only", acctest.Differences(o.State, p.Value))
	}
}

// written is a configuration that writes the attribute at this path, and as much else as goes with it.
func (w *world) written(kind, path string) map[string]tftypes.Value {
	root, _, _ := strings.Cut(path, ".")
	values := w.example(kind)
	switch kind {
	case "agent":
		types := strings.Fields(agentTypes)
		i := slices.IndexFunc(types, func(agentType string) bool { return !slices.Contains(strings.Fields(notFor[agentType]), root) })
		values["type"] = str(types[i])
		for name := range strings.FieldsSeq(notFor[types[i]]) {
			delete(values, name)
		}
		fallthrough
	case "default_agent":
		if root == "use_all_sources" {
			delete(values, "source_ids")
		} else {
			fitSources(values)
		}
	case "source":
		choice := "file"
		if root == "qa" || root == "url" {
			choice = root
		}
		for _, other := range []string{"file", "qa", "url"} {
			if other != choice {
				delete(values, other)
			}
		}
	}
	return values
}

// example is a configuration that writes everything, also what contradicts each other.
func (w *world) example(kind string) map[string]tftypes.Value {
	types := map[string]tftypes.Type{}
	for path, a := range paths(w.attributesOfTypes[strings.TrimPrefix(kind, "default_")], "") { // an agent has all that a default agent has
		types[path] = a.ValueType()
	}
	only := func(path string, members map[string]tftypes.Value) tftypes.Value { // a nested object, or a list of one
		if list, ok := types[path].(tftypes.List); ok {
			return tftypes.NewValue(list, []tftypes.Value{object(list.ElementType, members)})
		}
		return object(types[path], members)
	}
	switch kind {
	case "chatbot":
		return map[string]tftypes.Value{"name": str("Support"), "visibility": str("public"), "rate_limit_message": str("Slowly."), "show_citations": yes(true),
			"rate_limit": only("rate_limit", map[string]tftypes.Value{"messages": number("5"), "seconds": number("60")})}
	case "agent", "default_agent":
		return map[string]tftypes.Value{"chatbot_id": str(w.chatbot), "name": str("Orders"), "description": str("Orders."), "prompt": str("Help."), "enabled": yes(true),
			"model": str("gpt-4o-8k"), "temperature": number("0.3"), "bias": number("0.1"), "stickiness": number("0.2"), "default_message": str("Sorry."), "use_all_sources": yes(true),
			"source_ids": texts(types["source_ids"], w.sources...),
			"variables": only("variables", map[string]tftypes.Value{"name": str("email"), "description": str("It."), "type": str("string"), "example": str("a@b"),
				"default_value": str("x"), "static": yes(true)}),
			"tags": only("tags", map[string]tftypes.Value{"name": str("angry"), "criteria": str("Shouts."), "color": str("#0071F9")}),
			"human_escalation_settings": only("human_escalation_settings", map[string]tftypes.Value{"human_requested_message": str("Wait."), "live_chat_start_announcement": str("Here."),
				"live_chat_end_announcement": str("Gone."), "monitored_messages": texts(types["human_escalation_settings.monitored_messages"], "human"),
				"notifications_enabled": yes(true), "sound_enabled": yes(false)})}
	case "tool_function":
		return map[string]tftypes.Value{"chatbot_id": str(w.chatbot), "agent_id": str(w.agents[0]), "name": str("find_order"), "description": str("Finds."), "url": str("https://api.example.com"),
			"method": str("POST"), "parameters": str(`{"type":"object"}`), "headers": texts(types["headers"], "X-Shop", "north"),
			"secret_headers_wo": texts(types["secret_headers_wo"], "Authorization", "s3cret"), "enabled": yes(true), "send_session_metadata": yes(true)}
	case "source":
		return map[string]tftypes.Value{"chatbot_id": str(w.chatbot), "reference_source_link": str("https://example.com/ref"), "title": str("Prices"), "url": str("https://example.com/a"),
			"file": only("file", map[string]tftypes.Value{"name": str("a.txt"), "content": str("Ten.")}),
			"qa":   only("qa", map[string]tftypes.Value{"question": str("How much?"), "answer": str("Ten.")})}
	case "source_tag":
		return map[string]tftypes.Value{"chatbot_id": str(w.chatbot), "name": str("Prices"), "color": str("#0071F9"), "source_ids": texts(types["source_ids"], w.sources...)}
	case "session":
		return map[string]tftypes.Value{"chatbot_id": str(w.chatbot), "initial_variables": texts(types["initial_variables"], "plan", "gold")}
	}
	return map[string]tftypes.Value{"session_id": str(w.sessions[0]), "query": str("How much?")}
}
