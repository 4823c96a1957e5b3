package provider_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// stage is a service with one object of every noun, and a provider that can be made to panic.
type stage struct {
	*testing.T
	*acctest.Env
	*acctest.Server
	boom   *boom
	before func()            // called between plan and apply, if not nil
	ids    map[string]string // values of attributes
	seeded []string          // the objects of the service at the beginning
}

func newStage(t *testing.T) *stage {
	t.Helper()
	e := acctest.Start(t)
	bot := e.SeedChatbot()
	agent := e.AddAgent(bot, mockhub.Agent{})
	session := e.AddSession(bot, mockhub.Session{})
	s := &stage{T: t, Env: e, boom: &boom{}, ids: map[string]string{"aichatbothub_chatbot": bot, "aichatbothub_agent": agent, "aichatbothub_session": session,
		"chatbot_id": bot, "agent_id": agent, "session_id": session}}
	for _, n := range acctest.Nouns {
		if s.ids[acctest.Prefix+n.Type] == "" && n.Parts == nil {
			s.ids[acctest.Prefix+n.Type] = acctest.LastID(n.Add(e, bot))
		}
	}
	e.AddFunction(agent, mockhub.Function{})
	e.AddMessage(session, mockhub.Message{})
	s.seeded = s.there()
	s.Server = e.Server(t, s.boom.option)
	return s
}

// each calls do on a new stage with a panic in its first request, then in its second, and so on for all its requests.
func each(t *testing.T, do func(s *stage) (check func())) {
	t.Helper()
	for after := 0; ; after++ {
		s := newStage(t)
		s.boom.left = after
		check := do(s)
		if !s.boom.disarm() {
			if after == 0 {
				t.Error("it sent nothing, so there was nothing to panic in")
			}
			return
		}
		check()
		if t.Failed() {
			t.Fatalf("with a panic after the answer of request %d", after+1)
		}
	}
}

func (s *stage) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// reported fails the test unless there is an error that asks for a report.
func (s *stage) reported(diags []*tfprotov6.Diagnostic) {
	s.Helper()
	for _, d := range diags {
		if d.Severity == tfprotov6.DiagnosticSeverityError && strings.Contains(d.Detail, "boom") && strings.Contains(strings.ToLower(d.Detail), "please report") {
			return
		}
	}
	s.Errorf("no error asks for a report: %s", words(diags))
}

func words(diags []*tfprotov6.Diagnostic) string {
	var all []string
	for _, d := range diags {
		all = append(all, fmt.Sprintf("%s: %s: %s", d.Severity, d.Summary, d.Detail))
	}
	return strings.Join(all, "\n")
}

// value returns a value of a configuration. For nil it is the id that the attribute needs.
func (s *stage) value(typeName, name string, v any) tftypes.Value {
	s.Helper()
	for _, a := range s.Schema.ResourceSchemas[typeName].Block.Attributes {
		if a.Name == name {
			return s.configured(a.ValueType(), name, v)
		}
	}
	s.Fatalf("%s has no %s", typeName, name)
	return tftypes.Value{}
}

// apply plans and applies a configuration over a prior state, as Terraform does; a nil configuration deletes. The panic comes in the apply.
func (s *stage) apply(typeName string, prior *tfprotov6.DynamicValue, config map[string]any, private []byte, panics bool) *tfprotov6.ApplyResourceChangeResponse {
	s.Helper()
	ty := s.Schema.ResourceSchemas[typeName].ValueType()
	null, err := tfprotov6.NewDynamicValue(ty, tftypes.NewValue(ty, nil))
	s.must(err)
	if prior == nil {
		prior = &null
	}
	req := &tfprotov6.ApplyResourceChangeRequest{TypeName: typeName, PriorState: prior, PlannedState: &null, Config: &null, PlannedPrivate: private}
	if config != nil {
		written, proposed := map[string]tftypes.Value{}, map[string]tftypes.Value{}
		if was, err := prior.Unmarshal(ty); err == nil && !was.IsNull() {
			s.must(was.As(&proposed))
		}
		for name, v := range config {
			written[name] = s.value(typeName, name, v)
			proposed[name] = written[name]
		}
		req.Config = s.Server.Config(typeName, written)
		plan, err := s.PlanResourceChange(s.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: typeName, PriorState: prior,
			ProposedNewState: s.Server.Config(typeName, proposed), Config: req.Config, PriorPrivate: private})
		s.must(err)
		s.Clean(plan.Diagnostics)
		req.PlannedState, req.PlannedPrivate = plan.PlannedState, plan.PlannedPrivate
	}
	if panics {
		s.boom.arm(s.boom.left)
	}
	if s.before != nil {
		s.before()
	}
	resp, err := s.ApplyResourceChange(s.Context(), req)
	s.must(err)
	return resp
}

// id returns the id in a state; "" if there is none.
func (s *stage) id(typeName string, state *tfprotov6.DynamicValue) string {
	s.Helper()
	v, err := state.Unmarshal(s.Schema.ResourceSchemas[typeName].ValueType())
	s.must(err)
	var object map[string]tftypes.Value
	if v.IsNull() || !v.IsKnown() {
		return ""
	}
	s.must(v.As(&object))
	id := ""
	if object["id"].IsKnown() {
		s.must(object["id"].As(&id))
	}
	return id
}

// continues fails the test unless the next apply leaves the parts that the configuration has, and no others.
func (s *stage) continues(n acctest.Noun, last *tfprotov6.ApplyResourceChangeResponse, config map[string]any) {
	s.Helper()
	typeName := acctest.Prefix + n.Type
	s.boom.disarm()
	s.must(s.NewRun(s.Env))
	read, err := s.ReadResource(s.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: last.NewState, Private: last.Private})
	s.must(err)
	s.Clean(read.Diagnostics)
	resp := s.apply(typeName, read.NewState, config, read.Private, false)
	s.Clean(resp.Diagnostics)
	parts := s.parts(typeName, n.Parts.Attribute, resp.NewState)
	there := slices.DeleteFunc(s.there(), func(id string) bool { return s.AllIDs()[id] != n.Parts.Type || slices.Contains(s.seeded, id) })
	if slices.Sort(there); !slices.Equal(there, parts) {
		s.Errorf("the next apply leaves %v, and the state has %v", there, parts)
	}
}

// parts returns the ids in an attribute of a state, in order.
func (s *stage) parts(typeName, attribute string, state *tfprotov6.DynamicValue) []string {
	s.Helper()
	v, err := state.Unmarshal(s.Schema.ResourceSchemas[typeName].ValueType())
	s.must(err)
	var object, ids map[string]tftypes.Value
	if v.IsNull() {
		return nil
	}
	s.must(v.As(&object))
	s.must(object[attribute].As(&ids))
	var all []string
	for _, v := range ids {
		var id string
		s.must(v.As(&id))
		all = append(all, id)
	}
	slices.Sort(all)
	return all
}

// there returns the ids of all objects of the service.
func (s *stage) there() []string { return slices.Collect(maps.Keys(s.AllIDs())) }

// owns fails the test unless the state has the one new object, or there is no new object.
func (s *stage) owns(typeName string, resp *tfprotov6.ApplyResourceChangeResponse, before []string) {
	s.Helper()
	id := s.id(typeName, resp.NewState)
	made := slices.DeleteFunc(s.there(), func(o string) bool { return slices.Contains(before, o) })
	if typeName == "aichatbothub_chatbot" && len(made) == 2 { // an agent comes with it
		made = slices.DeleteFunc(made, func(o string) bool { return s.AllIDs()[o] != "chatbot" })
	}
	if typeName == "aichatbothub_default_agent" {
		return // it creates no object
	}
	if n, _ := acctest.NounOf(typeName); n.Parts != nil {
		parts := s.parts(typeName, n.Parts.Attribute, resp.NewState)
		made = slices.DeleteFunc(made, func(o string) bool { return s.AllIDs()[o] != n.Parts.Type })
		if slices.Sort(made); !slices.Equal(made, parts) {
			s.Errorf("%v were made, and the state has %v", made, parts)
		}
		return
	}
	if len(made) == 0 && id == "" {
		s.reported(resp.Diagnostics)
		return
	}
	if len(made) != 1 || made[0] != id {
		s.Errorf("%v was made, and the state has %q", made, id)
	}
}

// inputs returns the configuration of a data source, an ephemeral resource or an action.
func (s *stage) inputs(typeName string, of *tfprotov6.Schema) *tfprotov6.DynamicValue {
	s.Helper()
	return s.dynamicValue(of, s.inputValues(typeName, of))
}

// inputValues returns the values of a configuration of a data source, an ephemeral resource or an action.
func (s *stage) inputValues(typeName string, of *tfprotov6.Schema) map[string]tftypes.Value {
	s.Helper()
	values := map[string]tftypes.Value{}
	for _, a := range of.Block.Attributes {
		switch {
		case a.Name == "id" && (a.Required || a.Optional):
			values[a.Name] = tftypes.NewValue(tftypes.String, s.ids[typeName])
		case a.Required:
			values[a.Name] = tftypes.NewValue(tftypes.String, s.ids[a.Name])
		default:
			values[a.Name] = tftypes.NewValue(a.ValueType(), nil)
		}
	}
	return values
}

// dynamicValue returns a configuration. Attributes that values does not have are null.
func (s *stage) dynamicValue(of *tfprotov6.Schema, values map[string]tftypes.Value) *tfprotov6.DynamicValue {
	s.Helper()
	values = maps.Clone(values)
	for _, a := range of.Block.Attributes {
		if _, is := values[a.Name]; !is {
			values[a.Name] = tftypes.NewValue(a.ValueType(), nil)
		}
	}
	dv, err := tfprotov6.NewDynamicValue(of.ValueType(), tftypes.NewValue(of.ValueType(), values))
	s.must(err)
	return &dv
}
