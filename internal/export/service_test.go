package export_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestServiceErrors: errors contain the message of the service and what to do next, and not the key. Nothing is written.
func TestServiceErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault mockhub.Fault
		want  string
	}{
		"key":       {mockhub.Fault{Route: listChatbots, Status: http.StatusUnauthorized, Body: `{"msg": "bad key ` + mockhub.DefaultKey + `"}`}, "Nothing was written. The API key was refused. Check AICHATBOTHUB_API_KEY"},
		"web page":  {mockhub.Fault{Route: listChatbots, HTML: true}, "Check AICHATBOTHUB_BASE_URL"},
		"blocked":   {mockhub.Fault{Route: listAgents, Status: http.StatusForbidden, HTML: true, Times: -1}, "bot protection or a proxy in front of the service answered 403 Forbidden: a web page and not an answer of the API.\nNothing was written. The service itself did not answer. Check AICHATBOTHUB_BASE_URL."},
		"throttled": {mockhub.Fault{Route: listAgents, Status: http.StatusTooManyRequests, Times: -1}, "limits the number of requests"},
		"trouble":   {mockhub.Fault{Route: listTags, Status: http.StatusInternalServerError, Skip: 1, Times: -1, Body: `{"error": "the database is away"}`}, "the database is away"},
		"cut":       {mockhub.Fault{Route: listSources, Truncate: -1, Times: -1}, "Check the network"},
		"not whole": {mockhub.Fault{Route: listSources, Body: `[{"title": "x"}]`, Times: -1}, "uuid"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			bigAccount(e, 4, accountSize{3, 3, 3, 3, 3})
			e.Inject(c.fault)
			dir := newDir(t)
			r := run(t, e, "-dir", dir)
			if r.code != 1 || !strings.Contains(r.stderr, c.want) || strings.Contains(r.stderr, e.Key()) {
				t.Errorf("exit code %d\n%s\nlacks %q, or has the key", r.code, r.stderr, c.want)
			}
			if e.FaultsLeft() > 0 {
				t.Error("the fault was not used")
			}
			if entries := tree(t, dir); len(entries) > 0 {
				t.Errorf("it left %v", entries)
			}
		})
	}
	t.Run("empty", func(t *testing.T) {
		t.Parallel()
		if r := run(t, acctest.Start(t), "-dir", newDir(t)); r.code != 1 || !strings.Contains(r.stderr, "no chatbots") {
			t.Errorf("%+v", r)
		}
	})
}

// TestVanished: a chatbot that is deleted during the export is omitted.
func TestVanished(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	e.AddChatbot(mockhub.Chatbot{Name: "Stays"})
	e.Clock().Advance(2e9)
	gone := e.AddChatbot(mockhub.Chatbot{Name: "Goes"})
	e.Inject(mockhub.Fault{Route: listChatbots, Mutate: func(answer []byte) []byte { e.RemoveChatbot(gone); return answer }})
	dir := newDir(t)
	run(t, e, "-dir", dir).good(t)
	if files := tree(t, dir); len(files) != 3 || files["stays.tf"] == "" {
		t.Errorf("%d files", len(files))
	}
}

// TestSparseAnswers: answers without optional keys, or with null, are exported as well.
func TestSparseAnswers(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	bigAccount(e, 5, accountSize{1, 8, 4, 8, 4})
	strip := func(answer []byte) []byte {
		var objects []map[string]any
		if err := json.Unmarshal(answer, &objects); err != nil {
			t.Error(err)
		}
		for i, o := range objects {
			for key := range o {
				if key != "uuid" && key != "type" && key != "name" {
					if i%2 == 0 {
						delete(o, key)
					} else if key != "created_at" && key != "modified_at" && key != "status" && key != "file_name" {
						o[key] = nil
					}
				}
			}
		}
		out, _ := json.Marshal(objects)
		return out
	}
	for _, route := range []string{listChatbots, listAgents, listSources, listTags} {
		e.Inject(mockhub.Fault{Route: route, Mutate: strip})
	}
	if r := run(t, e, "-dir", newDir(t)); r.code != 0 {
		t.Errorf("exit code %d\n%s", r.code, r.stderr)
	}
}

// TestUnreadableFields: a field in an unknown form stops neither the export nor the other objects. A warning names the object and the field.
// An object without a required argument is written as a comment.
func TestUnreadableFields(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	bot := e.AddChatbot(mockhub.Chatbot{Name: "Shop"})
	tagged := e.AddAgent(bot, mockhub.Agent{Name: "Tagged", Type: "background"})
	nameless := e.AddAgent(bot, mockhub.Agent{Name: "Nameless", Type: "pre-canned"})
	calling := e.AddAgent(bot, mockhub.Agent{Name: "Calling", Functions: []mockhub.Function{{Name: "find"}}})
	e.SetQuirks(func(q *mockhub.Quirks) {
		q.AnswerFields = map[string]map[string]string{
			bot: {"meta.rate_limit": "[20]", "created_at": "7"}, tagged: {"meta.tags": "{}", "meta.temperature": `""`}, nameless: {"name": "7"}, calling: {"tool_functions": "{}"},
		}
	})
	dir := newDir(t)
	r := run(t, e, "-dir", dir)
	if r.code != 0 {
		t.Fatalf("exit code %d\n%s", r.code, r.stderr)
	}
	const cause = "the service returned these fields in a form that the provider does not know: "
	for _, want := range []string{
		"left out, because " + cause + "meta.rate_limit.\n  aichatbothub_chatbot.shop ", "left out, because " + cause + "meta.tags, meta.temperature.\n  aichatbothub_agent.shop_tagged ",
		"not exported, but written as a comment: " + cause + "name.\n  aichatbothub_agent.", "left out, because " + cause + "tool_functions.\n  aichatbothub_agent.shop_calling ",
	} {
		if !strings.Contains(r.stderr, want) {
			t.Errorf("the output lacks %q:\n%s", want, r.stderr)
		}
	}
	if imports := tree(t, dir)["imports.tf"]; strings.Count(imports, "import {") != 4 || strings.Contains(imports, nameless) {
		t.Errorf("imports.tf has %s", imports)
	}
}
