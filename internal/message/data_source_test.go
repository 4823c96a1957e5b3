package message_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const allAddress = "data.aichatbothub_messages.t"

// all is a configuration of the data source.
func (e *env) all(session string) string {
	return e.Config(fmt.Sprintf("data \"aichatbothub_messages\" \"t\" {\n  session_id = %q\n}\n", session))
}

func read(name string, v knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(allAddress, tfjsonpath.New(name), v)
}

// ids is a list of messages with these ids, in order.
func ids(want ...string) statecheck.StateCheck {
	exact := []knownvalue.Check{}
	for _, id := range want {
		exact = append(exact, knownvalue.ObjectPartial(map[string]knownvalue.Check{"id": knownvalue.StringExact(id)}))
	}
	return read("messages", knownvalue.ListExact(exact))
}

func TestMessages(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.ThroughCLI()
	begin := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	cite := mockhub.Citation{Key: "3.4", DataSourceUUID: e.source, Title: "Hours", Text: "At nine", FileName: "hours.txt", Type: "upload"}
	first := e.AddMessage(e.session, mockhub.Message{
		Query: "Hi!", Response: "Hello 🙂\n", CreatedAt: begin, Citations: []mockhub.Citation{{Key: "3.10"}, cite}, Labels: []string{"greeting"}, FeedbackJSON: `{"rating":1}`,
		DetectedFrustrations: "slow", BackgroundPendingTasks: 2, CalledFunctions: []string{"find_order"}, SessionDocuments: []string{unknownID},
	})
	second := e.AddMessage(e.session, mockhub.Message{Query: "And?", ErrorMessage: "overloaded", CreatedAt: begin.Add(time.Second)})
	one := func(i int, members map[string]knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(allAddress, tfjsonpath.New("messages").AtSliceIndex(i), knownvalue.ObjectExact(members))
	}
	exact, number := knownvalue.StringExact, knownvalue.Int64Exact
	e.Test(t, resource.TestStep{Config: e.all(e.session), ConfigStateChecks: []statecheck.StateCheck{
		ids(first, second), read("transcript", knownvalue.StringRegexp(regexp.MustCompile(`(?s)Hi!.*Hello 🙂.*And\?`))),
		one(0, map[string]knownvalue.Check{
			"id": exact(first), "query": exact("Hi!"), "response": exact("Hello 🙂\n"), "finish_reason": exact("stop"), "error_message": knownvalue.Null(),
			"labels": knownvalue.ListExact([]knownvalue.Check{exact("greeting")}), "feedback_json": exact(`{"rating":1}`), "detected_frustrations": exact("slow"),
			"background_pending_tasks": number(2), "prompt_tokens": number(1), "completion_tokens": number(3), "total_tokens": number(4),
			"called_functions": knownvalue.ListExact([]knownvalue.Check{exact("find_order")}), "meta_json": exact(`{"completion_tokens":3,"function_calls":[{"name":"find_order"}],"prompt_tokens":1,"total_tokens":4}`),
			"session_documents": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{"id": exact(unknownID), "file_name": knownvalue.Null()})}),
			"created_at":        exact("2026-01-02T03:04:05Z"), "modified_at": exact("2026-01-02T03:04:05Z"), "citations": knownvalue.ListExact([]knownvalue.Check{
				knownvalue.ObjectExact(map[string]knownvalue.Check{"key": exact("3.4"), "source_id": exact(e.source), "title": exact("Hours"), "text": exact("At nine"), "file_name": exact("hours.txt"), "type": exact("upload")}),
				knownvalue.ObjectPartial(map[string]knownvalue.Check{"key": exact("3.10"), "title": exact("")}),
			}),
		}),
		one(1, map[string]knownvalue.Check{
			"id": exact(second), "query": exact("And?"), "response": exact(""), "finish_reason": knownvalue.Null(), "error_message": exact("overloaded"), "citations": knownvalue.ListExact(nil),
			"labels": knownvalue.ListExact(nil), "feedback_json": knownvalue.Null(), "detected_frustrations": knownvalue.Null(), "background_pending_tasks": number(0),
			"prompt_tokens": number(1), "completion_tokens": number(0), "total_tokens": number(1), "called_functions": knownvalue.ListExact(nil),
			"meta_json":         exact(`{"completion_tokens":0,"function_calls":[],"prompt_tokens":1,"total_tokens":1}`),
			"session_documents": knownvalue.ListExact(nil), "created_at": exact("2026-01-02T03:04:06Z"), "modified_at": exact("2026-01-02T03:04:06Z"),
		}),
	}, Check: resource.ComposeTestCheckFunc(e.spent(0), func(*terraform.State) error {
		if e.Count("") != e.Count(list)+e.Count(text) || e.Count(list) != e.Count(text) {
			return fmt.Errorf("more than a list and a transcript: %v", e.Requests())
		}
		return nil
	})})
}

// TestDetails: what a message has beside its answer, in both forms of lists, and null where a deployment does not answer it or answers it in an
// odd form.
func TestDetails(t *testing.T) {
	t.Parallel()
	added := mockhub.Message{Labels: []string{"refund"}, FeedbackJSON: "{}", DetectedFrustrations: "slow", CalledFunctions: []string{"find_order"}, SessionDocuments: []string{unknownID}}
	odd := func(answer []byte) []byte {
		for _, key := range []string{"labels", "session_documents", "background_pending_tasks", "feedback_json", "detected_frustrations", "meta_json"} {
			answer = regexp.MustCompile(`"`+key+`":("([^"\\]|\\.)*"|null|\[[^\]]*\]|[0-9]+)`).ReplaceAll(answer, []byte(`"`+key+`":{"odd":[true]}`))
		}
		return answer
	}
	null := []string{"labels", "session_documents", "background_pending_tasks", "prompt_tokens", "completion_tokens", "total_tokens", "called_functions"}
	for name, c := range map[string]struct {
		quirk func(*mockhub.Quirks)
		fault func([]byte) []byte
		null  []string
	}{
		"objects": {quirk: func(*mockhub.Quirks) {}}, "texts": {quirk: func(q *mockhub.Quirks) { q.MessageListsAsTexts = true }},
		"strings": {quirk: func(q *mockhub.Quirks) { q.NumbersAsStrings = true }},
		"floats":  {quirk: func(q *mockhub.Quirks) { q.NumbersAsFloats, q.ExtraFields = true, true }},
		"absent":  {quirk: func(q *mockhub.Quirks) { q.MessageShort = true }, null: append([]string{"feedback_json", "detected_frustrations"}, null...)},
		"odd":     {quirk: func(*mockhub.Quirks) {}, fault: odd, null: null},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, c.quirk)
			e.AddMessage(e.session, added)
			if c.fault != nil {
				e.Inject(mockhub.Fault{Route: list, Mutate: c.fault, Times: -1})
			}
			want := map[string]knownvalue.Check{"background_pending_tasks": knownvalue.Int64Exact(0), "labels": knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("refund")}),
				"called_functions":  knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("find_order")}),
				"session_documents": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectPartial(map[string]knownvalue.Check{"id": knownvalue.StringExact(unknownID)})})}
			if c.null != nil {
				clear(want)
			}
			for _, attribute := range c.null {
				want[attribute] = knownvalue.Null()
			}
			e.Test(t, resource.TestStep{Config: e.all(e.session), ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(allAddress, tfjsonpath.New("messages").AtSliceIndex(0), knownvalue.ObjectPartial(want)),
			}})
		})
	}
}

// TestOrder is that of the conversation: by time, and within a second that of the list, whichever way round the list is.
func TestOrder(t *testing.T) {
	t.Parallel()
	begin := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for name, c := range map[string]struct {
		newest bool
		at     []int // the second of each message, as it is stored
		want   []int // their order
	}{
		"oldest first":             {false, []int{0, 1, 1, 1, 2}, []int{0, 1, 2, 3, 4}},
		"newest first":             {true, []int{0, 1, 1, 1, 2}, []int{0, 1, 2, 3, 4}},
		"one second":               {false, []int{1, 1, 1}, []int{0, 1, 2}},
		"one second, newest first": {true, []int{1, 1, 1}, []int{2, 1, 0}}, // the order cannot be determined
		"many of two seconds":      {false, slices.Repeat([]int{1, 2}, 30), everyOther(60)},
		"late comers":              {false, []int{0, 2, 1, 2}, []int{0, 2, 1, 3}},
		"none":                     {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.ListNewestFirst = c.newest })
			var stored, want []string
			for i, second := range c.at { // ids go down, so that they are of no help
				id := fmt.Sprintf("%032x", 1000-i)
				stored = append(stored, e.AddMessage(e.session, mockhub.Message{UUID: id, CreatedAt: begin.Add(time.Duration(second) * time.Second)}))
			}
			for _, i := range c.want {
				want = append(want, stored[i])
			}
			e.Test(t, resource.TestStep{Config: e.all(e.session), ConfigStateChecks: []statecheck.StateCheck{ids(want...)}})
		})
	}
}

// everyOther is 0, 2, 4, … below n, and then 1, 3, 5, …
func everyOther(n int) []int {
	var numbers []int
	for _, first := range []int{0, 1} {
		for i := first; i < n; i += 2 {
			numbers = append(numbers, i)
		}
	}
	return numbers
}

// TestNoTranscript: where the deployment has none, it is null and the messages are there.
func TestNoTranscript(t *testing.T) {
	t.Parallel()
	for _, missing := range []string{"page", "404"} {
		t.Run(missing, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.TranscriptMissing = missing })
			id := e.AddMessage(e.session, mockhub.Message{})
			e.Test(t, resource.TestStep{Config: e.all(e.session), ConfigStateChecks: []statecheck.StateCheck{ids(id), read("transcript", knownvalue.Null())}})
		})
	}
}

// TestNoTranscriptWarns is below the CLI: the test framework does not show warnings.
func TestNoTranscriptWarns(t *testing.T) {
	t.Parallel()
	e := start(t, func(q *mockhub.Quirks) { q.TranscriptMissing = "page" })
	s := e.Server(t)
	object := s.Schema.DataSourceSchemas["aichatbothub_messages"].ValueType().(tftypes.Object)
	values := map[string]tftypes.Value{"session_id": tftypes.NewValue(tftypes.String, e.session)}
	for _, name := range []string{"messages", "transcript"} {
		values[name] = tftypes.NewValue(object.AttributeTypes[name], nil)
	}
	config, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, values))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := s.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "aichatbothub_messages", Config: &config})
	if err != nil || len(resp.Diagnostics) != 1 || resp.Diagnostics[0].Severity != tfprotov6.DiagnosticSeverityWarning || resp.Diagnostics[0].Summary != "No transcript" {
		t.Errorf("%v, %v", resp, err)
	}
}

func TestMessagesErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		session string
		want    *regexp.Regexp
		fault   mockhub.Fault
		quirk   int
	}{
		"bad session":    {session: "chat", want: regexp.MustCompile(`(?s)"chat"\s+must\s+be\s+an\s+id`)},
		"no session":     {session: unknownID, want: words("Session not found", "session_id =", unknownID)},
		"no session 403": {session: unknownID, want: words("Session not found", "session_id =", unknownID), quirk: 403},
		"refused":        {want: words("Unable to list messages", "Messages of session", "suspended"), fault: mockhub.Fault{Route: list, Status: 403, Body: `{"error": "suspended"}`}},
		"HTML":           {want: words("Unable to list messages", "base_url"), fault: mockhub.Fault{Route: list, HTML: true}},
		"not whole":      {want: words("Unable to list messages", "no uuid"), fault: mockhub.Fault{Route: list, Body: `[{"query": "x"}]`}},
		"no transcript":  {want: words("Unable to read transcript", "Transcript of session", "500"), fault: mockhub.Fault{Route: text, Status: 500}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.UnknownStatus = c.quirk })
			if c.fault.Route != "" {
				e.Inject(c.fault)
			}
			if c.session == "" {
				c.session = e.session
			}
			e.Test(t, resource.TestStep{Config: e.all(c.session), PlanOnly: true, ExpectError: c.want})
		})
	}
}

// TestConversation reads what the same configuration asks.
func TestConversation(t *testing.T) {
	t.Parallel()
	e := start(t)
	config := e.managed(opening) + strings.Replace(message("aichatbothub_session.t.id", who, "depends_on = [aichatbothub_message.t]"), `"t"`, `"then"`, 1) +
		"data \"aichatbothub_messages\" \"t\" {\n  session_id = aichatbothub_session.t.id\n  depends_on = [aichatbothub_message.then]\n}\n"
	e.Test(t, resource.TestStep{Config: config, Check: e.spent(2), ConfigStateChecks: []statecheck.StateCheck{read("messages", knownvalue.ListExact([]knownvalue.Check{
		knownvalue.ObjectPartial(map[string]knownvalue.Check{"response": knownvalue.StringExact(hours)}), knownvalue.ObjectPartial(map[string]knownvalue.Check{"response": knownvalue.StringExact(mockhub.NoAnswer)}),
	}))}})
}
