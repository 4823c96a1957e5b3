package provider_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

// The ids of a configuration. With mock_provider, Terraform and OpenTofu pass random texts to the validation of the provider, and nothing to
// its other methods.
var (
	noIDs     = []string{"", "https://app.aichatbothub.com/widget/43474da7f38b4a0e9b8e0c1a2b3c4d5e", "43474da7f38b4a0e9b8e0c1a2b3c4d5e/5e551011aa22bb33cc44dd55ee66ff77", "Support bot"}
	mockedIDs = []string{"1sxth8na", "Kq7xW", "mock-chatbot-1", "chatbot_1"}
)

// TestIDs: the validation accepts the ids of mocks in every attribute that takes an id, and refuses what can be no id. A plan and a read
// accept the form of the service only, and send nothing otherwise.
func TestIDs(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.ids["source_ids"] = s.ids["aichatbothub_source"]
	s.Forget()
	count := 0
	for _, in := range s.idInputs() {
		for _, a := range in.schema.Block.Attributes {
			set := strings.HasSuffix(a.Name, "_ids")
			if !a.Required && !a.Optional || a.Name != "id" && !strings.HasSuffix(a.Name, "_id") && !set {
				continue
			}
			count++
			try := func(use func(*tfprotov6.DynamicValue) []*tfprotov6.Diagnostic, id string) string {
				values := in.values()
				values[a.Name] = tftypes.NewValue(tftypes.String, id)
				if set {
					values[a.Name] = tftypes.NewValue(a.ValueType(), []tftypes.Value{values[a.Name]})
				}
				return said(use(s.dynamicValue(in.schema, values)), a.Name)
			}
			at := in.name + "." + a.Name
			for _, id := range noIDs {
				if got := try(in.validate, id); !strings.Contains(got, "Invalid id") {
					t.Errorf("%s: the validation of %q says %q, want Invalid id", at, id, got)
				}
			}
			valid := s.ids[a.Name]
			if a.Name == "id" {
				valid = s.ids[in.typeName]
			}
			for _, id := range []string{strings.ToUpper(valid), valid[:8] + "-" + valid[8:], valid[:8] + "-" + valid[8:12] + "-" + valid[12:]} {
				if got := try(in.validate, id); !strings.Contains(got, fmt.Sprintf("Write it as %q", valid)) {
					t.Errorf("%s: the validation of %q says %q, want the right form", at, id, got)
				}
			}
			for _, id := range mockedIDs {
				if got := try(in.validate, id); got != "" && !in.oneStep {
					t.Errorf("%s: the validation of %q says %q, want nothing", at, id, got)
				}
				if got := try(in.use, id); !strings.Contains(got, "Invalid id") {
					t.Errorf("%s: the use of %q says %q, want Invalid id", at, id, got)
				}
			}
			if sent := s.Requests(); len(sent) > 0 {
				t.Fatalf("%s: %d requests were sent, the first is %s", at, len(sent), sent[0].Route)
			}
		}
	}
	if count < 30 {
		t.Errorf("%d attributes take an id: look at this test", count)
	}
}

// idInput is a kind of block whose attributes can take ids.
type idInput struct {
	name, typeName string
	schema         *tfprotov6.Schema
	values         func() map[string]tftypes.Value // a valid configuration
	validate, use  func(*tfprotov6.DynamicValue) []*tfprotov6.Diagnostic
	oneStep        bool // validate is use: the test server lists only what is valid
}

// idInputs returns the blocks of all types of the provider.
func (s *stage) idInputs() []idInput {
	ctx := s.Context()
	var all []idInput
	for _, n := range acctest.Nouns {
		name := acctest.Prefix + n.Type
		values := map[string]tftypes.Value{}
		for attribute, v := range n.Create {
			values[attribute] = s.value(acctest.Prefix+n.Type, attribute, v)
		}
		all = append(all, idInput{"resource " + name, name, s.Schema.ResourceSchemas[name], func() map[string]tftypes.Value { return maps.Clone(values) },
			func(config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
				resp, err := s.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: name, Config: config})
				s.must(err)
				return resp.Diagnostics
			}, func(config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
				ty := s.Schema.ResourceSchemas[name].ValueType()
				null, err := tfprotov6.NewDynamicValue(ty, tftypes.NewValue(ty, nil))
				s.must(err)
				resp, err := s.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: name, PriorState: &null, ProposedNewState: config, Config: config})
				s.must(err)
				return resp.Diagnostics
			}, false})
	}
	for name, schema := range s.Schema.DataSourceSchemas {
		all = append(all, idInput{"data source " + name, name, schema, func() map[string]tftypes.Value { return s.inputValues(name, schema) },
			func(config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
				resp, err := s.ValidateDataResourceConfig(ctx, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: name, Config: config})
				s.must(err)
				return resp.Diagnostics
			}, func(config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
				resp, err := s.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: name, Config: config})
				s.must(err)
				return resp.Diagnostics
			}, false})
	}
	for name, schema := range s.Schema.EphemeralResourceSchemas {
		all = append(all, idInput{"ephemeral resource " + name, name, schema, func() map[string]tftypes.Value { return s.inputValues(name, schema) },
			func(config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
				resp, err := s.ValidateEphemeralResourceConfig(ctx, &tfprotov6.ValidateEphemeralResourceConfigRequest{TypeName: name, Config: config})
				s.must(err)
				return resp.Diagnostics
			}, func(config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
				resp, err := s.OpenEphemeralResource(ctx, &tfprotov6.OpenEphemeralResourceRequest{TypeName: name, Config: config})
				s.must(err)
				return resp.Diagnostics
			}, false})
	}
	for name, schema := range s.Schema.ListResourceSchemas {
		list := func(config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
			v, err := config.Unmarshal(schema.ValueType())
			s.must(err)
			filters := map[string]tftypes.Value{}
			s.must(v.As(&filters))
			if results := s.List(name, filters, false, 1); len(results) > 0 {
				return results[0].Diagnostics
			}
			return nil
		}
		valid := acctest.Strings(map[string]string{"chatbot_id": s.ids["chatbot_id"]})
		all = append(all, idInput{"list resource " + name, name, schema, func() map[string]tftypes.Value { return maps.Clone(valid) }, list, list, true})
	}
	for name, action := range s.Schema.ActionSchemas {
		all = append(all, idInput{"action " + name, name, action.Schema, func() map[string]tftypes.Value { return s.inputValues(name, action.Schema) },
			func(config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic { return s.ValidateAction(name, config) },
			func(config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic { return s.PlanAction(name, config) }, false})
	}
	return all
}

// said returns the summaries and texts of the diagnostics at an attribute.
func said(diags []*tfprotov6.Diagnostic, attribute string) string {
	var at []*tfprotov6.Diagnostic
	for _, d := range diags {
		if strings.HasPrefix(d.Attribute.String(), fmt.Sprintf("AttributeName(%q)", attribute)) {
			at = append(at, d)
		}
	}
	return words(at)
}
