package export

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// checker asks the provider itself whether it takes a configuration, so that its rules stand in one place.
type checker struct{ server tfprotov6.ProviderServer }

func newChecker() checker { return checker{providerserver.NewProtocol6(provider.New("")())()} }

// problem is what is wrong with a configuration, and with which argument.
type problem struct{ argument, text string }

// problems gives what `terraform validate` would say about a resource. Nothing is sent to the service.
func (c checker) problems(ctx context.Context, kind string, arguments map[string]any) ([]problem, error) {
	config, err := json.Marshal(arguments)
	if err != nil {
		return nil, err
	}
	resp, err := c.server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: kind, Config: &tfprotov6.DynamicValue{JSON: config}})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", kind, err)
	}
	var out []problem
	for _, d := range resp.Diagnostics {
		if d.Severity != tfprotov6.DiagnosticSeverityError {
			continue
		}
		p := problem{text: sentence(strings.TrimSuffix(strings.TrimPrefix(d.Detail, "Attribute "), "."), 300)}
		if d.Attribute != nil && len(d.Attribute.Steps()) > 0 {
			name, _ := d.Attribute.Steps()[0].(tftypes.AttributeName)
			p.argument = string(name)
		}
		out = append(out, p)
	}
	return out, nil
}

// check leaves out the arguments that the provider does not take and that can be left out, and refuses the block where another one is
// wrong. What is left out is told in its place.
func (c checker) check(ctx context.Context, b *block) (left []string, err error) {
	arguments := map[string]any{}
	for _, e := range b.entries {
		if e.value != nil {
			arguments[e.name] = e.value.plain()
		}
	}
	found, err := c.problems(ctx, b.kind, arguments)
	if err != nil {
		return nil, err
	}
	for _, p := range found {
		if text := b.leaveOut(p); text != "" {
			left = append(left, text)
		} else if b.refusal == "" {
			b.refusal = p.text + "."
		}
	}
	return left, nil
}

// leaveOut turns the argument of a problem into a comment, and gives its text; "" where it cannot be left out.
func (b *block) leaveOut(p problem) string {
	for i, e := range b.entries {
		if e.name == p.argument && e.left {
			text := fmt.Sprintf("%s is left out, and stays what the service has: %s.", e.name, p.text)
			b.entries[i] = entry{name: e.name, left: true, comments: []string{text}}
			return text
		}
	}
	return ""
}
