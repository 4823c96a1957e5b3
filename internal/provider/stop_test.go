package provider_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

// TestCallsAfterStop: Terraform can send a call at the moment in which it stops the provider. The call ends at once, sends no request and
// keeps the state. faults.TestInterrupts shows that the next run works.
func TestCallsAfterStop(t *testing.T) {
	t.Parallel()
	for _, n := range acctest.Nouns {
		typeName := acctest.Prefix + n.Type
		for what, config := range map[string]map[string]any{"create": n.Create, "update": n.Update, "delete": nil} {
			if what == "delete" && n.LeavesNothing() {
				continue
			}
			t.Run(typeName+"/"+what, func(t *testing.T) {
				t.Parallel()
				s := newStage(t)
				made, id := &tfprotov6.ApplyResourceChangeResponse{}, ""
				if what != "create" {
					made = s.apply(typeName, nil, n.Create, nil, false)
					s.Clean(made.Diagnostics)
					id = s.id(typeName, made.NewState)
					s.must(s.NewRun(s.Env)) // Terraform does not change or delete what it has created in the same run
				}
				switch {
				case what == "update" && config == nil:
					t.Skip("nothing can be changed")
				case what == "update":
					config = maps.Clone(n.Create)
					maps.Copy(config, n.Update)
				}
				s.before = func() {
					_, err := s.StopProvider(t.Context(), &tfprotov6.StopProviderRequest{})
					s.must(err)
					s.Forget()
				}
				resp := s.apply(typeName, made.NewState, config, made.Private, false)
				if said := words(resp.Diagnostics); !strings.Contains(said, "interrupted") || s.id(typeName, resp.NewState) != id {
					t.Errorf("%q was said, and the state has %q, want %q", said, s.id(typeName, resp.NewState), id)
				}
				if sent := s.Requests(); len(sent) > 0 {
					t.Errorf("%d requests were sent, the first is %s", len(sent), sent[0].Route)
				}
			})
		}
	}
}

// TestActionsAfterStop is TestCallsAfterStop for actions, and for an action without an API key.
func TestActionsAfterStop(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for typeName, action := range s.Schema.ActionSchemas {
		invoke := func() string {
			s.Forget()
			said := words(s.InvokeConfig(typeName, s.inputs(typeName, action.Schema), func(line string) { t.Errorf("%s says %q", typeName, line) }))
			if sent := s.Requests(); len(sent) > 0 {
				t.Errorf("%s: %d requests were sent, the first is %s", typeName, len(sent), sent[0].Route)
			}
			return said
		}
		_, err := s.StopProvider(t.Context(), &tfprotov6.StopProviderRequest{})
		s.must(err)
		if said := invoke(); !strings.Contains(said, "interrupted") {
			t.Errorf("%s after StopProvider: %q", typeName, said)
		}
		s.must(s.NewRunWithoutKey(s.Env))
		if said := invoke(); !strings.Contains(said, "Provider not configured yet") {
			t.Errorf("%s without a key: %q", typeName, said)
		}
		s.must(s.NewRun(s.Env))
	}
}
