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

// fixture has the mock and the provider of a sequence.
type fixture struct {
	*acctest.Env
	service           *httptest.Server
	server            *acctest.Server
	chatbot           string
	sources, agents   []string
	sessions          []string
	attributesOfTypes map[string][]*tfprotov6.SchemaAttribute
	nouns             map[string]facts
}

// start starts a mock and a provider. They are used for many sequences, like a provider process for many objects.
func start(t testing.TB) *fixture {
	t.Helper()
	h := mockhub.New(mockhub.Options{})
	service := httptest.NewServer(h)
	t.Cleanup(func() { h.Close(); service.Close() })
	w := &fixture{Env: &acctest.Env{Hub: h, URL: service.URL}, service: service, attributesOfTypes: map[string][]*tfprotov6.SchemaAttribute{}, nouns: nouns}
	w.server = w.Server(t)
	for typeName, schema := range w.server.Schema.ResourceSchemas {
		w.attributesOfTypes[strings.TrimPrefix(typeName, prefix)] = schema.Block.Attributes
	}
	return w
}

// run begins a new run of Terraform. It closes the connections of the last run, because thousands would stay open. It advances the clock of
// the mock, so that times in answers do not depend on the speed of the test.
func (w *fixture) run() error {
	w.Clock().Advance(time.Second)
	w.service.CloseClientConnections()
	return w.server.NewRun(w.Env)
}

// seed adds a chatbot with all kinds of objects to the mock. The returned function removes it.
func (w *fixture) seed() func() {
	w.Forget()
	w.chatbot = w.AddChatbot(mockhub.Chatbot{Name: "Home"})
	w.Clock().Advance(time.Minute) // so that an agent with random settings cannot be the default agent, too
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

// configuration generates a valid configuration of a resource type.
func (w *fixture) configuration(t *rapid.T, kind string) map[string]tftypes.Value {
	values := w.drawAll(t, w.attributesOfTypes[kind], kind+".")
	if fit := w.nouns[kind].fit; fit != nil {
		fit(w, t, values)
	}
	return values
}

// edited returns a configuration in which up to three attributes are changed or removed.
func (w *fixture) edited(t *rapid.T, kind string, before map[string]tftypes.Value) map[string]tftypes.Value {
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
