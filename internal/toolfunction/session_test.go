package toolfunction_test

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

const typeName = "aichatbothub_tool_function"

// session is one tool function below the CLI, where diagnostics come without the configuration's lines, and private state is seen.
type session struct {
	*env
	t       *testing.T
	server  *acctest.Server
	state   *tfprotov6.DynamicValue
	id      *tfprotov6.ResourceIdentityData
	private []byte
}

func (e *env) session(t *testing.T) *session {
	t.Helper()
	s := &session{env: e, t: t, server: e.Server(t)}
	s.state = s.dynamic(tftypes.NewValue(s.ty(), nil))
	return s
}

func (s *session) ty() tftypes.Type { return s.server.Schema.ResourceSchemas[typeName].ValueType() }

func (s *session) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *session) dynamic(v tftypes.Value) *tfprotov6.DynamicValue {
	s.t.Helper()
	dv, err := tfprotov6.NewDynamicValue(s.ty(), v)
	s.must(err)
	return &dv
}

// attributes opens a state or a plan; nil for a null one.
func (s *session) attributes(dv *tfprotov6.DynamicValue) map[string]tftypes.Value {
	s.t.Helper()
	v, err := dv.Unmarshal(s.ty())
	s.must(err)
	var out map[string]tftypes.Value
	s.must(v.As(&out))
	return out
}

// arguments are what every configuration here has, and more.
func (s *session) arguments(more map[string]tftypes.Value) map[string]tftypes.Value {
	all := acctest.Strings(map[string]string{"chatbot_id": s.chatbot, "agent_id": s.agent, "name": "find_order", "description": "Finds an order.", "url": "https://api.example.com"})
	maps.Copy(all, more)
	return all
}

// strMap is a map of strings: names and values in turns.
func strMap(pairs ...string) tftypes.Value {
	values := map[string]tftypes.Value{}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = tftypes.NewValue(tftypes.String, pairs[i+1])
	}
	return tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, values)
}

// plan plans as Terraform does: the proposed state is the configuration with prior computed values and without write-only ones.
func (s *session) plan(arguments map[string]tftypes.Value) (*tfprotov6.DynamicValue, *tfprotov6.PlanResourceChangeResponse) {
	s.t.Helper()
	config := s.server.Config(typeName, arguments)
	proposed, prior := s.attributes(config), s.attributes(s.state)
	for _, a := range s.server.Schema.ResourceSchemas[typeName].Block.Attributes {
		if a.WriteOnly {
			proposed[a.Name] = tftypes.NewValue(a.Type, nil)
		} else if v, ok := prior[a.Name]; ok && a.Computed && proposed[a.Name].IsNull() {
			proposed[a.Name] = v
		}
	}
	resp, err := s.server.PlanResourceChange(s.t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: typeName, Config: config, PriorState: s.state,
		ProposedNewState: s.dynamic(tftypes.NewValue(s.ty(), proposed)), PriorPrivate: s.private, PriorIdentity: s.id})
	s.must(err)
	return config, resp
}

// apply plans and applies. It gives the diagnostics of both.
func (s *session) apply(arguments map[string]tftypes.Value) []*tfprotov6.Diagnostic {
	s.t.Helper()
	config, plan := s.plan(arguments)
	resp, err := s.server.ApplyResourceChange(s.t.Context(), &tfprotov6.ApplyResourceChangeRequest{TypeName: typeName, Config: config, PriorState: s.state,
		PlannedState: plan.PlannedState, PlannedPrivate: plan.PlannedPrivate, PlannedIdentity: s.id})
	s.must(err)
	s.state, s.private, s.id = resp.NewState, resp.Private, resp.NewIdentity
	return append(plan.Diagnostics, resp.Diagnostics...)
}

func (s *session) refresh() {
	s.t.Helper()
	resp, err := s.server.ReadResource(s.t.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: s.state, Private: s.private, CurrentIdentity: s.id})
	s.must(err)
	s.server.Clean(resp.Diagnostics)
	s.state, s.private, s.id = resp.NewState, resp.Private, resp.NewIdentity
}
