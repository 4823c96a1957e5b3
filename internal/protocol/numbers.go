package protocol

import (
	"bytes"
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// longExponent matches an exponent with four digits or more. No number of the provider has one.
var longExponent = regexp.MustCompile(`[eE][+-]?0*[1-9][0-9]{3,}`)

// hasHugeNumber reports whether a JSON text has a number with a long exponent. The framework computes all digits of such a number, of which there
// can be gigabytes.
func hasHugeNumber(raw []byte) bool {
	if !longExponent.Match(raw) {
		return false
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	for {
		token, err := dec.Token()
		if err != nil {
			return false
		}
		if number, ok := token.(json.Number); ok && longExponent.MatchString(number.String()) {
			return true
		}
	}
}

// hugeNumber returns the diagnostic for a state with a huge number.
func hugeNumber() []*tfprotov6.Diagnostic {
	return []*tfprotov6.Diagnostic{{
		Severity: tfprotov6.DiagnosticSeverityError, Summary: "Invalid number in the state",
		Detail: "The state of this object has a number with an exponent of more than three digits, which the provider never writes. Restore the state from a backup, " +
			"or remove the object from it with \"terraform state rm\" and import it again.",
	}}
}

// UpgradeResourceState implements tfprotov6.ProviderServer.
func (s *server) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	if req.RawState != nil && hasHugeNumber(req.RawState.JSON) {
		return &tfprotov6.UpgradeResourceStateResponse{Diagnostics: hugeNumber()}, nil
	}
	return forward(ctx, s, req, s.frameworkServer.UpgradeResourceState)
}

// UpgradeResourceIdentity implements tfprotov6.ProviderServer.
func (s *server) UpgradeResourceIdentity(ctx context.Context, req *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	if req.RawIdentity != nil && hasHugeNumber(req.RawIdentity.JSON) {
		return &tfprotov6.UpgradeResourceIdentityResponse{Diagnostics: hugeNumber()}, nil
	}
	return forward(ctx, s, req, s.frameworkServer.UpgradeResourceIdentity)
}

// MoveResourceState implements tfprotov6.ProviderServer.
func (s *server) MoveResourceState(ctx context.Context, req *tfprotov6.MoveResourceStateRequest) (*tfprotov6.MoveResourceStateResponse, error) {
	if req.SourceState != nil && hasHugeNumber(req.SourceState.JSON) {
		return &tfprotov6.MoveResourceStateResponse{Diagnostics: hugeNumber()}, nil
	}
	return forward(ctx, s, req, s.frameworkServer.MoveResourceState)
}

// withWholeNumbers replaces the framework's errors about a fraction, or a number of more than 64 bits, where a whole number is expected. The framework
// reports such a number several times, at its path and at those of the objects that it is in, as an error in the provider.
func withWholeNumbers(diags []*tfprotov6.Diagnostic) []*tfprotov6.Diagnostic {
	var kept, numbers []*tfprotov6.Diagnostic
	for _, d := range diags {
		if strings.Contains(d.Detail, "is not an integer.") || strings.Contains(d.Detail, "cannot be represented as a 64-bit integer.") {
			numbers = append(numbers, d)
		} else {
			kept = append(kept, d)
		}
	}
	for i, d := range numbers {
		repeated := slices.ContainsFunc(numbers[i+1:], func(later *tfprotov6.Diagnostic) bool { return later.Attribute.Equal(d.Attribute) }) ||
			slices.ContainsFunc(numbers, func(o *tfprotov6.Diagnostic) bool {
				return len(o.Attribute.Steps()) > len(d.Attribute.Steps()) && strings.HasPrefix(o.Attribute.String(), d.Attribute.String())
			})
		if !repeated {
			kept = append(kept, &tfprotov6.Diagnostic{
				Severity: d.Severity, Attribute: d.Attribute, Summary: "Not a whole number", Detail: "A number here must be a whole number, such as 1 or 20, of at most 64 bits.",
			})
		}
	}
	return kept
}

// ValidateProviderConfig implements tfprotov6.ProviderServer.
func (s *server) ValidateProviderConfig(ctx context.Context, req *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	resp, err := s.frameworkServer.ValidateProviderConfig(ctx, req)
	if err == nil {
		resp.Diagnostics = withWholeNumbers(resp.Diagnostics)
	}
	return resp, err
}
