package toolfunction

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// What a tool function is when the configuration does not say.
const (
	defaultEnabled  = true
	defaultMetadata = false
)

// model is what the resource and the data source share.
type model struct {
	ID                  types.String         `tfsdk:"id"`
	Name                types.String         `tfsdk:"name"`
	Description         types.String         `tfsdk:"description"`
	URL                 types.String         `tfsdk:"url"`
	Method              types.String         `tfsdk:"method"`
	Parameters          jsontypes.Normalized `tfsdk:"parameters"`
	Headers             types.Map            `tfsdk:"headers"`
	Enabled             types.Bool           `tfsdk:"enabled"`
	SendSessionMetadata types.Bool           `tfsdk:"send_session_metadata"`
	CreatedAt           types.String         `tfsdk:"created_at"`
	ModifiedAt          types.String         `tfsdk:"modified_at"`
}

// resourceModel adds where the tool function is, and the secrets, which are null in every plan and state.
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

// The ids as the client takes them.
func (m *resourceModel) chatbot() hub.ID { return hub.ID(m.ChatbotID.ValueString()) }
func (m *resourceModel) agent() hub.ID   { return hub.ID(m.AgentID.ValueString()) }
func (m *resourceModel) hubID() hub.ID   { return hub.ID(m.ID.ValueString()) }

// object names the tool function in messages.
func (m *resourceModel) object() string {
	if m.ID.IsNull() || m.ID.IsUnknown() {
		return fmt.Sprintf("%q of agent %s", m.Name.ValueString(), m.AgentID.ValueString())
	}
	return fmt.Sprintf("%q (%s) of agent %s", m.Name.ValueString(), m.ID.ValueString(), m.AgentID.ValueString())
}

// failure is how errors about this tool function are reported. secrets are the configured secret headers.
func (m *resourceModel) failure(doing string, secrets map[string]string) base.Failure {
	return base.Failure{Doing: doing, Noun: "tool function", Object: m.object(), Attribute: func(loc []string) (path.Path, bool) {
		return attribute(loc, secrets)
	}, Import: []string{"aichatbothub_tool_function", m.ChatbotID.ValueString(), m.AgentID.ValueString()}}
}

// attribute finds the attribute of a field that a 422 names.
func attribute(loc []string, secrets map[string]string) (path.Path, bool) {
	switch loc[0] {
	case "name", "description", "method", "parameters", "enabled":
		return path.Root(loc[0]), true
	case "external_url":
		return path.Root("url"), true
	case "allow_gpt_trainer_properties":
		return path.Root("send_session_metadata"), true
	case "headers":
		if len(loc) > 1 && has(secrets, loc[1]) {
			return path.Root("secret_headers_wo"), true
		}
		return path.Root("headers"), true
	}
	return path.Empty(), false
}

// changes are the settings in which m differs from prior, without headers. For a new tool function prior is empty.
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

// same says whether all that the service stores is equal. Unknown values are not.
func (m *model) same(o *model) bool {
	return m.Name.Equal(o.Name) && m.Description.Equal(o.Description) && m.URL.Equal(o.URL) && m.Method.Equal(o.Method) &&
		sameParameters(m.Parameters, o.Parameters) && sameHeaders(m.Headers, o.Headers) &&
		m.Enabled.Equal(o.Enabled) && m.SendSessionMetadata.Equal(o.SendSessionMetadata)
}

// read takes an answer over. What it lacks keeps the value it had. rec tells which headers are secret.
func (m *model) read(f hub.ToolFunction, rec *record) {
	m.ID = types.StringValue(string(f.ID))
	m.Name = textOr(f.Name, m.Name)
	m.Description = textOr(f.Description, m.Description)
	m.URL = base.NonEmptyOrPrior(f.ExternalURL, m.URL)
	if m.Method = base.StringOrPrior(f.Method, m.Method); m.Method.IsNull() {
		m.Method = types.StringValue(hub.DefaultFunctionMethod)
	}
	m.Parameters = readParameters(f.Parameters, m.Parameters)
	m.Headers = readHeaders(f.Headers, m.Headers, rec)
	m.Enabled = base.BoolOrPrior(f.Enabled, m.Enabled, types.BoolValue(defaultEnabled))
	m.SendSessionMetadata = base.BoolOrPrior(f.Meta.AllowProperties, m.SendSessionMetadata, types.BoolValue(defaultMetadata))
	m.CreatedAt = base.NonEmptyOrPrior(f.CreatedAt, m.CreatedAt)
	m.ModifiedAt = base.NonEmptyOrPrior(f.ModifiedAt, m.ModifiedAt)
}

// textOr is base.NonEmptyOrPrior for texts in which white space at both ends makes no difference.
func textOr(answer string, prior types.String) types.String {
	if !prior.IsNull() && !prior.IsUnknown() && hub.SameText(answer, prior.ValueString()) {
		return prior
	}
	return base.NonEmptyOrPrior(answer, prior)
}

// keepPlanned puts the values that were planned back where the service answered others, and collects their names.
func (m *model) keepPlanned(plan model) *base.NotApplied {
	var r base.NotApplied
	m.Name = base.KeepPlanned(&r, "name", plan.Name, m.Name)
	m.Description = base.KeepPlanned(&r, "description", plan.Description, m.Description)
	m.URL = base.KeepPlanned(&r, "url", plan.URL, m.URL)
	m.Method = base.KeepPlanned(&r, "method", plan.Method, m.Method)
	m.Enabled = base.KeepPlanned(&r, "enabled", plan.Enabled, m.Enabled)
	m.SendSessionMetadata = base.KeepPlanned(&r, "send_session_metadata", plan.SendSessionMetadata, m.SendSessionMetadata)
	if !sameParameters(plan.Parameters, m.Parameters) {
		r.Add("parameters")
	}
	if !sameHeaders(plan.Headers, m.Headers) {
		r.Add("headers")
	}
	m.Parameters, m.Headers = plan.Parameters, plan.Headers // null is a promise, too
	var follow base.NotApplied                              // these were planned from the refreshed state
	m.ID = base.KeepPlanned(&follow, "id", plan.ID, m.ID)
	m.CreatedAt = base.KeepPlanned(&follow, "created_at", plan.CreatedAt, m.CreatedAt)
	m.ModifiedAt = base.KeepPlanned(&follow, "modified_at", plan.ModifiedAt, m.ModifiedAt)
	return &r
}

// readParameters gives the value of `parameters` after an answer. An answer without them changes nothing; one that means the same as
// prior keeps prior's writing, also null or empty.
func readParameters(answer json.RawMessage, prior jsontypes.Normalized) jsontypes.Normalized {
	next := jsontypes.NewNormalizedNull()
	if !noParameters(string(answer)) {
		var text bytes.Buffer
		_ = json.Compact(&text, answer) // it comes out of valid JSON
		next = jsontypes.NewNormalizedValue(text.String())
	}
	if !prior.IsUnknown() && (answer == nil || sameParameters(prior, next)) {
		return prior
	}
	return next
}

// sameParameters says whether two values mean the same. Null and the empty forms are one; unknown is nothing else's equal.
func sameParameters(a, b jsontypes.Normalized) bool {
	if a.IsUnknown() || b.IsUnknown() {
		return a.Equal(b)
	}
	return base.SameJSON(parametersJSON(a), parametersJSON(b))
}

// parametersJSON gives the JSON text as it is sent. An empty one is {}: null is never sent.
func parametersJSON(v jsontypes.Normalized) string {
	if noParameters(v.ValueString()) {
		return "{}"
	}
	return v.ValueString()
}

// noParameters says whether a JSON text stands for no parameters: the service may answer null, {} or [].
func noParameters(text string) bool {
	switch strings.Join(strings.Fields(text), "") {
	case "", "null", "{}", "[]":
		return true
	}
	return false
}
