package toolfunction

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Default values of attributes.
const (
	defaultEnabled  = true
	defaultMetadata = false
)

// model has the attributes that the resource and the data source share.
type model struct {
	ID                  types.String `tfsdk:"id"`
	Name                types.String `tfsdk:"name"`
	Description         types.String `tfsdk:"description"`
	URL                 types.String `tfsdk:"url"`
	Method              types.String `tfsdk:"method"`
	Parameters          types.String `tfsdk:"parameters"`
	Headers             types.Map    `tfsdk:"headers"`
	Enabled             types.Bool   `tfsdk:"enabled"`
	SendSessionMetadata types.Bool   `tfsdk:"send_session_metadata"`
	CreatedAt           types.String `tfsdk:"created_at"`
	ModifiedAt          types.String `tfsdk:"modified_at"`
}

// resourceModel adds the ids of the chatbot and the agent, and the secret headers, which are null in every plan and state.
type resourceModel struct {
	model
	ChatbotID     types.String `tfsdk:"chatbot_id"`
	AgentID       types.String `tfsdk:"agent_id"`
	SecretHeaders types.Map    `tfsdk:"secret_headers_wo"`
}

type identity struct {
	ChatbotID types.String `tfsdk:"chatbot_id"`
	AgentID   types.String `tfsdk:"agent_id"`
	ID        types.String `tfsdk:"id"`
}

func (m *resourceModel) identity() identity { return identity{m.ChatbotID, m.AgentID, m.ID} }

// The ids in the type of the client.
func (m *resourceModel) chatbot() hub.ID { return hub.ID(m.ChatbotID.ValueString()) }
func (m *resourceModel) agent() hub.ID   { return hub.ID(m.AgentID.ValueString()) }
func (m *resourceModel) hubID() hub.ID   { return hub.ID(m.ID.ValueString()) }

// object identifies the tool function in diagnostics.
func (m *resourceModel) object() string {
	if m.ID.IsNull() || m.ID.IsUnknown() {
		return fmt.Sprintf("%q of agent %s", m.Name.ValueString(), m.AgentID.ValueString())
	}
	return fmt.Sprintf("%q (%s) of agent %s", m.Name.ValueString(), m.ID.ValueString(), m.AgentID.ValueString())
}

// failure describes an operation on this tool function that failed. secrets are the secret headers of the request.
func (m *resourceModel) failure(doing string, secrets map[string]string) base.Failure {
	return base.Failure{Doing: doing, Noun: "tool function", Object: m.object(), Attribute: func(loc []string) (path.Path, bool) {
		return attribute(loc, secrets)
	}, Import: []string{"aichatbothub_tool_function", m.ChatbotID.ValueString(), m.AgentID.ValueString()}}
}

// attribute returns the attribute of a field of a request body.
func attribute(loc []string, secrets map[string]string) (path.Path, bool) {
	switch loc[0] {
	case "name", "description", "method", "parameters", "enabled":
		return path.Root(loc[0]), true
	case "external_url":
		return path.Root("url"), true
	case "allow_gpt_trainer_properties":
		return path.Root("send_session_metadata"), true
	case "headers":
		if len(loc) > 1 && hasHeader(secrets, loc[1]) {
			return path.Root("secret_headers_wo"), true
		}
		return path.Root("headers"), true
	}
	return path.Empty(), false
}

// changes returns the settings in which m differs from prior, without headers. For a create prior is empty.
func (m *model) changes(prior *model) hub.ToolFunctionSettings {
	var s hub.ToolFunctionSettings
	for _, text := range []struct {
		to          **string
		next, prior types.String
	}{
		{&s.Name, m.Name, prior.Name}, {&s.Description, m.Description, prior.Description},
		{&s.ExternalURL, m.URL, prior.URL}, {&s.Method, m.Method, prior.Method},
	} {
		if !text.next.Equal(text.prior) {
			*text.to = text.next.ValueStringPointer()
		}
	}
	if !sameParameters(m.Parameters, prior.Parameters) {
		s.Parameters = []byte(parametersJSON(m.Parameters))
	}
	if !m.Enabled.Equal(prior.Enabled) {
		s.Enabled = new(hub.Flag(m.Enabled.ValueBool()))
	}
	if !m.SendSessionMetadata.Equal(prior.SendSessionMetadata) {
		s.AllowProperties = new(hub.Flag(m.SendSessionMetadata.ValueBool()))
	}
	return s
}

// equal reports whether m changes nothing in prior. Unknown values are changes.
func (m *model) equal(prior *model) bool {
	changes := m.changes(prior)
	return changes.Empty() && sameHeaders(m.Headers, prior.Headers)
}

// read updates the model from a response. Attributes that the response lacks keep their value. hashes tells which headers are secret.
func (m *model) read(f hub.ToolFunction, hashes *secretHashes) {
	m.ID = types.StringValue(string(f.ID))
	m.Name = base.NonEmptyOrPrior(f.Name, m.Name)
	m.Description = base.NonEmptyOrPrior(f.Description, m.Description)
	m.URL = base.NonEmptyOrPrior(f.ExternalURL, m.URL)
	if m.Method = base.StringOrPrior(f.Method, m.Method); m.Method.IsNull() {
		m.Method = types.StringValue(hub.DefaultFunctionMethod)
	}
	m.Parameters = readParameters(json.RawMessage(f.Parameters), m.Parameters)
	m.Headers = readHeaders(f.Headers, m.Headers, hashes)
	m.Enabled = base.BoolOrPrior(f.Enabled, m.Enabled, types.BoolValue(defaultEnabled))
	m.SendSessionMetadata = base.BoolOrPrior(f.Meta.AllowProperties, m.SendSessionMetadata, types.BoolValue(defaultMetadata))
	m.CreatedAt = base.NonEmptyOrPrior(f.CreatedAt, m.CreatedAt)
	m.ModifiedAt = base.NonEmptyOrPrior(f.ModifiedAt, m.ModifiedAt)
}

// readParameters returns the value of `parameters` after a response. The prior value stays when the response has no parameters or equal
// ones.
func readParameters(answer json.RawMessage, prior types.String) types.String {
	next := types.StringNull()
	if !noParameters(string(answer)) {
		var text bytes.Buffer
		_ = json.Compact(&text, answer) // it is part of a valid response
		next = types.StringValue(text.String())
	}
	if !prior.IsUnknown() && (answer == nil || sameParameters(prior, next)) {
		return prior
	}
	return next
}

// sameParameters reports whether two values have the same parameters. Null and all empty forms are equal. An unknown value equals only
// another unknown value.
func sameParameters(a, b types.String) bool {
	if a.IsUnknown() || b.IsUnknown() {
		return a.Equal(b)
	}
	return base.SameJSON(parametersJSON(a), parametersJSON(b))
}

// parametersJSON returns the JSON of a request. It is {} for no parameters, because null is never sent.
func parametersJSON(v types.String) string {
	if noParameters(v.ValueString()) {
		return "{}"
	}
	return strings.TrimPrefix(v.ValueString(), byteOrderMark) // JSON has none (RFC 8259)
}

// byteOrderMark can stand at the beginning of a file.
const byteOrderMark = "\ufeff"

// noParameters reports whether a JSON text means that there are no parameters. The service may answer null, {} or [].
func noParameters(text string) bool {
	switch strings.Join(strings.Fields(strings.TrimPrefix(text, byteOrderMark)), "") {
	case "", "null", "{}", "[]":
		return true
	}
	return false
}
