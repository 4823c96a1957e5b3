package session_test

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestReadings makes, imports, replaces and loses a session under every reading of the contract.
func TestReadings(t *testing.T) {
	t.Parallel()
	for name, quirk := range map[string]func(*mockhub.Quirks){
		"unknown 400":   func(q *mockhub.Quirks) { q.UnknownStatus = 400 },
		"unknown 422":   func(q *mockhub.Quirks) { q.UnknownStatus = 422 },
		"deleted 403":   func(q *mockhub.Quirks) { q.DeletedStatus = 403 },
		"deleted 410":   func(q *mockhub.Quirks) { q.DeletedStatus = 410 },
		"deleted again": func(q *mockhub.Quirks) { q.SecondDeleteSucceeds = true },
		"shows":         echo,
		"shows types":   func(q *mockhub.Quirks) { q.SessionEcho, q.SessionVariablesTyped = true, true },
		"as floats":     func(q *mockhub.Quirks) { q.SessionEcho, q.SessionVariablesTyped, q.NumbersAsFloats = true, true, true },
		"bools as 0, 1": func(q *mockhub.Quirks) {
			q.SessionEcho, q.SessionVariablesTyped, q.BooleansAsNumbers = true, true, true
		},
		"trims":         func(q *mockhub.Quirks) { q.SessionEcho, q.TrimsText = true, true },
		"times ignored": func(q *mockhub.Quirks) { q.SessionsIgnoreTimes = true },
		"newest first":  func(q *mockhub.Quirks) { q.ListNewestFirst, q.UnknownStatus = true, 403 },
		"lists behind":  func(q *mockhub.Quirks) { q.ListLag = 5 * time.Minute },
		"extra fields":  func(q *mockhub.Quirks) { q.SessionEcho, q.ExtraFields = true, true },
		"errors as msg": func(q *mockhub.Quirks) { q.ErrorForm = "msg" },
		"text, and 403": func(q *mockhub.Quirks) { q.ErrorForm, q.UnknownStatus = "text", 403 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, quirk)
			e.AddSession(e.SeedChatbot(), mockhub.Session{})
			odd := `initial_variables = { tier = " gold ", orders = "12.0", vip = "true", zip = "00501", note = "" }`
			same := resource.TestStep{Config: e.config(odd), ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
				ConfigStateChecks: []statecheck.StateCheck{variables("tier", " gold ", "orders", "12.0", "vip", "true", "zip", "00501", "note", "")}}
			e.run(t, resource.TestStep{Config: e.config(`initial_variables = {}`)},
				resource.TestStep{Config: e.config(odd), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)}, importOK,
				resource.TestStep{
					PreConfig: func() { e.RemoveSession(e.sole(t).UUID) },
					Config:    e.config(odd), ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
				}, same)
		})
	}
}
