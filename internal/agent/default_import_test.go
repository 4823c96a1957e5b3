package agent_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// agentsToImport are agents of one chatbot by whether they can be its default agent: they are user-facing and were created with it. What a
// user may have changed since does not matter.
func agentsToImport(t *testing.T) (h *fixture, can, cannot map[string]string) {
	t.Helper()
	h = newFixture(t)
	bot, _ := h.Chatbot(h.chatbot)
	h.EditAgent(h.agent, func(a *mockhub.Agent) { a.Name, a.UseAllSources, a.Enabled = "Renamed", false, false })
	can, cannot = map[string]string{"default": h.agent}, map[string]string{}
	add := func(to map[string]string, name string, a mockhub.Agent) {
		a.Name = name
		to[name] = h.AddAgent(h.chatbot, a)
		h.Keep(to[name])
	}
	add(can, "twin", mockhub.Agent{CreatedAt: bot.CreatedAt.Add(5 * time.Second)})
	add(cannot, "late", mockhub.Agent{CreatedAt: bot.CreatedAt.Add(6 * time.Second), UseAllSources: true})
	for _, of := range []string{"background", "human-escalation", "pre-canned", "spam-defense"} {
		add(cannot, of, mockhub.Agent{Type: of, CreatedAt: bot.CreatedAt})
	}
	return h, can, cannot
}

// notDefault fails the test unless the only diagnostic says that an agent is no default agent and names those that can be it.
func notDefault(t *testing.T, name string, diags []*tfprotov6.Diagnostic, can map[string]string) {
	t.Helper()
	if len(diags) != 1 || diags[0].Severity != tfprotov6.DiagnosticSeverityError || diags[0].Summary != "Not a default agent" {
		t.Errorf("%s: want an error that it is not a default agent, got %v", name, diags)
		return
	}
	for candidate, id := range can {
		if !strings.Contains(diags[0].Detail, id) {
			t.Errorf("%s: the candidate %s (%s) is not named: %s", name, candidate, id, diags[0].Detail)
		}
	}
}

// TestDefaultAgentImports: only an agent that can be the default agent of its chatbot is imported as one, with both forms of an import.
func TestDefaultAgentImports(t *testing.T) {
	t.Parallel()
	h, can, cannot := agentsToImport(t)
	imports := map[string]func(id string) []*tfprotov6.Diagnostic{
		"import id": func(id string) []*tfprotov6.Diagnostic { return h.s.ImportID(defaultAgent, h.chatbot+"/"+id) },
		"identity": func(id string) []*tfprotov6.Diagnostic {
			_, _, diags := h.s.Import(defaultAgent, map[string]string{"chatbot_id": h.chatbot, "id": id})
			return diags
		},
	}
	for form, load := range imports {
		for name, id := range can {
			if diags := load(id); len(diags) > 0 {
				t.Errorf("%s by %s: %s", name, form, diags[0].Detail)
			}
		}
		for name, id := range cannot {
			notDefault(t, name+" by "+form, load(id), can)
		}
	}
	for _, id := range can {
		h.RemoveAgent(id)
	}
	h.run()
	if diags := h.s.ImportID(defaultAgent, h.chatbot+"/"+cannot["late"]); len(diags) != 1 || !strings.Contains(diags[0].Detail, "None of the agents of chatbot") {
		t.Errorf("without a candidate: %v", diags)
	}
}

// moved moves the state of an object to another type, as Terraform does, and reads it. It returns the diagnostics of the first step that
// has any. edit changes the request.
func (h *fixture) moved(from, to string, state map[string]any, edit func(*tfprotov6.MoveResourceStateRequest)) (*tfprotov6.MoveResourceStateResponse, *tfprotov6.ReadResourceResponse) {
	h.Helper()
	raw, err := json.Marshal(state)
	if err != nil {
		h.Fatal(err)
	}
	req := &tfprotov6.MoveResourceStateRequest{SourceProviderAddress: "registry.terraform.io/aichatbothub/aichatbothub", SourceTypeName: from, TargetTypeName: to,
		SourceState: &tfprotov6.RawState{JSON: raw}}
	if edit != nil {
		edit(req)
	}
	unconfigured := acctest.NewServer(h) // Terraform does not configure the provider for a move
	moved, err := unconfigured.MoveResourceState(h.Context(), req)
	if err != nil {
		h.Fatal(err)
	}
	for _, d := range moved.Diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return moved, nil
		}
	}
	read, err := h.s.ReadResource(h.Context(), &tfprotov6.ReadResourceRequest{TypeName: to, CurrentState: moved.TargetState, Private: moved.TargetPrivate, CurrentIdentity: moved.TargetIdentity})
	if err != nil {
		h.Fatal(err)
	}
	return moved, read
}

// TestMovedToDefaultAgent: an agent moves under the same rule as it is imported.
func TestMovedToDefaultAgent(t *testing.T) {
	t.Parallel()
	h, can, cannot := agentsToImport(t)
	state := func(id string) map[string]any {
		a, _ := h.Agent(id)
		return map[string]any{"chatbot_id": h.chatbot, "id": id, "type": a.Type, "name": a.Name}
	}
	for name, id := range can {
		moved, read := h.moved("aichatbothub_agent", defaultAgent, state(id), nil)
		if read == nil || len(moved.Diagnostics)+len(read.Diagnostics) > 0 {
			t.Errorf("%s: %v", name, moved.Diagnostics)
		}
	}
	for name, id := range cannot {
		moved, read := h.moved("aichatbothub_agent", defaultAgent, state(id), nil)
		if read != nil {
			notDefault(t, name, read.Diagnostics, can)
		} else if name == "late" || len(moved.Diagnostics) != 1 || !strings.Contains(moved.Diagnostics[0].Detail, "is of the type "+name) {
			t.Errorf("%s: got %v", name, moved.Diagnostics)
		}
	}
	moved, _ := h.moved("aichatbothub_agent", defaultAgent, state(cannot["late"]), nil)
	config := h.s.Config(defaultAgent, acctest.Strings(map[string]string{"chatbot_id": h.chatbot}))
	plan, err := h.s.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: defaultAgent, PriorState: moved.TargetState, ProposedNewState: config, Config: config,
		PriorPrivate: moved.TargetPrivate, PriorIdentity: moved.TargetIdentity})
	if err != nil {
		t.Fatal(err)
	}
	notDefault(t, "without refresh", plan.Diagnostics, can)
}

// TestMovesRefused: what another provider, type or version has written does not move.
func TestMovesRefused(t *testing.T) {
	t.Parallel()
	h := newFixture(t)
	for to, from := range map[string]string{defaultAgent: "aichatbothub_agent", "aichatbothub_agent": defaultAgent} {
		for name, c := range map[string]struct {
			edit func(*tfprotov6.MoveResourceStateRequest)
			want string
		}{
			"provider": {func(r *tfprotov6.MoveResourceStateRequest) {
				r.SourceProviderAddress = "registry.terraform.io/hashicorp/random"
			}, "Unable to Move Resource State"},
			"type":             {func(r *tfprotov6.MoveResourceStateRequest) { r.SourceTypeName = "aichatbothub_chatbot" }, "Unable to Move Resource State"},
			"version":          {func(r *tfprotov6.MoveResourceStateRequest) { r.SourceSchemaVersion = 1 }, "Unable to move agent"},
			"identity version": {func(r *tfprotov6.MoveResourceStateRequest) { r.SourceIdentitySchemaVersion = 1 }, "Unable to move agent"},
			"state":            {func(r *tfprotov6.MoveResourceStateRequest) { r.SourceState.JSON = []byte(`{"name":7}`) }, "Unable to move agent"},
			"no ids": {func(r *tfprotov6.MoveResourceStateRequest) {
				r.SourceState.JSON = []byte(`{"name":"A","type":"user-facing"}`)
			}, "Unable to move agent"},
		} {
			moved, _ := h.moved(from, to, map[string]any{"chatbot_id": h.chatbot, "id": h.agent, "type": "user-facing"}, c.edit)
			if len(moved.Diagnostics) != 1 || moved.Diagnostics[0].Summary != c.want || moved.TargetState != nil {
				t.Errorf("%s to %s: got %v and %v, want %s", name, to, moved.Diagnostics, moved.TargetState, c.want)
			}
		}
	}
	if n := h.Count(""); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// TestMovedFromDefaultAgent: the other way warns that a destroy deletes the agent. Moved back, the agent gets its settings from before.
func TestMovedFromDefaultAgent(t *testing.T) {
	t.Parallel()
	h := newFixture(t)
	o := h.s.Object(defaultAgent)
	h.must(o, h.settings(map[string]string{"prompt": "Mine"}))
	state := map[string]any{"chatbot_id": h.chatbot, "id": h.agent, "name": "General Q&A", "type": "user-facing"}
	moved, read := h.moved(defaultAgent, "aichatbothub_agent", state, func(r *tfprotov6.MoveResourceStateRequest) { r.SourcePrivate = o.Private() })
	if len(moved.Diagnostics) != 1 || !strings.Contains(moved.Diagnostics[0].Summary, "will delete it") || len(read.Diagnostics) > 0 {
		t.Fatalf("got %v and %v", moved.Diagnostics, read)
	}
	back, read := h.moved("aichatbothub_agent", defaultAgent, state, func(r *tfprotov6.MoveResourceStateRequest) { r.SourcePrivate = read.Private })
	if len(back.Diagnostics)+len(read.Diagnostics) > 0 {
		t.Fatalf("got %v and %v", back.Diagnostics, read.Diagnostics)
	}
	h.run()
	null, err := tfprotov6.NewDynamicValue(o.State.Type(), tftypes.NewValue(o.State.Type(), nil))
	if err != nil {
		t.Fatal(err)
	}
	gone, err := h.s.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{TypeName: defaultAgent, PriorState: read.NewState, PlannedState: &null, Config: &null, PlannedPrivate: read.Private})
	if err != nil || len(gone.Diagnostics) > 0 {
		t.Fatal(err, gone)
	}
	h.has(originalPrompt)
}

// TestMovedThroughCLI moves an imported agent to a default agent and back, with empty plans, and destroys a default agent that was moved.
func TestMovedThroughCLI(t *testing.T) {
	t.Parallel()
	h := newFixture(t)
	h.ThroughCLI()
	at := fmt.Sprintf("chatbot_id = %q\n  name = \"General Q&A\"\n  ", h.chatbot)
	asAgent := "resource \"aichatbothub_agent\" \"t\" {\n  " + at + "type = \"user-facing\"\n}\n"
	asDefault := "resource \"aichatbothub_default_agent\" \"t\" {\n  " + at + "\n}\n"
	move := func(from, to string) string {
		return fmt.Sprintf("moved {\n  from = aichatbothub_%s.t\n  to   = aichatbothub_%s.t\n}\n", from, to)
	}
	noop := func(at string) resource.ConfigPlanChecks {
		return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(at, plancheck.ResourceActionNoop)}}
	}
	late := h.AddAgent(h.chatbot, mockhub.Agent{Name: "General Q&A"})
	h.Keep(late)
	imported := func(id string) string {
		return fmt.Sprintf("import {\n  to = aichatbothub_agent.t\n  id = \"%s/%s\"\n}\n", h.chatbot, id)
	}
	h.Test(t,
		resource.TestStep{Config: h.Config(asAgent + imported(h.agent)), ConfigPlanChecks: noop("aichatbothub_agent.t")},
		resource.TestStep{Config: h.Config(asDefault + move("agent", "default_agent")), ConfigPlanChecks: noop("aichatbothub_default_agent.t")},
		resource.TestStep{Config: h.Config(asAgent + move("default_agent", "agent")), ConfigPlanChecks: noop("aichatbothub_agent.t")},
		resource.TestStep{Config: h.Config(asDefault + move("agent", "default_agent")), ConfigPlanChecks: noop("aichatbothub_default_agent.t")},
		resource.TestStep{Config: h.Config(asDefault + strings.ReplaceAll(imported(late), "_agent.t", "_default_agent.u") + strings.ReplaceAll(asDefault, `"t"`, `"u"`)),
			ExpectError: regexp.MustCompile(`Not a default agent`)},
		resource.TestStep{Config: h.Config(asDefault)},
	)
}
