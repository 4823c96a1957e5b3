package session_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// ephemeral is a configuration of an ephemeral session with these arguments; chatbot is an expression.
func ephemeral(chatbot string, arguments ...string) string {
	return strings.Replace(session(chatbot, arguments...), "resource ", "ephemeral ", 1)
}

// echoed is the configuration of a provider that puts the ephemeral session into the state, where a test can see it.
const echoed = "provider \"echo\" {\n  data = ephemeral.aichatbothub_session.t\n}\n\nresource \"echo\" \"t\" {}\n"

// open runs the steps with the provider that echoes. What was opened must have been closed.
func (e *env) open(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	factories := acctest.Factories()
	factories["echo"] = echoprovider.NewProviderServer()
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_10_0)},
		ProtoV6ProviderFactories: factories, Steps: steps,
	})
	if left := e.Sessions(e.chatbot); len(left) > 0 {
		t.Errorf("the sessions %v were not closed", left)
	}
}

func TestEphemeral(t *testing.T) {
	t.Parallel()
	for name, quirk := range map[string]func(*mockhub.Quirks){
		"older": func(*mockhub.Quirks) {}, "newer": echo, "text, and 403": func(q *mockhub.Quirks) { q.ErrorForm, q.UnknownStatus = "text", 403 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, quirk)
			data := func(name string, v knownvalue.Check) statecheck.StateCheck {
				return statecheck.ExpectKnownValue("echo.t", tfjsonpath.New("data").AtMapKey(name), v)
			}
			id, stamp := knownvalue.StringRegexp(regexp.MustCompile(`^[0-9a-f]{32}$`)), knownvalue.StringRegexp(regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`))
			e.open(t, resource.TestStep{Config: e.Config(ephemeral(`"`+e.chatbot+`"`, gold) + echoed), ConfigStateChecks: []statecheck.StateCheck{
				data("id", id), data("created_at", stamp), data("chatbot_id", knownvalue.StringExact(e.chatbot)), data("initial_variables", texts("tier", "gold", "orders", "12")),
			}}, resource.TestStep{Config: e.Config(ephemeral(`"`+e.chatbot+`"`) + strings.ReplaceAll(echoed, `"t"`, `"plain"`)), ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("echo.plain", tfjsonpath.New("data").AtMapKey("initial_variables"), knownvalue.Null()),
			}})
			opened := e.Count(create)
			if closed := e.Count(remove); opened < 2 || opened != closed {
				t.Errorf("%d sessions were opened and %d closed", opened, closed)
			}
			for _, body := range e.Bodies(create) {
				if body != "" && acctest.NormalJSON(body) != acctest.NormalJSON(`{"initial_variables":{"tier":"gold","orders":"12"}}`) {
					t.Errorf("a session was opened with %s", body)
				}
			}
		})
	}
}

// TestEphemeralErrors: what fails when the session is opened.
func TestEphemeralErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		chatbot, arguments, want string
		fault                    mockhub.Fault
		posts                    int
	}{
		"chatbot":       {chatbot: "bot", want: `(?s)chatbot_id += .*"bot"\s+must\s+be\s+an\s+id`},
		"null variable": {arguments: `initial_variables = { tier = null }`, want: `(?s)Error: Null element.*initial_variables += `},
		"no chatbot":    {chatbot: unknownID, want: `(?s)Chatbot not found.*0{32}`, posts: 1},
		"500 twice":     {fault: mockhub.Fault{Status: 500, Times: 2}, want: `(?s)Unable to create session.*sent\s+twice`, posts: 2},
		"field":         {arguments: gold, fault: fields(`"initial_variables","tier"`, "unheard of"), want: `(?s)refused\s+initial_variables\["tier"\]\s+\(422\):\s+unheard\s+of`, posts: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			if c.fault.Status != 0 {
				c.fault.Route = create
				e.Inject(c.fault)
			}
			if c.chatbot == "" {
				c.chatbot = e.chatbot
			}
			e.open(t, resource.TestStep{Config: e.Config(ephemeral(`"`+c.chatbot+`"`, c.arguments) + echoed), PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
			if got := e.Count(create); got != c.posts {
				t.Errorf("%d creates were sent, want %d", got, c.posts)
			}
		})
	}
}

// TestEphemeralUnconfigured: without a provider there is nothing to open with. It is below the CLI.
func TestEphemeralUnconfigured(t *testing.T) {
	t.Parallel()
	s := acctest.NewServer(t)
	_, _, diags := openSession(t, s, unknownID)
	if len(diags) != 1 || diags[0].Summary != "Provider not configured yet" {
		t.Errorf("got %v, want that the provider is not configured", diags)
	}
}

// TestClose: a session that is gone is closed. One that stays is an error that names it and says how to delete it.
func TestClose(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before func(e *env, id string)
		status int
		stays  bool
	}{
		"plain":        {func(*env, string) {}, 0, false},
		"gone":         {func(e *env, id string) { e.RemoveSession(id) }, 0, false},
		"gone, 403":    {func(e *env, id string) { e.RemoveSession(id) }, 403, false},
		"chatbot gone": {func(e *env, _ string) { e.RemoveChatbot(e.chatbot) }, 400, false},
		"lost answer":  {func(e *env, _ string) { e.Inject(mockhub.Fault{Route: remove, Process: true, Drop: true}) }, 0, false},
		"refused": {func(e *env, _ string) {
			e.Inject(mockhub.Fault{Route: remove, Status: 403, Body: `{"error": "in use"}`, Times: -1})
		}, 0, true},
		"failing": {func(e *env, _ string) { e.Inject(mockhub.Fault{Route: remove, Status: 500, Times: -1}) }, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.UnknownStatus = c.status })
			s := e.Server(t)
			id, private, diags := openSession(t, s, e.chatbot)
			s.Clean(diags)
			c.before(e, id)
			resp, err := s.CloseEphemeralResource(t.Context(), &tfprotov6.CloseEphemeralResourceRequest{TypeName: "aichatbothub_session", Private: private})
			if err != nil {
				t.Fatal(err)
			}
			if _, stays := e.Session(id); stays != c.stays {
				t.Errorf("the session is there: %t, want %t", stays, c.stays)
			}
			if !c.stays {
				s.Clean(resp.Diagnostics)
				return
			}
			if len(resp.Diagnostics) != 1 {
				t.Fatalf("got %v, want one error", resp.Diagnostics)
			}
			d := resp.Diagnostics[0]
			for _, want := range []string{"Session " + id + " of chatbot " + e.chatbot, fmt.Sprintf("id = %q", e.chatbot+"/"+id), "still exists"} {
				if d.Summary != "Unable to delete session" || !strings.Contains(d.Detail, want) {
					t.Errorf("the error %q lacks %q:\n%s", d.Summary, want, d.Detail)
				}
			}
		})
	}
}

// openSession opens an ephemeral session as Terraform does. It gives the id and what the provider wants back when it is closed.
func openSession(t *testing.T, s *acctest.Server, chatbot string) (id string, private []byte, diags []*tfprotov6.Diagnostic) {
	t.Helper()
	ty := s.Schema.EphemeralResourceSchemas["aichatbothub_session"].ValueType()
	text := tftypes.String
	config, err := tfprotov6.NewDynamicValue(ty, tftypes.NewValue(ty, map[string]tftypes.Value{
		"chatbot_id": tftypes.NewValue(text, chatbot), "id": tftypes.NewValue(text, nil), "created_at": tftypes.NewValue(text, nil),
		"initial_variables": tftypes.NewValue(tftypes.Map{ElementType: text}, nil),
	}))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := s.OpenEphemeralResource(t.Context(), &tfprotov6.OpenEphemeralResourceRequest{TypeName: "aichatbothub_session", Config: &config})
	if err != nil {
		t.Fatal(err)
	}
	if len(resp.Diagnostics) > 0 {
		return "", nil, resp.Diagnostics
	}
	result, err := resp.Result.Unmarshal(ty)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]tftypes.Value{}
	if err := result.As(&values); err != nil {
		t.Fatal(err)
	}
	if err := values["id"].As(&id); err != nil {
		t.Fatal(err)
	}
	return id, resp.Private, nil
}
