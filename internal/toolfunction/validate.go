package toolfunction

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// ValidateConfig implements resource.ResourceWithValidateConfig: a header is either shown or secret. The error stands at `headers`,
// because Terraform prints the line that it stands at. Names are known even where values are not.
func (r *Resource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	defer base.Recover(&resp.Diagnostics)
	var visible, secret types.Map
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("headers"), &visible)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("secret_headers_wo"), &secret)...)
	for name := range visible.Elements() {
		if other, ok := find(secret.Elements(), name); ok {
			resp.Diagnostics.AddAttributeError(path.Root("headers"), "The same header twice",
				fmt.Sprintf("headers has %q and secret_headers_wo has %q, which are one header: upper and lower case make no difference. Remove it from one of them.", name, other))
		}
	}
}

// headerMap validates a map of headers. Its errors name headers and never quote a value.
type headerMap struct{}

func (headerMap) Description(context.Context) string {
	return "must have names and values that HTTP headers can have"
}

func (v headerMap) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (headerMap) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	elements := req.ConfigValue.Elements()
	for name, v := range elements {
		value, _ := v.(types.String)
		validateHeader(req.Path, name, value, &resp.Diagnostics)
		rest := make(map[string]struct{}, len(elements))
		for other := range elements {
			if other > name { // so that two are reported once
				rest[other] = struct{}{}
			}
		}
		if other, ok := find(rest, name); ok {
			resp.Diagnostics.AddAttributeError(req.Path, "The same header twice",
				fmt.Sprintf("%q and %q are one header: upper and lower case make no difference. Remove one of them.", name, other))
		}
	}
}

func validateHeader(at path.Path, name string, value types.String, diags *diag.Diagnostics) {
	switch {
	case !token(name):
		diags.AddAttributeError(at, "Invalid header name",
			fmt.Sprintf("%q is no name of an HTTP header. A name has at least one character and consists of letters, digits and !#$%%&'*+-.^_`|~ only.", name))
	case value.IsNull():
		diags.AddAttributeError(at, "Header without a value", fmt.Sprintf("The header %q is null. Leave it out of the map, or give it a value.", name))
	case !value.IsUnknown() && strings.ContainsFunc(value.ValueString(), func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }):
		diags.AddAttributeError(at, "Invalid header value",
			fmt.Sprintf("The value of the header %q has a line break or another control character, which an HTTP header cannot have. "+
				"A secret that was read from a file often ends in a line break: chomp() or trimspace() takes it off.", name))
	}
}

// token says whether a text is a token of HTTP (RFC 9110 §5.6.2), as header names are.
func token(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		return !letter && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
	}) < 0
}

// httpURL validates the address of a call.
type httpURL struct{}

func (httpURL) Description(context.Context) string { return "must be an http or https URL" }

func (v httpURL) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (httpURL) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	u, err := url.Parse(req.ConfigValue.ValueString())
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid URL",
			fmt.Sprintf("%q is not an http or https URL, such as https://api.example.com/orders.", req.ConfigValue.ValueString()))
	}
}

// schemaObject validates what the service and the model need of a JSON Schema. The type of the attribute validates that it is JSON.
type schemaObject struct{}

func (schemaObject) Description(context.Context) string { return "must be a JSON Schema object" }

func (v schemaObject) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (schemaObject) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	text := req.ConfigValue.ValueString()
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || !json.Valid([]byte(text)) {
		return
	}
	if problem := schemaProblem([]byte(text)); problem != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid JSON Schema",
			problem+` The parameters are a JSON Schema object, such as jsonencode({ type = "object", properties = { order = { type = "string" } }, required = ["order"] }).`)
	}
}

// schemaProblem says what is wrong with a JSON Schema object; "" for nothing.
func schemaProblem(text []byte) string {
	var schema map[string]json.RawMessage
	if err := json.Unmarshal(text, &schema); err != nil || schema == nil {
		return "It is not a JSON object."
	}
	if raw, ok := schema["type"]; ok && string(raw) != `"object"` {
		return fmt.Sprintf(`Its type is %s and must be "object".`, raw)
	}
	if raw, ok := schema["properties"]; ok {
		var properties map[string]json.RawMessage
		if err := json.Unmarshal(raw, &properties); err != nil || properties == nil {
			return "Its properties are not an object."
		}
		for name, p := range properties {
			if p[0] != '{' && string(p) != "true" && string(p) != "false" {
				return fmt.Sprintf("Its property %q is not a schema, that is, an object.", name)
			}
		}
	}
	if raw, ok := schema["required"]; ok {
		var required []*string
		if err := json.Unmarshal(raw, &required); err != nil || required == nil {
			return "Its required is not a list of names."
		}
		for _, name := range required {
			if name == nil {
				return "Its required is not a list of names."
			}
		}
	}
	return ""
}
