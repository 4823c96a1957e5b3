package session

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// model is a session as the service shows it, which is without its chatbot.
type model struct {
	ID               types.String `tfsdk:"id"`
	InitialVariables types.Map    `tfsdk:"initial_variables"`
	CreatedAt        types.String `tfsdk:"created_at"`
	ModifiedAt       types.String `tfsdk:"modified_at"`
}

// resourceModel is aichatbothub_session.
type resourceModel struct {
	model
	ChatbotID types.String `tfsdk:"chatbot_id"`
}

type identity struct {
	ID types.String `tfsdk:"id"`
}

// chatbot is "" after an import by the id of the session alone that could not find it.
func (m *resourceModel) chatbot() hub.ID { return hub.ID(m.ChatbotID.ValueString()) }

func (m *model) hubID() hub.ID { return hub.ID(m.ID.ValueString()) }

// failure is how errors about this session are reported.
func (m *resourceModel) failure(doing string) base.Failure {
	object := m.ID.ValueString() // empty before it is made
	if !m.ChatbotID.IsNull() {
		object += " of chatbot " + m.ChatbotID.ValueString()
	}
	return base.Failure{Doing: doing, Noun: "session", Object: strings.TrimSpace(object), Attribute: attribute, Import: []string{"aichatbothub_session", m.ChatbotID.ValueString()}}
}

// attribute finds the attribute of a body's field.
func attribute(loc []string) (path.Path, bool) {
	switch {
	case loc[0] != "initial_variables":
		return path.Empty(), false
	case len(loc) == 1:
		return path.Root(loc[0]), true
	}
	return path.Root(loc[0]).AtMapKey(loc[1]), true
}

// open opens the session that m describes, or reports why it could not.
func (m *resourceModel) open(ctx context.Context, c *hub.Client, diags *diag.Diagnostics) (hub.Session, bool) {
	s, err := c.CreateSession(ctx, m.chatbot(), sent(m.InitialVariables))
	switch {
	case hub.IsGone(err):
		base.NoChatbot(diags, path.Root("chatbot_id"), m.ChatbotID.ValueString())
	case err != nil:
		m.failure("create").Report(diags, err)
	}
	return s, err == nil
}

// sent are variables as a request has them. They are known, and none is null: Terraform validates again when it applies.
func sent(variables types.Map) map[string]string {
	texts := map[string]string{}
	for name, v := range variables.Elements() {
		if text, ok := v.(types.String); ok {
			texts[name] = text.ValueString()
		}
	}
	return texts
}

// read takes over what every deployment answers. The variables are for shown and compared.
func (m *model) read(s hub.Session) {
	m.ID = types.StringValue(string(s.ID))
	m.CreatedAt = base.NonEmptyOrPrior(s.CreatedAt, m.CreatedAt)
	m.ModifiedAt = base.NonEmptyOrPrior(s.ModifiedAt, m.ModifiedAt)
}

// shown are the variables of an answer; null where the deployment does not show them.
func shown(s hub.Session) types.Map {
	if s.InitialVariables == nil {
		return types.MapNull(types.StringType)
	}
	values := map[string]attr.Value{}
	for name, text := range s.InitialVariables {
		values[name] = types.StringValue(text)
	}
	return types.MapValueMust(types.StringType, values)
}

// compared are the prior variables with what an answer shows of them. One that differs in the spelling of a number or in white space at
// its ends keeps its prior text: the service may store it so. Variables beyond the prior ones are the service's, since nobody can add
// any to a session, and one that is missing is as empty. Without prior variables, and where the deployment shows none, there is nothing
// to compare.
func compared(prior types.Map, s hub.Session) types.Map {
	if prior.IsNull() || s.InitialVariables == nil {
		return prior
	}
	values := map[string]attr.Value{}
	for name, was := range sent(prior) {
		is, there := s.InitialVariables[name]
		switch {
		case hub.SameText(was, is) || base.SameJSON(was, is):
			values[name] = types.StringValue(was)
		case there:
			values[name] = types.StringValue(is)
		}
	}
	return types.MapValueMust(types.StringType, values)
}
