package properties_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestTimes: a refresh after an apply changes nothing, so that "plan -refresh-only -detailed-exitcode" reports nothing: neither after the
// objects inside of an object were created and changed its modified_at, nor after an update whose answer has the old time.
func TestTimes(t *testing.T) {
	t.Parallel()
	for name, quirk := range map[string]func(*mockhub.Quirks){
		"as documented":        func(q *mockhub.Quirks) { *q = mockhub.Quirks{} },
		"children touch":       func(q *mockhub.Quirks) { *q = mockhub.Quirks{ChildrenTouch: true} },
		"old time in answers":  func(q *mockhub.Quirks) { *q = mockhub.Quirks{UpdateAnswersOldTime: true} },
		"training touches":     func(q *mockhub.Quirks) { *q = mockhub.Quirks{TrainingTouches: true} },
		"short update answers": func(q *mockhub.Quirks) { *q = mockhub.Quirks{AgentUpdateShort: true, SourceUpdateShort: true} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, kind := range kinds {
				t.Run(kind, func(t *testing.T) {
					t.Parallel()
					w := start(t)
					defer w.seed()()
					w.SetQuirks(quirk)
					w.SetQuirks(func(q *mockhub.Quirks) { q.AcceptsAnySource = true })
					o := w.try(t, kind)
					values := w.written(kind, "")
					o.apply(values)
					for _, child := range kinds {
						w.addChild(t, o, kind, child)
					}
					o.settled("creates")
					noun, _ := acctest.NounOf(prefix + kind)
					for name, v := range noun.Update {
						switch v := v.(type) {
						case string:
							values[name] = str(v)
						case map[string]any:
							var all []string
							for key, text := range v {
								all = append(all, key, fmt.Sprint(text))
							}
							values[name] = texts(values[name].Type(), all...)
						}
					}
					o.apply(values)
					o.settled("an update")
				})
			}
		})
	}
}

// settled checks that a refresh some time later changes nothing.
func (o *tried) settled(after string) {
	o.t.Helper()
	o.Clock().Advance(time.Minute)
	if drift := o.refresh(); len(drift) > 0 {
		o.t.Errorf("a refresh after %s changes %v", after, drift)
	}
}

// addChild creates an object of another resource type in an object, if that type can be in it.
func (w *fixture) addChild(t *testing.T, parent *tried, kind, child string) {
	t.Helper()
	id := acctest.At(parent.State, "id")
	known := paths(w.attributesOfTypes[child], "")
	attribute := strings.TrimPrefix(kind, "default_") + "_id"
	if known[attribute] == nil {
		return
	}
	values := w.written(child, "")
	values[attribute] = id
	delete(values, "source_ids") // they are of another chatbot
	if kind == "chatbot" && known["agent_id"] != nil {
		var chatbot string
		parent.must("id", id.As(&chatbot))
		values["agent_id"] = str(w.DefaultAgent(chatbot))
	}
	w.Clock().Advance(time.Minute)
	o := w.try(t, child)
	config := o.Configuration(values)
	p, err := o.Plan(config)
	o.must("plan of "+child, err)
	_, err = o.Apply(config, p)
	o.must("create of "+child, err)
}
