package provider_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/protocol"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// TestHugeNumbersInState: a number in a state file whose digits would take gigabytes is an error at once. Without a bound on the exponent, the
// provider would compute the digits.
func TestHugeNumbersInState(t *testing.T) {
	t.Parallel()
	s := protocol.NewServer(provider.New("test")())
	for number, refused := range map[string]bool{"20": false, "2e1": false, "1e+10": false, "1e99999999": true, "1E-99999999": true, "0.1e+000099999999": true, "1e99999999999999999999": true} {
		state := fmt.Sprintf(`{"id":"0123456789abcdef0123456789abcdef","name":"1e99999999","rate_limit":{"messages":%s,"seconds":240}}`, number)
		resp, err := s.UpgradeResourceState(t.Context(), &tfprotov6.UpgradeResourceStateRequest{TypeName: "aichatbothub_chatbot", RawState: &tfprotov6.RawState{JSON: []byte(state)}})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(resp.Diagnostics) == 1 && resp.Diagnostics[0].Summary == "Invalid number in the state"; got != refused {
			t.Errorf("%s: %v", number, resp.Diagnostics)
		}
	}
}

// TestFractions: a fraction, or a number of more than 64 bits, where a whole number is expected is one error at the attribute, in a validation and in
// a plan.
func TestFractions(t *testing.T) {
	t.Parallel()
	s := protocol.NewServer(provider.New("test")())
	for number, refused := range map[string]bool{"20": false, "0.5": true, "-1e30": true} {
		f, _, err := big.ParseFloat(number, 10, 512, big.ToNearestEven)
		if err != nil {
			t.Fatal(err)
		}
		check := func(call string, diags []*tfprotov6.Diagnostic, path string) {
			t.Helper()
			var whole, others []*tfprotov6.Diagnostic
			for _, d := range diags {
				if d.Summary == "Not a whole number" && strings.Contains(d.Attribute.String(), path) {
					whole = append(whole, d)
				} else if strings.Contains(d.Detail, "report") {
					others = append(others, d)
				}
			}
			if len(whole) > 1 || (len(whole) == 1) != refused || len(others) > 0 {
				t.Errorf("%s of %s: %d diagnostics about it, and %v", call, number, len(whole), others)
			}
		}
		schemas, err := s.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
		if err != nil {
			t.Fatal(err)
		}
		setting := withValue(t, schemas.Provider.ValueType(), "max_retries", tftypes.NewValue(tftypes.Number, f))
		validated, err := s.ValidateProviderConfig(t.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: setting})
		if err != nil {
			t.Fatal(err)
		}
		check("validation of the provider", validated.Diagnostics, "max_retries")
		configured, err := s.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: setting})
		if err != nil {
			t.Fatal(err)
		}
		check("configuration of the provider", configured.Diagnostics, "max_retries")
		chatbot := schemas.ResourceSchemas["aichatbothub_chatbot"].ValueType()
		limit := chatbot.(tftypes.Object).AttributeTypes["rate_limit"].(tftypes.Object)
		config := withValue(t, chatbot, "rate_limit", tftypes.NewValue(limit, map[string]tftypes.Value{
			"messages": tftypes.NewValue(tftypes.Number, f), "seconds": tftypes.NewValue(tftypes.Number, 240),
		}))
		valid, err := s.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: "aichatbothub_chatbot", Config: config})
		if err != nil {
			t.Fatal(err)
		}
		check("validation", valid.Diagnostics, "rate_limit") // the framework stops at the object
		none, err := tfprotov6.NewDynamicValue(chatbot, tftypes.NewValue(chatbot, nil))
		if err != nil {
			t.Fatal(err)
		}
		planned, err := s.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: "aichatbothub_chatbot", PriorState: &none, ProposedNewState: config, Config: config})
		if err != nil {
			t.Fatal(err)
		}
		check("plan", planned.Diagnostics, "messages")
	}
}

// withValue returns an object of a type with one attribute that is not null.
func withValue(t *testing.T, typ tftypes.Type, name string, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	object, ok := typ.(tftypes.Object)
	if !ok {
		t.Fatalf("%s is not an object", typ)
	}
	values := map[string]tftypes.Value{}
	for attribute, of := range object.AttributeTypes {
		values[attribute] = tftypes.NewValue(of, nil)
	}
	values[name] = value
	dynamic, err := tfprotov6.NewDynamicValue(typ, tftypes.NewValue(typ, values))
	if err != nil {
		t.Fatal(err)
	}
	return &dynamic
}
