package provider_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

// TestPanicsInResources: the process survives a panic in any request of any method, a created object is in the state, and an error asks for a
// report, unless the operation succeeded in spite of the panic (goals.md R9).
func TestPanicsInResources(t *testing.T) {
	t.Parallel()
	for typeName := range acctest.NewServer(t).Schema.ResourceSchemas {
		if n, is := acctest.NounOf(typeName); !is || n.Create == nil {
			t.Errorf("%s is not in acctest.Nouns, or has no Create", typeName)
		}
	}
	for _, n := range acctest.Nouns {
		typeName := acctest.Prefix + n.Type
		t.Run(typeName+"/create", func(t *testing.T) {
			t.Parallel()
			each(t, func(s *stage) func() {
				before := s.there()
				resp := s.apply(typeName, nil, n.Create, nil, true)
				return func() {
					if len(resp.Diagnostics) > 0 {
						s.reported(resp.Diagnostics)
					}
					s.owns(typeName, resp, before)
				}
			})
		})
		t.Run(typeName+"/read", func(t *testing.T) {
			t.Parallel()
			each(t, func(s *stage) func() {
				made := s.apply(typeName, nil, n.Create, nil, false)
				s.Clean(made.Diagnostics)
				fresh := s.Env.Server(t, s.boom.option) // which has no list in its cache
				s.boom.arm(s.boom.left)
				resp, err := fresh.ReadResource(s.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: made.NewState, Private: made.Private})
				s.must(err)
				return func() {
					s.reported(resp.Diagnostics)
					if s.id(typeName, resp.NewState) != s.id(typeName, made.NewState) {
						t.Error("the state has lost the object")
					}
				}
			})
		})
		t.Run(typeName+"/update", func(t *testing.T) {
			t.Parallel()
			if n.Update == nil {
				t.Skip("nothing can be changed")
			}
			each(t, func(s *stage) func() {
				made := s.apply(typeName, nil, n.Create, nil, false)
				s.Clean(made.Diagnostics)
				config := maps.Clone(n.Create)
				maps.Copy(config, n.Update)
				resp := s.apply(typeName, made.NewState, config, made.Private, true)
				return func() {
					if n.Parts == nil || len(resp.Diagnostics) > 0 { // an update that creates parts finds one whose answer was lost
						s.reported(resp.Diagnostics)
					}
					if n.Parts != nil {
						s.continues(n, resp, config)
					}
					if s.id(typeName, resp.NewState) != s.id(typeName, made.NewState) {
						t.Error("the state has lost the object")
					}
				}
			})
		})
		if n.LeavesNothing() {
			continue
		}
		t.Run(typeName+"/delete", func(t *testing.T) {
			t.Parallel()
			each(t, func(s *stage) func() {
				made := s.apply(typeName, nil, n.Create, nil, false)
				s.Clean(made.Diagnostics)
				id := s.id(typeName, made.NewState)
				s.must(s.NewRun(s.Env))
				resp := s.apply(typeName, made.NewState, nil, made.Private, true)
				return func() {
					if s.id(typeName, resp.NewState) != "" { // whether it was deleted is unknown, so it is kept
						s.reported(resp.Diagnostics)
					} else if typeName != "aichatbothub_default_agent" && slices.Contains(s.there(), id) {
						t.Error("the state has lost the object")
					}
				}
			})
		})
	}
}

// TestPanicsElsewhere: data sources, lists, actions and the ephemeral session.
func TestPanicsElsewhere(t *testing.T) {
	t.Parallel()
	schema := acctest.NewServer(t).Schema
	for typeName, of := range schema.DataSourceSchemas {
		t.Run("data "+typeName, func(t *testing.T) {
			t.Parallel()
			each(t, func(s *stage) func() {
				config := s.inputs(typeName, of)
				s.boom.arm(s.boom.left)
				resp, err := s.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: config})
				s.must(err)
				return func() { s.reported(resp.Diagnostics) }
			})
		})
	}
	for typeName := range schema.ListResourceSchemas {
		t.Run("list "+typeName, func(t *testing.T) {
			t.Parallel()
			each(t, func(s *stage) func() {
				filters := map[string]tftypes.Value{}
				if typeName != "aichatbothub_chatbot" {
					filters = acctest.Strings(map[string]string{"chatbot_id": s.ids["chatbot_id"]})
				}
				s.boom.arm(s.boom.left)
				results := s.List(typeName, filters, true, 100)
				return func() { s.reported(results[len(results)-1].Diagnostics) }
			})
		})
	}
	for typeName, action := range schema.ActionSchemas {
		t.Run("action "+typeName, func(t *testing.T) {
			t.Parallel()
			each(t, func(s *stage) func() {
				config := s.inputs(typeName, action.Schema)
				s.boom.arm(s.boom.left)
				last := ""
				diags := s.InvokeConfig(typeName, config, func(line string) { last = line })
				return func() {
					if len(diags) > 0 || last == "" { // an action goes on after a poll that failed
						s.reported(diags)
					}
				}
			})
		})
	}
	t.Run("ephemeral", func(t *testing.T) {
		t.Parallel()
		const typeName = "aichatbothub_session"
		each(t, func(s *stage) func() {
			before := s.there()
			config := s.inputs(typeName, schema.EphemeralResourceSchemas[typeName])
			s.boom.arm(s.boom.left)
			opened, err := s.OpenEphemeralResource(t.Context(), &tfprotov6.OpenEphemeralResourceRequest{TypeName: typeName, Config: config})
			s.must(err)
			closed := &tfprotov6.CloseEphemeralResourceResponse{}
			if opened.Result != nil {
				closed, err = s.CloseEphemeralResource(t.Context(), &tfprotov6.CloseEphemeralResourceRequest{TypeName: typeName, Private: opened.Private})
				s.must(err)
			}
			return func() {
				if left := len(s.there()) - len(before); left > 0 || len(opened.Diagnostics) > 0 {
					s.reported(append(opened.Diagnostics, closed.Diagnostics...))
				}
			}
		})
	})
}

// TestPanicsShowNoValues: the text of a panic in the first request of a create, a read, or a delete has no value of the configuration.
func TestPanicsShowNoValues(t *testing.T) {
	t.Parallel()
	for _, n := range acctest.Nouns {
		for kind, config := range n.Canaries {
			t.Run(n.Type+"/"+kind, func(t *testing.T) {
				t.Parallel()
				s := newStage(t)
				object, value := s.sentObject(acctest.Prefix+n.Type, config)
				plan, err := object.Plan(value)
				s.must(err)
				none := tftypes.NewValue(value.Type(), nil)
				reported := 0
				for _, call := range []func() error{
					func() error { _, err := object.Apply(value, plan); return err },
					func() error { return s.NewRun(s.Env) },
					object.Refresh,
					func() error { _, err := object.Apply(none, acctest.Planned{Value: none}); return err },
				} {
					s.boom.arm(0)
					err := call()
					if !s.boom.disarm() || err == nil {
						continue // it sends nothing, or succeeds in spite of the panic
					}
					if reported++; !strings.Contains(err.Error(), "boom") || strings.Contains(err.Error(), "c4nary") {
						t.Errorf("want an error without values, got %v", err)
					}
				}
				if reported == 0 && !n.LeavesNothing() {
					t.Error("no call reports a panic: look at this test")
				}
			})
		}
	}
}
