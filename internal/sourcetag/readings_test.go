package sourcetag_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestReadings makes, imports, updates and loses a source tag under every reading of the contract.
func TestReadings(t *testing.T) {
	t.Parallel()
	for name, quirk := range map[string]func(*mockhub.Quirks){
		"unknown 400":   func(q *mockhub.Quirks) { q.UnknownStatus = 400 },
		"deleted 410":   func(q *mockhub.Quirks) { q.DeletedStatus = 410 },
		"deleted again": func(q *mockhub.Quirks) { q.SecondDeleteSucceeds = true },
		"random order":  func(q *mockhub.Quirks) { q.SourceOrderRandom = true },
		"newest first":  func(q *mockhub.Quirks) { q.ListNewestFirst = true },
		"upper case":    func(q *mockhub.Quirks) { q.TagColorCase = "upper" },
		"lower case":    func(q *mockhub.Quirks) { q.TagColorCase = "lower" },
		"merges":        func(q *mockhub.Quirks) { q.TagUpdateMerges = true },
		"trims":         func(q *mockhub.Quirks) { q.TrimsText = true },
		"extra fields":  func(q *mockhub.Quirks) { q.ExtraFields = true },
		"errors as msg": func(q *mockhub.Quirks) { q.ErrorForm = "msg" },
		"text, and 403": func(q *mockhub.Quirks) { q.ErrorForm, q.UnknownStatus = "text", 403 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, quirk)
			e.AddTag(e.AddChatbot(mockhub.Chatbot{Name: "Other"}), mockhub.SourceTag{Name: "Policies"})
			for _, bot := range e.Chatbots() {
				if bot.Name == "Other" {
					e.Keep(bot.UUID)
				}
			}
			// An import reads the color as the service writes it. The next plan is empty nevertheless (TestColorCase).
			imported := importOK
			imported.ImportStateVerifyIgnore = []string{"color"}
			mixed := `color = "#aaBBcc"`
			e.run(t,
				resource.TestStep{Config: e.config(named, mixed, on(e.one))}, imported,
				resource.TestStep{Config: e.config(`name = "Rules"`, mixed, on(e.two, e.one)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
					ConfigStateChecks: []statecheck.StateCheck{sources(e.one, e.two)}},
				resource.TestStep{Config: e.config(`name = "Rules"`, `color = "#AAbbCD"`), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
					ConfigStateChecks: []statecheck.StateCheck{sources(e.one, e.two)}},
				resource.TestStep{
					PreConfig: func() { e.RemoveTag(e.sole(t).UUID) },
					Config:    e.config(`name = "Rules"`, mixed), ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
				}, imported)
		})
	}
}

// TestMergingService: a service that only adds sources keeps one that is taken out. That is a warning and a diff, and no error.
func TestMergingService(t *testing.T) {
	t.Parallel()
	for name, membership := range map[string]func(*env) string{"one less": func(e *env) string { return on(e.one) }, "cleared": func(*env) string { return onNone }} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.TagUpdateMerges = true })
			e.run(t, resource.TestStep{Config: e.config(named, blue, on(e.one, e.two))},
				resource.TestStep{Config: e.config(named, blue, membership(e)), ExpectNonEmptyPlan: true},
				resource.TestStep{Config: e.config(named, blue, on(e.one, e.two)), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)})
		})
	}
}
