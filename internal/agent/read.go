package agent

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// read reads an answer into the model. A setting that the answer lacks keeps its prior value, or becomes null where there is none. A value
// that equals the prior one keeps the prior writing.
func (m *model) read(a hub.Agent) {
	m.ID = types.StringValue(string(a.ID))
	if a.Type != "" || m.Type.IsUnknown() {
		m.Type = types.StringValue(a.Type)
	}
	settings := a.Settings()
	for _, f := range fields {
		f.read(m, &settings)
	}
	m.PromptSHA256 = promptHash(m.Prompt)
	m.CreatedAt = base.NonEmptyOrPrior(a.CreatedAt, m.CreatedAt)
	m.ModifiedAt = base.NonEmptyOrPrior(a.ModifiedAt, m.ModifiedAt)
	if m.UseAllSources.ValueBool() { // the service ignores the list, whatever is left in it
		m.SourceIDs = types.SetValueMust(types.StringType, nil)
	}
	m.clearOtherTypes()
}

// clearOtherTypes sets the attributes to null that do not apply to the agent's type. Some answers have their keys all the same.
func (m *model) clearOtherTypes() {
	for _, f := range fields {
		if !f.appliesTo(m.Type.ValueString()) {
			f.clear(m)
		}
	}
}

// keepPrior replaces the unknown values of a plan by those of the prior state.
func (m *model) keepPrior(state model) {
	for _, f := range fields {
		f.keepPrior(m, &state)
	}
	m.PromptSHA256 = promptHash(m.Prompt)
	if m.CreatedAt.IsUnknown() {
		m.CreatedAt = state.CreatedAt
	}
	if m.ModifiedAt.IsUnknown() {
		m.ModifiedAt = state.ModifiedAt
	}
}

// promptHash returns the SHA-256 of a prompt in its normal form, in hexadecimal digits.
func promptHash(prompt types.String) types.String {
	switch {
	case prompt.IsUnknown():
		return types.StringUnknown()
	case prompt.IsNull():
		return types.StringNull()
	}
	sum := sha256.Sum256([]byte(hub.NormalText(prompt.ValueString())))
	return types.StringValue(hex.EncodeToString(sum[:]))
}
