package properties_test

import (
	"maps"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const prefix = "aichatbothub_"

// world is what the objects of one sequence live in.
type world struct {
	*acctest.Env
	service           *httptest.Server
	server            *acctest.Server
	chatbot           string
	sources, agents   []string
	sessions          []string
	attributesOfTypes map[string][]*tfprotov6.SchemaAttribute
	nouns             map[string]facts
}

// start makes a service and a provider. They serve many sequences, as one provider process serves many objects.
func start(t testing.TB) *world {
	t.Helper()
	h := mockhub.New(mockhub.Options{})
	service := httptest.NewServer(h)
	t.Cleanup(func() { h.Close(); service.Close() })
	w := &world{Env: &acctest.Env{Hub: h, URL: service.URL}, service: service, attributesOfTypes: map[string][]*tfprotov6.SchemaAttribute{}, nouns: nouns}
	w.server = w.Server(t)
	for typeName, schema := range w.server.Schema.ResourceSchemas {
		w.attributesOfTypes[strings.TrimPrefix(typeName, prefix)] = schema.Block.Attributes
	}
	return w
}

// run begins a new run of Terraform. The connections of the last one are closed, because thousands of them would stay open;
// and the service's clock moves on, so that what a later write would show does not depend on how fast the test is.
func (w *world) run() error {
	w.Clock().Advance(time.Second)
	w.service.CloseClientConnections()
	return w.server.NewRun(w.Env)
}

// seed puts a chatbot with something of everything into the service. The returned function takes it away.
func (w *world) seed() func() {
	w.Forget()
	w.chatbot = w.AddChatbot(mockhub.Chatbot{Name: "Home"})
	w.sources, w.agents, w.sessions = nil, nil, nil
	for range 3 {
		w.sources = append(w.sources, w.AddSource(w.chatbot, mockhub.Source{}))
	}
	for range 2 {
		w.agents = append(w.agents, w.AddAgent(w.chatbot, mockhub.Agent{}))
		w.sessions = append(w.sessions, w.AddSession(w.chatbot, mockhub.Session{}))
	}
	return func() {
		for _, bot := range w.Chatbots() {
			w.RemoveChatbot(bot.UUID)
		}
	}
}

// configuration draws a configuration of a type that the provider's own rules let pass.
func (w *world) configuration(t *rapid.T, kind string) map[string]tftypes.Value {
	values := w.drawAll(t, w.attributesOfTypes[kind], kind+".")
	if fit := w.nouns[kind].fit; fit != nil {
		fit(w, t, values)
	}
	return values
}

// edited is a configuration in which up to three attributes are written anew, or taken out.
func (w *world) edited(t *rapid.T, kind string, before map[string]tftypes.Value) map[string]tftypes.Value {
	values := maps.Clone(before)
	var writable []*tfprotov6.SchemaAttribute
	for _, a := range w.attributesOfTypes[kind] {
		if a.Required || a.Optional {
			writable = append(writable, a)
		}
	}
	for range rapid.IntRange(1, 3).Draw(t, "edits") {
		a := rapid.SampledFrom(writable).Draw(t, "edited")
		if a.Required || rapid.Bool().Draw(t, a.Name+" is written") {
			values[a.Name] = w.draw(t, a, kind+"."+a.Name)
		} else {
			delete(values, a.Name)
		}
	}
	if fit := w.nouns[kind].fit; fit != nil {
		fit(w, t, values)
	}
	return values
}
