package provider_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/protocol"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// sameSchemas compares two answers to the same question.
func sameSchemas(t *testing.T, one, other map[string]*tfprotov6.Schema) {
	t.Helper()
	if len(one) == 0 || !reflect.DeepEqual(one, other) {
		t.Errorf("two answers have different schemas, of %d and %d", len(one), len(other))
	}
}

// BenchmarkSchemas measures the first call of Terraform: GetProviderSchema, of a provider that has just started.
func BenchmarkSchemas(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		s := protocol.NewServer(provider.New("test")())
		if _, err := s.GetProviderSchema(b.Context(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRefresh measures a refresh of one chatbot with n sources, 20 agents and 20 tags, ten at a time, in a new run. It includes the
// mock's time for four requests.
func BenchmarkRefresh(b *testing.B) {
	for _, n := range []int{100, 1000} {
		b.Run(fmt.Sprint("n=", n), func(b *testing.B) {
			e := acctest.Start(b)
			s := e.Server(b)
			reads := addObjects(b, e, s, n)
			b.ReportAllocs()
			for b.Loop() {
				if err := s.NewRun(e); err != nil {
					b.Fatal(err)
				}
				if there := refresh(b, s, reads, 10); there != len(reads) {
					b.Fatalf("%d of %d objects were found", there, len(reads))
				}
			}
		})
	}
}

// BenchmarkPlanAgent measures the plan of an agent that has not changed.
func BenchmarkPlanAgent(b *testing.B) {
	e := acctest.Start(b)
	s := e.Server(b)
	o := s.Object("aichatbothub_agent")
	config := o.Configuration(map[string]tftypes.Value{
		"chatbot_id": tftypes.NewValue(tftypes.String, e.AddChatbot(mockhub.Chatbot{})), "type": tftypes.NewValue(tftypes.String, "pre-canned"),
		"name": tftypes.NewValue(tftypes.String, "Agent"),
	})
	plan, err := o.Plan(config)
	if err == nil {
		_, err = o.Apply(config, plan)
	}
	if err == nil {
		err = o.Refresh()
	}
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if p, err := o.Plan(config); err != nil || !o.Empty(p) {
			b.Fatal(p, err)
		}
	}
}
