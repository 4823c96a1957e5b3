package knowledgebase_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestDestroyWarning: a plan to destroy or to replace a knowledge base says how many sources it deletes, without a request. It says nothing if
// the plan has the destruction of the chatbot already, or if nothing is deleted.
func TestDestroyWarning(t *testing.T) {
	t.Parallel()
	e := start(t)
	s := e.Server(t)
	bot, o := s.Object("aichatbothub_chatbot"), s.Object("aichatbothub_knowledge_base")
	if err := bot.Import(e.chatbot); err != nil {
		t.Fatal(err)
	}
	other := e.AddChatbot(mockhub.Chatbot{})
	config := func(chatbot string, questions ...string) tftypes.Value {
		all := map[string]tftypes.Value{}
		for _, q := range questions {
			all[q] = tftypes.NewValue(tftypes.String, "A")
		}
		return o.Configuration(map[string]tftypes.Value{"chatbot_id": tftypes.NewValue(tftypes.String, chatbot), "questions": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, all)})
	}
	none := func(of tftypes.Value) tftypes.Value { return tftypes.NewValue(of.Type(), nil) }
	p, err := o.Plan(config(e.chatbot, "One?", "Two?"))
	if err == nil {
		_, err = o.Apply(config(e.chatbot, "One?", "Two?"), p)
	}
	if err != nil {
		t.Fatal(err)
	}
	var id string
	var object map[string]tftypes.Value
	if o.State.As(&object) != nil || object["id"].As(&id) != nil {
		t.Fatal(o.State)
	}
	two := "knowledge base " + id + " deletes its sources: The apply deletes 2 sources of chatbot " + e.chatbot + ". "
	for _, c := range []struct {
		name    string
		chatbot bool // is planned to be destroyed before
		config  tftypes.Value
		want    string
	}{
		{"destroy", false, none(o.State), "Destroying " + two},
		{"destroy, after its chatbot", true, none(o.State), ""},
		{"replacement", false, config(other, "One?"), "Replacing " + two},
		{"update", false, config(e.chatbot, "One?"), ""},
		{"no change", false, config(e.chatbot, "One?", "Two?"), ""},
	} {
		if err := s.NewRun(e.Env); err != nil {
			t.Fatal(err)
		}
		if c.chatbot {
			if _, err := bot.Plan(none(bot.State)); err != nil {
				t.Fatal(err)
			}
		}
		e.Forget()
		p, err := o.Plan(c.config)
		if got := strings.Join(p.Warnings, "\n"); err != nil || c.want == "" && got != "" || !strings.HasPrefix(got, c.want) || e.Count("") != 0 {
			t.Errorf("%s: %q, %v, %d requests; want %q", c.name, got, err, e.Count(""), c.want)
		}
	}
}
