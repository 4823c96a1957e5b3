package toolfunction_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func texts(diags []*tfprotov6.Diagnostic) string {
	var lines []string
	for _, d := range diags {
		lines = append(lines, fmt.Sprintf("%s %s: %s: %s", d.Severity, d.Attribute, d.Summary, d.Detail))
	}
	return strings.Join(lines, "\n")
}

// TestEchoedSecrets: a service that repeats the request in its error, in whatever encoding, does not make a secret show.
func TestEchoedSecrets(t *testing.T) {
	t.Parallel()
	quoted, _ := json.Marshal(secret1)
	for name, body := range map[string]string{
		"raw":    `cannot use ` + secret1,
		"json":   `{"error": "bad request: {\"Authorization\": ` + strings.ReplaceAll(strings.Trim(string(quoted), `"`), `\`, `\\`) + `}"}`,
		"rest":   `{"error": "bad token ` + strings.TrimPrefix(secret1, "Bearer ") + `"}`,
		"base64": `{"error": "` + base64.StdEncoding.EncodeToString([]byte(secret1)) + `"}`,
		"field":  `[{"loc":["headers","Authorization"],"msg":"bad value ` + secret1 + `","type":"value_error"}]`,
		"other":  `{"error": "cannot use hidden-c4nary"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t).session(t)
			refuse := func(route, text string) {
				s.Inject(mockhub.Fault{Route: route, Status: 422, Body: text})
			}
			expect := func(diags []*tfprotov6.Diagnostic) {
				t.Helper()
				if got := texts(diags); !strings.Contains(got, "(sensitive value)") || !strings.Contains(got, "Unable to") || canary.MatchString(got) {
					t.Errorf("want an error without secrets, got %s", got)
				}
			}
			secretive := s.arguments(map[string]tftypes.Value{"headers": strMap("X-Shop", "north"), "secret_headers_wo": strMap("Authorization", secret1, "X-Key", "hidden-c4nary")})
			refuse(create, body)
			expect(s.apply(secretive))
			s.server.Clean(s.apply(secretive))
			secretive["method"] = tftypes.NewValue(tftypes.String, "PUT")
			refuse(update, body)
			expect(s.apply(secretive))
			if name == "raw" { // read from the service, sent along, and echoed
				refuse(update, body)
				expect(s.apply(s.arguments(map[string]tftypes.Value{"headers": strMap("X-Shop", "south")})))
			}
		})
	}
}

// TestSecretsInOtherErrors: a secret header is hidden in the errors of all other objects too, once this process was given it: in a create, in a plan
// that sends nothing, and in a read. An error of a process that does not know it cannot hide it.
func TestSecretsInOtherErrors(t *testing.T) {
	t.Parallel()
	s := start(t).session(t)
	other := func() string {
		t.Helper()
		s.Inject(mockhub.Fault{Route: "POST /chatbot/create", Status: 422, Body: `{"error": "no room next to ` + url.QueryEscape(strings.TrimPrefix(secret1, "Bearer ")) + ` and hidden-c4nary"}`})
		diags := s.server.Create("aichatbothub_chatbot", acctest.Strings(map[string]string{"name": "Other"}), func() {})
		return texts(diags)
	}
	hidden := func(after string) {
		t.Helper()
		if got := other(); !strings.Contains(got, "no room next to (sensitive value) and (sensitive value)") || canary.MatchString(got) {
			t.Errorf("after %s: %s", after, got)
		}
	}
	another := func() { s.server = s.Server(t) }
	secretive := s.arguments(map[string]tftypes.Value{"secret_headers_wo": strMap("Authorization", secret1, "X-Key", "hidden-c4nary", "X-Short", "1", "Accept", "application/json")})

	s.server.Clean(s.apply(secretive))
	hidden("a create")
	another()
	if got := other(); !canary.MatchString(got) {
		t.Fatalf("the service does not repeat the secrets: %s", got)
	}
	_, plan := s.plan(secretive)
	s.server.Clean(plan.Diagnostics)
	hidden("a plan")
	another()
	read, err := s.server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: s.state, Private: s.private, CurrentIdentity: s.id})
	s.must(err)
	s.server.Clean(read.Diagnostics)
	hidden("a read")
	s.Inject(mockhub.Fault{Route: "POST /chatbot/create", Status: 422, Body: `{"error": "1 of 10 values is not application/json"}`})
	if got := texts(s.server.Create("aichatbothub_chatbot", acctest.Strings(map[string]string{"name": "Other"}), func() {})); !strings.Contains(got, "1 of 10 values is not application/json") {
		t.Errorf("short and common values are hidden: %s", got)
	}
}

// TestRefusedSecret: a 422 that names a secret header stands at secret_headers_wo.
func TestRefusedSecret(t *testing.T) {
	t.Parallel()
	s := start(t).session(t)
	for name, want := range map[string]string{"authorization": "secret_headers_wo", "X-Shop": "headers"} {
		s.Inject(mockhub.Fault{Route: create, Status: 422, Body: `[{"loc":["body","headers","` + name + `"],"msg":"not allowed","type":"value_error"}]`})
		diags := s.apply(s.arguments(map[string]tftypes.Value{"headers": strMap("X-Shop", "north"), "secret_headers_wo": strMap("Authorization", secret1)}))
		if len(diags) != 1 || diags[0].Attribute.String() != `AttributeName("`+want+`")` || !strings.Contains(diags[0].Detail, "not allowed") {
			t.Errorf("%s: got %s", name, texts(diags))
		}
	}
}

// TestWarnings: the plan's warning names headers and why, and no value.
func TestWarnings(t *testing.T) {
	t.Parallel()
	s := start(t).session(t)
	with := func(pairs ...string) map[string]tftypes.Value {
		return s.arguments(map[string]tftypes.Value{"secret_headers_wo": strMap(pairs...)})
	}
	expect := func(arguments map[string]tftypes.Value, want ...string) {
		t.Helper()
		_, plan := s.plan(arguments)
		got := texts(plan.Diagnostics)
		if canary.MatchString(got) || len(plan.Diagnostics) != min(1, len(want)) {
			t.Errorf("want one warning without values, got %s", got)
		}
		for _, line := range want {
			if !strings.Contains(got, "\n  "+line) {
				t.Errorf("the warning lacks %q: %s", line, got)
			}
		}
		if strings.Count(got, "\n  ") != len(want) {
			t.Errorf("the warning says more than %q: %s", want, got)
		}
		planned := s.attributes(plan.PlannedState)
		if !planned["secret_headers_wo"].IsNull() || planned["modified_at"].IsKnown() == (len(want) > 0) {
			t.Errorf("planned %v", planned)
		}
	}
	s.server.Clean(s.apply(with("Authorization", secret1, "X-Tenant", "c4nary")))
	expect(with("Authorization", secret1, "X-Tenant", "c4nary"))
	expect(with("authorization", secret2, "X-Key", "c4nary"), "authorization: the configuration has another value", "X-Key: not sent yet", "x-tenant: not in the configuration any more")
	expect(s.arguments(nil)) // left out: nothing is managed

	s.EditFunction(s.only(t).UUID, func(f *mockhub.Function) {
		f.Headers = map[string]string{"authorization": secret2, "Cookie": "c4nary", "Set token\x1b[2J": "c4nary"}
	})
	s.refresh()
	expect(with("Authorization", secret1, "X-Tenant", "c4nary"), "Authorization: the service has another value", "X-Tenant: missing at the service",
		"cookie: the service has it and the configuration does not", `"set token\x1b[2j": the service has it`)
	expect(s.arguments(nil))

	unknown := tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	mapOf := tftypes.Map{ElementType: tftypes.String}
	if diags := s.apply(with("Authorization", secret1, "X-Tenant", "c4nary")); len(diags) != 1 {
		t.Errorf("want one warning of the plan, got %s", texts(diags))
	}
	s.refresh()
	expect(s.arguments(map[string]tftypes.Value{"secret_headers_wo": tftypes.NewValue(mapOf, tftypes.UnknownValue)}))
	expect(s.arguments(map[string]tftypes.Value{"secret_headers_wo": tftypes.NewValue(mapOf, map[string]tftypes.Value{"Authorization": unknown, "X-Tenant": unknown})}))
	expect(s.arguments(map[string]tftypes.Value{"secret_headers_wo": tftypes.NewValue(mapOf, map[string]tftypes.Value{"Authorization": unknown, "X-Tenant": tftypes.NewValue(tftypes.String, "new")})}),
		"X-Tenant: the configuration has another value")
}

// TestShownAndForgotten: a secret header that became visible and was then removed is no longer secret.
func TestShownAndForgotten(t *testing.T) {
	t.Parallel()
	s := start(t).session(t)
	s.server.Clean(s.apply(s.arguments(map[string]tftypes.Value{"secret_headers_wo": strMap("Authorization", secret1, "X-Tenant", "c4nary")})))
	s.server.Clean(s.apply(s.arguments(map[string]tftypes.Value{"headers": strMap("x-tenant", "open")})))
	s.server.Clean(s.apply(s.arguments(nil)))
	s.refresh()
	_, plan := s.plan(s.arguments(map[string]tftypes.Value{"secret_headers_wo": strMap("Authorization", secret1)}))
	s.server.Clean(plan.Diagnostics)
}

// TestPrivateState: it holds slow, salted hashes: no secret, and nothing that equal secrets have in common.
func TestPrivateState(t *testing.T) {
	t.Parallel()
	e := start(t)
	var salts []string
	for range 2 {
		s := e.session(t)
		s.server.Clean(s.apply(s.arguments(map[string]tftypes.Value{"secret_headers_wo": strMap("Authorization", "c4nary", "X-Tenant", "c4nary")})))
		private := map[string][]byte{}
		s.must(json.Unmarshal(s.private, &private))
		var record struct {
			Salt       []byte
			Iterations int
			Hashes     map[string][]byte
		}
		s.must(json.Unmarshal(private["secret_headers"], &record))
		a, b := record.Hashes["authorization"], record.Hashes["x-tenant"]
		if canary.Match(s.private) || canary.Match(private["secret_headers"]) || len(record.Salt) < 16 || record.Iterations < 100_000 || len(a) != 32 || len(b) != 32 || bytes.Equal(a, b) {
			t.Errorf("private state %s", private)
		}
		salts = append(salts, string(record.Salt), string(a))
	}
	if salts[0] == salts[2] || salts[1] == salts[3] {
		t.Error("two tool functions share a salt")
	}
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	e := start(t)
	id := e.AddFunction(e.agent, mockhub.Function{Name: "find_order", Headers: map[string]string{"X-Shop": "north", "Authorization": secret1, "X-Monkey": "c4nary"}})
	s := e.Server(t)
	parts := map[string]string{"chatbot_id": e.chatbot, "agent_id": e.agent, "id": id}
	state, identity, diags := s.Import(typeName, parts)
	s.Clean(diags)
	for name, want := range acctest.Strings(parts) {
		if !state[name].Equal(want) || !identity[name].Equal(want) {
			t.Errorf("%s: state %s, identity %s, want %s", name, state[name], identity[name], want)
		}
	}
	if !state["headers"].Equal(strMap("X-Shop", "north")) || canary.MatchString(fmt.Sprint(state)) {
		t.Errorf("the state has %v", state)
	}
	parts["id"] = strings.Repeat("0", 32)
	if state, _, diags := s.Import(typeName, parts); state != nil || len(diags) != 1 || diags[0].Summary != "Nothing to import" {
		t.Errorf("a tool function that is not there: state %v, diagnostics %v, want an error", state, diags)
	}
	parts["agent_id"] = "Orders"
	if _, _, diags := s.Import(typeName, parts); len(diags) != 1 || !strings.Contains(diags[0].Detail, "agent_id") {
		t.Errorf("want an error that names agent_id, got %v", diags)
	}
}
