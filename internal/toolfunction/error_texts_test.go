package toolfunction_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestSecretsInHeaders: a visible header that looks like a credential is a warning that names it, never its value.
func TestSecretsInHeaders(t *testing.T) {
	t.Parallel()
	s := start(t).session(t)
	unknown := tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{"authorization": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)})
	for name, c := range map[string]struct {
		headers tftypes.Value
		want    string
	}{
		"authorization":  {strMap("Authorization", "c4nary", "X-Shop", "north"), "look like secrets: Authorization."},
		"other names":    {strMap("x-api-key", "c4nary", "COOKIE", "c4nary", "X-Auth-Token", "c4nary"), "look like secrets: COOKIE, X-Auth-Token, x-api-key."},
		"an unknown one": {unknown, "look like secrets: authorization."},
		"by its value":   {strMap("X-Shop", "Bearer c4nary", "X-User", "basic c4nary"), "look like secrets: X-Shop, X-User."},
		"words of names": {strMap("X-Auth", "c4nary", "X-JWT", "c4nary", "X-Author", "north"), "look like secrets: X-Auth, X-JWT."},
		"none":           {strMap("X-Shop", "north", "Accept", "application/json"), ""},
	} {
		resp, err := s.server.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: typeName,
			Config: s.server.Config(typeName, s.arguments(map[string]tftypes.Value{"headers": c.headers}))})
		s.must(err)
		got := texts(resp.Diagnostics)
		if c.want == "" && got != "" || !strings.Contains(got, c.want) || c.want != "" && (!strings.HasPrefix(got, "WARNING") || !strings.Contains(got, "secret_headers_wo")) || canary.MatchString(got) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestSameName: two tool functions of one agent with one name are a warning in the plan, and nothing else is.
func TestSameName(t *testing.T) {
	t.Parallel()
	const warning = "Duplicate tool function name"
	e := start(t)
	run := e.session(t)
	other := *run // a resource of the same run
	plan := func(s *session, name, agent string) string {
		t.Helper()
		arguments := s.arguments(map[string]tftypes.Value{"name": tftypes.NewValue(tftypes.String, name), "agent_id": tftypes.NewValue(tftypes.String, agent)})
		_, planned := s.plan(arguments)
		return texts(planned.Diagnostics)
	}
	second := e.AddAgent(e.chatbot, mockhub.Agent{Name: "Parcels"})
	for _, step := range []struct {
		what, got string
		warns     bool
	}{
		{"the first", plan(run, "find", e.agent), false},
		{"of another agent", plan(&other, "find", second), false},
		{"another name", plan(&other, "look", e.agent), false},
		{"the same", plan(&other, "find", e.agent), true},
	} {
		if strings.Contains(step.got, warning) != step.warns || step.got != "" && !step.warns {
			t.Errorf("%s: %q", step.what, step.got)
		}
	}

	// An existing one is planned twice by a replacement: as it is, and as a create with the private state of the first plan.
	run = e.session(t)
	run.server.Clean(run.apply(run.arguments(nil)))
	run.server = e.Server(t)
	_, first := run.plan(run.arguments(nil))
	replaced := *run
	replaced.state, replaced.private = run.dynamic(tftypes.NewValue(run.ty(), nil)), first.PlannedPrivate
	if got := texts(first.Diagnostics) + plan(&replaced, "find_order", e.agent); got != "" {
		t.Errorf("a replacement: %s", got)
	}
	other = *run
	other.state, other.private = replaced.state, nil
	if got := plan(&other, "find_order", e.agent); !strings.Contains(got, warning) || !strings.Contains(got, `"find_order" for agent `+e.agent) {
		t.Errorf("a new one beside an existing one: %q", got)
	}
}

// TestSameNameThroughTerraform: a real plan of a replacement has no warning about names, and one with two of a name has one.
func TestSameNameThroughTerraform(t *testing.T) {
	t.Parallel()
	e := start(t)
	c := acctest.NewTerminal(t, e.Env)
	configure := func(names ...string) {
		t.Helper()
		text := "terraform {\n  required_providers {\n    aichatbothub = { source = \"aichatbothub/aichatbothub\" }\n  }\n}\n"
		for _, name := range names {
			text += fmt.Sprintf("resource \"aichatbothub_tool_function\" %q {\n  chatbot_id = %q\n  agent_id = %q\n  %s\n}\n", name, e.chatbot, e.agent, strings.Join(with(required), "\n  "))
		}
		if err := os.WriteFile(filepath.Join(c.Dir, "main.tf"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	plan := func(want int, args ...string) {
		t.Helper()
		c.Output.Reset()
		c.Must(append([]string{"plan", "-no-color"}, args...)...)
		if got := strings.Count(c.Output.String(), "Warning: Duplicate tool function name"); got != want {
			t.Errorf("plan %v has %d warnings, want %d:\n%s", args, got, want, &c.Output)
		}
	}
	configure("one")
	c.Must("init")
	c.Must("apply", "-auto-approve")
	plan(0)
	plan(0, "-replace=aichatbothub_tool_function.one")
	configure("two") // the address has changed: the old one is destroyed
	plan(0)
	configure("one", "two")
	plan(1)
	c.Must("destroy", "-auto-approve")
}

// TestParametersFromAFile: a byte order mark at the beginning of JSON is ignored, and no diff.
func TestParametersFromAFile(t *testing.T) {
	t.Parallel()
	e := start(t)
	const parameters = `{"type":"object","properties":{"order":{"type":"string"}}}`
	e.Test(t, resource.TestStep{Config: e.config(with(required, "parameters", fmt.Sprintf("%q", "\ufeff"+parameters))...)}, e.importOKBut(t, "parameters"),
		resource.TestStep{Config: e.config(with(required, "parameters", fmt.Sprintf("%q", parameters))...), ConfigPlanChecks: noop})
	if got := e.Bodies(create); len(got) != 1 || !strings.Contains(got[0], parameters) {
		t.Errorf("%q", got)
	}
}

// TestInvalidParameters: the error says where the JSON is wrong.
func TestInvalidParameters(t *testing.T) {
	t.Parallel()
	e := start(t)
	for text, want := range map[string]string{
		`{"a": 1,\n "é": c4nary}`: `line\s+2,\s+column\s+7:\s+invalid\s+character`,
		`{"a": 1`:                 `line\s+1,\s+column\s+7:\s+unexpected\s+end`,
		``:                        `line\s+1,\s+column\s+1:\s+unexpected\s+end`,
		`{} {}`:                   `line\s+1,\s+column\s+4:\s+invalid\s+character`,
	} {
		e.Test(t, resource.TestStep{Config: e.config(with(required, "parameters", `"`+strings.ReplaceAll(text, `"`, `\"`)+`"`)...), PlanOnly: true, ExpectError: regexp.MustCompile(`(?s)Invalid JSON.*` + want)})
	}
}
