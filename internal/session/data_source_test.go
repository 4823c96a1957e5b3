package session_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const (
	oneAddress = "data.aichatbothub_session.t"
	allAddress = "data.aichatbothub_sessions.t"
)

// begin is when the first session of a test was created.
var begin = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func one(id string) string {
	return fmt.Sprintf("data \"aichatbothub_session\" \"t\" {\n  id = %q\n}\n", id)
}

func all(chatbot string, arguments ...string) string {
	return fmt.Sprintf("data \"aichatbothub_sessions\" \"t\" {\n  chatbot_id = %q\n  %s\n}\n", chatbot, strings.Join(arguments, "\n  "))
}

func TestDataSource(t *testing.T) {
	t.Parallel()
	user := knownvalue.StringExact(`{"email":"ann@example.com","name":"Ann"}`)
	for name, c := range map[string]struct {
		quirk         func(*mockhub.Quirks)
		variables     knownvalue.Check
		user, address knownvalue.Check
	}{
		"older": {func(*mockhub.Quirks) {}, knownvalue.Null(), knownvalue.Null(), knownvalue.Null()},
		"newer": {echo, texts("tier", "gold", "orders", "12", "vip", "true"), user, knownvalue.StringExact("192.0.2.7")},
		"typed": {func(q *mockhub.Quirks) { q.SessionEcho, q.SessionVariablesTyped, q.ExtraFields = true, true, true }, texts("tier", "gold", "orders", "12", "vip", "true"), user, knownvalue.StringExact("192.0.2.7")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, c.quirk)
			id := e.AddSession(e.chatbot, mockhub.Session{CreatedAt: begin, ModifiedAt: begin.Add(time.Hour), InitialVariables: map[string]any{"tier": "gold", "orders": "12", "vip": true},
				IPAddress: "192.0.2.7", User: map[string]any{"name": "Ann", "email": "ann@example.com"}})
			want := knownvalue.ObjectExact(map[string]knownvalue.Check{
				"id": knownvalue.StringExact(id), "initial_variables": c.variables, "ip_address": c.address, "user_json": c.user, "created_at": knownvalue.StringExact("2026-01-02T03:04:05Z"), "modified_at": knownvalue.StringExact("2026-01-02T04:04:05Z"),
			})
			e.Test(t, resource.TestStep{Config: e.Config(one(id) + all(e.chatbot) + "output \"one\" {\n  value = " + oneAddress + "\n  sensitive = true\n}\n"), ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownOutputValue("one", want),
				statecheck.ExpectKnownValue(allAddress, tfjsonpath.New("sessions"), knownvalue.ListExact([]knownvalue.Check{want})),
			}})
		})
	}
}

func TestDataSourceErrors(t *testing.T) {
	t.Parallel()
	missing := `(?s)Session not found.*id += .*0{32}.*no\s+session\s+with\s+the\s+id`
	for name, c := range map[string]struct {
		id, want string
		status   int
		fault    mockhub.Fault
	}{
		"404":       {id: unknownID, want: missing},
		"400":       {id: unknownID, want: missing, status: 400},
		"403":       {id: unknownID, want: missing, status: 403},
		"422":       {id: unknownID, want: missing, status: 422},
		"unsure":    {id: unknownID, want: `(?s)Unable to read session.*maintenance`, status: 403, fault: mockhub.Fault{Route: "GET /chatbots", Status: 400, Body: `{"error": "maintenance"}`}},
		"refused":   {id: unknownID, want: `(?s)Unable to read session.*API\s+key\s+was\s+refused`, fault: mockhub.Fault{Route: fetch, Status: 401, Body: `{"msg": "no"}`}},
		"HTML":      {id: unknownID, want: `(?s)Unable to read session.*base_url`, fault: mockhub.Fault{Route: fetch, HTML: true}},
		"another":   {id: unknownID, want: `(?s)Unable to read session.*another\s+object`, fault: mockhub.Fault{Route: fetch, Body: `{"uuid": "` + strings.Repeat("1", 32) + `"}`}},
		"not an id": {id: "first", want: `(?s)id += .*"first"\s+must\s+be\s+an\s+id`},
		"dashed id": {id: "43474DA7-ae3b-4b71-91ee-29c2de798257", want: `(?s)Write\s+it\s+as\s+"43474da7ae3b4b7191ee29c2de798257"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.UnknownStatus = c.status })
			if c.fault.Route != "" {
				e.Inject(c.fault)
			}
			e.Test(t, resource.TestStep{Config: e.Config(one(c.id)), PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
			if left := e.FaultsLeft(); left != 0 {
				t.Error("the fault was not met")
			}
		})
	}
}

// listed are checks that the data source lists these sessions in this order.
func listed(ids ...string) []statecheck.StateCheck {
	return []statecheck.StateCheck{statecheck.ExpectKnownValue(allAddress, tfjsonpath.New("sessions"), these(ids))}
}

// these is a list of sessions with these ids.
func these(ids []string) knownvalue.Check {
	exact := []knownvalue.Check{}
	for _, id := range ids {
		exact = append(exact, knownvalue.ObjectPartial(map[string]knownvalue.Check{"id": knownvalue.StringExact(id)}))
	}
	return knownvalue.ListExact(exact)
}

// TestThousandSessions: a session each minute, listed whole and by time. The result is the same where the service ignores the times.
func TestThousandSessions(t *testing.T) {
	t.Parallel()
	for _, ignores := range []bool{false, true} {
		t.Run(fmt.Sprintf("times ignored %t", ignores), func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.SessionsIgnoreTimes, q.ListNewestFirst = ignores, true })
			ids := e.AddSessions(e.chatbot, 1000, begin, time.Minute)
			e.AddSessions(e.SeedChatbot(), 10, begin, time.Minute)
			at := func(minute, second int) string {
				return begin.Add(time.Duration(minute)*time.Minute + time.Duration(second)*time.Second).Format(time.RFC3339)
			}
			zone := begin.Add(10 * time.Minute).In(time.FixedZone("", -9*3600-30*60)).Format(time.RFC3339)
			step := resource.TestStep{Config: e.Config("")}
			for i, c := range []struct {
				after, before string
				want          []string
			}{
				{"", "", ids},
				{at(990, 0), "", ids[990:]},
				{at(990, 1), "", ids[991:]},
				{"", at(3, 0), ids[:4]},
				{"", at(3, -1), ids[:3]},
				{at(10, 0), at(12, 0), ids[10:13]},
				{zone, zone, ids[10:11]},
				{strings.Replace(at(10, 0), "Z", ".0005Z", 1), strings.Replace(at(11, 0), "Z", ".9999Z", 1), ids[11:12]},
				{at(10, 1), at(10, 59), nil},
				{at(2000, 0), "", nil},
				{"", at(-1, 0), nil},
			} {
				var arguments []string
				if c.after != "" {
					arguments = append(arguments, fmt.Sprintf("created_after = %q", c.after))
				}
				if c.before != "" {
					arguments = append(arguments, fmt.Sprintf("created_before = %q", c.before))
				}
				name := fmt.Sprint("t", i)
				step.Config += strings.Replace(all(e.chatbot, arguments...), `"t"`, `"`+name+`"`, 1)
				step.ConfigStateChecks = append(step.ConfigStateChecks, statecheck.ExpectKnownValue("data.aichatbothub_sessions."+name, tfjsonpath.New("sessions"), these(c.want)))
			}
			e.Test(t, step)
		})
	}
}

// TestOrder: sessions of one second are in the order of their ids.
func TestOrder(t *testing.T) {
	t.Parallel()
	e := start(t)
	second := e.AddSession(e.chatbot, mockhub.Session{UUID: strings.Repeat("b", 32), CreatedAt: begin})
	first := e.AddSession(e.chatbot, mockhub.Session{UUID: strings.Repeat("a", 32), CreatedAt: begin})
	oldest := e.AddSession(e.chatbot, mockhub.Session{UUID: strings.Repeat("c", 32), CreatedAt: begin.Add(-time.Second)})
	e.Test(t, resource.TestStep{Config: e.Config(all(e.chatbot)), ConfigStateChecks: listed(oldest, first, second)})
}

// TestTimesAreAsked: the service is asked for the time range in its own form, in UTC, and never for less than what is meant.
func TestTimesAreAsked(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Test(t, resource.TestStep{Config: e.Config(all(e.chatbot, `created_after = "2026-01-02T05:04:05.0009+02:00"`, `created_before = "2026-01-03T00:00:00.0001Z"`)), ConfigStateChecks: listed()})
	for _, r := range e.Requests() {
		if want := "end_timestamp=2026-01-03T00%3A00%3A00.001Z&start_timestamp=2026-01-02T03%3A04%3A05.000Z"; r.Route == list && r.Query != want {
			t.Errorf("the query was %s, want %s", r.Query, want)
		}
	}
	if e.Count(list) == 0 {
		t.Error("nothing was listed")
	}
}

func TestListDataSourceErrors(t *testing.T) {
	t.Parallel()
	noChatbot := `(?s)Chatbot not found.*chatbot_id += .*0{32}`
	after := `created_after = "2026-01-02T03:04:05Z"`
	for name, c := range map[string]struct {
		chatbot, arguments, want string
		fault                    mockhub.Fault
		status                   int
		asks                     bool
	}{
		"chatbot":         {chatbot: "home", want: `(?s)"home"\s+must\s+be\s+an\s+id`},
		"backwards":       {arguments: after + "\n" + `created_before = "2026-01-02T05:04:04+02:00"`, want: `(?s)Invalid time range.*created_after += .*later\s+than\s+created_before`},
		"a day":           {arguments: `created_after = "2026-01-02"`, want: `(?s)created_after += .*2026-01-02.*RFC\s*3339`},
		"no zone":         {arguments: `created_before = "2026-01-02T03:04:05"`, want: `(?s)created_before += .*RFC\s*3339`},
		"empty":           {arguments: `created_after = ""`, want: `(?s)created_after += .*RFC\s*3339`},
		"no chatbot":      {chatbot: unknownID, want: noChatbot, asks: true},
		"no chatbot, 403": {chatbot: unknownID, want: noChatbot, status: 403, asks: true},
		"then, 422":       {chatbot: unknownID, arguments: after, want: noChatbot, status: 422, asks: true},
		"refused":         {want: `(?s)Unable to list sessions.*Sessions\s+of\s+chatbot.*suspended`, fault: mockhub.Fault{Status: 403, Body: `{"error": "suspended"}`}, asks: true},
		"time refused":    {arguments: after, want: `(?s)Unable to list sessions.*start_timestamp:\s+odd`, fault: fields(`"start_timestamp"`, "odd"), asks: true},
		"HTML":            {arguments: after, want: `(?s)Unable to list sessions.*base_url`, fault: mockhub.Fault{HTML: true}, asks: true},
		"not whole":       {arguments: after, want: `(?s)Unable to list sessions.*no uuid`, fault: mockhub.Fault{Body: `[{"created_at": "x"}]`}, asks: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.UnknownStatus = c.status })
			if c.fault.Status != 0 || c.fault.HTML || c.fault.Body != "" {
				c.fault.Route = list
				e.Inject(c.fault)
			}
			if c.chatbot == "" {
				c.chatbot = e.chatbot
			}
			e.Test(t, resource.TestStep{Config: e.Config(all(c.chatbot, c.arguments)), PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
			if left := e.FaultsLeft(); left != 0 || (e.Count("") > 0) != c.asks {
				t.Errorf("%d faults were not met, %d requests were sent", left, e.Count(""))
			}
		})
	}
}

// TestUnknownTime: a time that is known only in the apply is looked at then.
func TestUnknownTime(t *testing.T) {
	t.Parallel()
	e := start(t)
	ids := e.AddSessions(e.chatbot, 3, begin, time.Minute)
	in := fmt.Sprintf("resource \"terraform_data\" \"in\" {\n input = { after = %q, before = null }\n}\n", begin.Add(time.Minute).Format(time.RFC3339))
	e.Test(t, resource.TestStep{Config: e.Config(in + all(e.chatbot, "created_after = terraform_data.in.output.after", "created_before = terraform_data.in.output.before")), ConfigStateChecks: listed(ids[1:]...)})
}
