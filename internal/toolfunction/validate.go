package toolfunction

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// ValidateConfig implements resource.ResourceWithValidateConfig. A header is either visible or secret. The error is at `headers`, because
// Terraform prints the line of the attribute. Names are known even when values are unknown.
func (r *Resource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	defer base.Recover(&resp.Diagnostics)
	var visible, secret types.Map
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("headers"), &visible)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("secret_headers_wo"), &secret)...)
	warnVisibleSecrets(visible, &resp.Diagnostics)
	for name := range visible.Elements() {
		if other, ok := findHeader(secret.Elements(), name); ok {
			resp.Diagnostics.AddAttributeError(path.Root("headers"), "Duplicate header",
				fmt.Sprintf("headers has %q and secret_headers_wo has %q. They are the same header, because the case of names is ignored. Remove one of them.", name, other))
		}
	}
}

// warnVisibleSecrets warns about headers that look like credentials, because the state contains the values of `headers`. The warning has no
// attribute: Terraform would print its line of the configuration, which can have the value.
func warnVisibleSecrets(headers types.Map, diags *diag.Diagnostics) {
	var names []string
	for name, v := range headers.Elements() {
		value, _ := v.(types.String)
		if !value.IsNull() && hub.SecretHeader(name, value.ValueString()) {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		slices.Sort(names)
		diags.AddWarning("Secret in the state", fmt.Sprintf("These headers look like secrets: %s. The state and the plan contain the values of headers in plain text. If a value is a secret, move the header to secret_headers_wo, "+
			"which is stored nowhere, and replace the secret if the state was shared.", strings.Join(names, ", ")))
	}
}

// headerMap validates a map of headers. Its errors contain names and never a value.
type headerMap struct{}

func (headerMap) Description(context.Context) string {
	return "must have valid names and values of HTTP headers"
}

func (v headerMap) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (headerMap) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	elements := req.ConfigValue.Elements()
	for name, v := range elements {
		value, _ := v.(types.String)
		validateHeader(req.Path, name, value, &resp.Diagnostics)
		rest := make(map[string]struct{}, len(elements))
		for other := range elements {
			if other > name { // report a pair once
				rest[other] = struct{}{}
			}
		}
		if other, ok := findHeader(rest, name); ok {
			resp.Diagnostics.AddAttributeError(req.Path, "Duplicate header",
				fmt.Sprintf("%q and %q are the same header, because the case of names is ignored. Remove one of them.", name, other))
		}
	}
}

func validateHeader(at path.Path, name string, value types.String, diags *diag.Diagnostics) {
	switch {
	case !isToken(name):
		diags.AddAttributeError(at, "Invalid header name",
			fmt.Sprintf("%q is not a valid name of an HTTP header. Use only letters, digits and !#$%%&'*+-.^_`|~, and at least one of them.", name))
	case value.IsNull():
		diags.AddAttributeError(at, "Missing header value", fmt.Sprintf("The value of the header %q is null. Set a value, or remove the header from the map.", name))
	case !value.IsUnknown() && strings.ContainsFunc(value.ValueString(), func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }):
		diags.AddAttributeError(at, "Invalid header value",
			fmt.Sprintf("The value of the header %q contains a line break or another control character, which is not allowed in HTTP headers. "+
				"A secret that is read from a file often ends in a line break: remove it with chomp() or trimspace().", name))
	}
}

// isToken reports whether a text is a token of HTTP (RFC 9110 §5.6.2). Header names are tokens.
func isToken(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		return !letter && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
	}) < 0
}

// httpURL validates the URL of a call.
type httpURL struct{}

func (httpURL) Description(context.Context) string { return "must be an http or https URL" }

func (v httpURL) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (httpURL) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	u, err := url.Parse(req.ConfigValue.ValueString())
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid value",
			fmt.Sprintf("%s must be an http:// or https:// URL with a host, such as https://api.example.com/orders.", req.Path))
	}
}

// schemaObject validates that a text is JSON, and the outer structure of a JSON Schema object. Its errors do not contain the text, which can
// have a secret.
type schemaObject struct{}

func (schemaObject) Description(context.Context) string { return "must be a JSON Schema object" }

func (v schemaObject) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (schemaObject) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	text := []byte(strings.TrimPrefix(req.ConfigValue.ValueString(), byteOrderMark))
	if problem := syntaxProblem(text); problem != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid JSON", fmt.Sprintf("The value of %s is not valid JSON: %s. Use jsonencode() to write it.", req.Path, problem))
	} else if problem := schemaProblem(text); problem != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid JSON Schema",
			problem+` Set parameters to a JSON Schema object, such as jsonencode({ type = "object", properties = { order = { type = "string" } }, required = ["order"] }).`)
	}
}

// syntaxProblem returns where and why a text is not JSON, or "".
func syntaxProblem(text []byte) string {
	var v json.RawMessage
	err := json.Unmarshal(text, &v)
	if err == nil {
		return ""
	}
	syntax, ok := errors.AsType[*json.SyntaxError](err)
	if !ok {
		return err.Error()
	}
	before := text[:min(max(syntax.Offset-1, 0), int64(len(text)))]
	line, column := bytes.Count(before, []byte("\n"))+1, utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])+1
	return fmt.Sprintf("line %d, column %d: %s", line, column, syntax)
}

// schemaProblem returns what is wrong with a JSON Schema object, or "".
func schemaProblem(text []byte) string {
	var schema map[string]json.RawMessage
	if err := json.Unmarshal(text, &schema); err != nil || schema == nil {
		return "The value is not a JSON object."
	}
	if raw, ok := schema["type"]; ok && string(raw) != `"object"` {
		if slices.Contains([]string{`"string"`, `"number"`, `"integer"`, `"boolean"`, `"array"`, `"null"`}, string(raw)) {
			return fmt.Sprintf(`The type is %s and must be "object".`, raw)
		}
		return `The type must be "object".`
	}
	if raw, ok := schema["properties"]; ok {
		var properties map[string]json.RawMessage
		if err := json.Unmarshal(raw, &properties); err != nil || properties == nil {
			return "The value of properties is not an object."
		}
		for name, p := range properties {
			if p[0] != '{' && string(p) != "true" && string(p) != "false" {
				return fmt.Sprintf("The property %q is not a schema: it must be an object, true or false.", name)
			}
		}
	}
	if raw, ok := schema["required"]; ok {
		var required []*string
		if err := json.Unmarshal(raw, &required); err != nil || required == nil {
			return "The value of required is not a list of names."
		}
		for _, name := range required {
			if name == nil {
				return "The value of required is not a list of names."
			}
		}
	}
	return ""
}
