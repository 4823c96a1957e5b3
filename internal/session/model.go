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

// model has the attributes that the service returns. Its responses do not contain the chatbot of a session.
type model struct {
	ID               types.String `tfsdk:"id"`
	InitialVariables types.Map    `tfsdk:"initial_variables"`
	CreatedAt        types.String `tfsdk:"created_at"`
	ModifiedAt       types.String `tfsdk:"modified_at"`
}

// dataModel is the model of a session in a data source.
type dataModel struct {
	model
	IPAddress types.String `tfsdk:"ip_address"`
	UserJSON  types.String `tfsdk:"user_json"`
}

// resourceModel is the model of the resource.
type resourceModel struct {
	model
	ChatbotID types.String `tfsdk:"chatbot_id"`
}

type identity struct {
	ID types.String `tfsdk:"id"`
}

// chatbot returns the id of the chatbot. It is "" after an import by the id of the session alone that did not find the chatbot.
func (m *resourceModel) chatbot() hub.ID { return hub.ID(m.ChatbotID.ValueString()) }

func (m *model) hubID() hub.ID { return hub.ID(m.ID.ValueString()) }

// failure describes an operation on this session that failed.
func (m *resourceModel) failure(doing string) base.Failure {
	object := m.ID.ValueString() // empty before the create
	if !m.ChatbotID.IsNull() {
		object += " of chatbot " + m.ChatbotID.ValueString()
	}
	return base.Failure{Doing: doing, Noun: "session", Object: strings.TrimSpace(object), Attribute: attribute, Import: []string{"aichatbothub_session", m.ChatbotID.ValueString()}}
}

// attribute returns the attribute of a field of a request body.
func attribute(loc []string) (path.Path, bool) {
	switch {
	case loc[0] != "initial_variables":
		return path.Empty(), false
	case len(loc) == 1:
		return path.Root(loc[0]), true
	}
	return path.Root(loc[0]).AtMapKey(loc[1]), true
}

// create creates the session that m describes. It returns false when it reports an error.
func (m *resourceModel) create(ctx context.Context, c *hub.Client, diags *diag.Diagnostics) (hub.Session, bool) {
	s, err := c.CreateSession(ctx, m.chatbot(), base.StringMap(m.InitialVariables))
	switch {
	case hub.IsGone(err):
		base.NoChatbot(diags, path.Root("chatbot_id"), m.ChatbotID.ValueString())
	case err != nil:
		m.failure("create").Report(diags, err)
	}
	return s, err == nil
}

// read updates the model from a response, except the variables: see variablesValue and refreshVariables.
func (m *model) read(s hub.Session) {
	m.ID = types.StringValue(string(s.ID))
	m.CreatedAt = base.NonEmptyOrPrior(s.CreatedAt, m.CreatedAt)
	m.ModifiedAt = base.NonEmptyOrPrior(s.ModifiedAt, m.ModifiedAt)
}

// variablesValue returns the variables of a response, or null when the deployment does not return them.
func variablesValue(s hub.Session) types.Map {
	if s.InitialVariables == nil {
		return types.MapNull(types.StringType)
	}
	values := map[string]attr.Value{}
	for name, text := range s.InitialVariables {
		values[name] = types.StringValue(text)
	}
	return types.MapValueMust(types.StringType, values)
}

// refreshVariables returns the prior variables with the values of a response. A value that differs only in the notation of a number or in
// leading and trailing white space keeps its prior text, because the service may store it differently. Variables that are not among the
// prior ones were added by the service and are ignored; a missing variable counts as empty. The prior value stays when it is null and when
// the deployment does not return variables.
func refreshVariables(prior types.Map, s hub.Session) types.Map {
	if prior.IsNull() || s.InitialVariables == nil {
		return prior
	}
	values := map[string]attr.Value{}
	for name, was := range base.StringMap(prior) {
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
