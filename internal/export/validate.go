package export

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// validator validates configuration with the provider.
type validator struct{ server tfprotov6.ProviderServer }

func newValidator() validator { return validator{providerserver.NewProtocol6(provider.New("")())()} }

// problem is an error in a configuration, and the argument that has it.
type problem struct{ argument, text string }

// problems returns the errors of `terraform validate` for a resource. It sends no requests.
func (c validator) problems(ctx context.Context, kind string, arguments map[string]any) ([]problem, error) {
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
		p := problem{text: hub.OneLineOf(strings.TrimSuffix(strings.TrimPrefix(d.Detail, "Attribute "), "."), 300)}
		if d.Attribute != nil && len(d.Attribute.Steps()) > 0 {
			name, _ := d.Attribute.Steps()[0].(tftypes.AttributeName)
			p.argument = string(name)
		}
		out = append(out, p)
	}
	return out, nil
}

// validate validates a block. It omits invalid optional arguments, and writes a comment in their place. It sets b.refusal if another
// argument is invalid. It returns the comments.
func (c validator) validate(ctx context.Context, b *block) (omitted []string, err error) {
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
		if text := b.omit(p); text != "" {
			omitted = append(omitted, text)
		} else if b.refusal == "" {
			b.refusal = p.text + "."
		}
	}
	return omitted, nil
}

// omit replaces the argument of a problem by a comment, and returns the comment. It returns "" if the argument is not optional.
func (b *block) omit(p problem) string {
	for i, e := range b.entries {
		if e.name == p.argument && e.optional {
			text := fmt.Sprintf("%s is omitted, so the service keeps its value: %s.", e.name, p.text)
			b.entries[i] = entry{name: e.name, optional: true, comments: []string{text}}
			return text
		}
	}
	return ""
}
